"""Bring what is kept encrypted over to the newest key, so that an older one can be dropped."""

from typing import Any

from quality.operations.keys import rotate_all_record_keys
from stem.commands import HouseCommand


class Command(HouseCommand):
    """How many rows stand under the newest of RECORD_KEYS now. It may be stopped and run again."""

    help = "Encrypt certificate numbers, notes, addresses of calendars and worries anew under the first of RECORD_KEYS."

    def answer(self, **options: Any) -> dict[str, Any]:
        """Do it, and say how many rows there were."""
        return rotate_all_record_keys()
