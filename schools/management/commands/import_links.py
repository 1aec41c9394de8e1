"""Load the register's file of links: which school follows which."""

from typing import Any

from django.utils import timezone

from stem.loads.commands import RegisterCommand
from stem.loads.enums import LoadKind


class Command(RegisterCommand):
    help = "Load the links file of Get Information About Schools, which says which school follows which."

    def answer(self, **options: Any) -> dict[str, Any]:
        """The counts. Refuses as the reader does."""
        return self.load(LoadKind.LINKS, options["path"], at=timezone.now())
