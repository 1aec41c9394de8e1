"""Load a directory of postcodes."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from stem.loads.commands import RegisterCommand
from stem.loads.enums import LoadKind


class Command(RegisterCommand):
    help = "Load postcodes from Code-Point Open's zip as published, or from a CSV or zip in the manner of ONSPD."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and how many postcodes may go."""
        super().add_arguments(parser)
        parser.add_argument("--allow-fewer", type=int, metavar="N", help="let up to N postcodes of the last load go")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The counts, and the rows left out. Refuses as the reader does."""
        return self.load(LoadKind.POSTCODES, options["path"], at=timezone.now(), allow_losses=options["allow_fewer"])
