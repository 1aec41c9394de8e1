"""Reconcile a register of schools with what we keep."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from schools.enums import Register
from stem.loads.commands import RegisterCommand
from stem.loads.enums import LoadKind

KINDS = {Register.GIAS.value: LoadKind.GIAS, Register.SCOTLAND.value: LoadKind.SCOTLAND}


class Command(RegisterCommand):
    help = "Load a whole register of schools: new schools are added, changed ones changed, missing ones closed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whose register it is, and how many schools may close."""
        super().add_arguments(parser)
        parser.add_argument("--register", required=True, choices=KINDS)
        parser.add_argument("--allow-closures", type=int, metavar="N", help="let up to N open schools close")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The counts, and the rows left out. Refuses as the reader does, and when too many schools would close."""
        return self.load(
            KINDS[options["register"]], options["path"], at=timezone.now(), allow_losses=options["allow_closures"]
        )
