"""Reckon anew by what matching finds people."""

from typing import Any

from ambassadors.models import Reach
from ambassadors.reach.keeping import keep_everyone
from stem.commands import HouseCommand


class Command(HouseCommand):
    """As the job does each night: matching goes on meanwhile, and a run that is cut short is run again."""

    help = "Reckon the table of reach anew, by which matching finds people, and write what was not right."

    def answer(self, **options: Any) -> dict[str, Any]:
        """How many people were put right, and how many rows there are now."""
        return {"put_right": keep_everyone(), "rows": Reach.objects.count()}
