"""Retire old entries of the audit record, whole batches of them."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from stem.audit.retiring import retire
from stem.commands import HouseCommand


class Command(HouseCommand):
    """The entries go, their seals stay, and the record says so itself. On PostgreSQL the tables' owner does it."""

    help = "Delete audit entries that have been kept for seven years, up to and with those under a seal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the last seal."""
        super().add_arguments(parser)
        parser.add_argument("--until", type=int, required=True, metavar="NUMBER", help="the last seal whose entries go")

    def answer(self, **options: Any) -> dict[str, Any]:
        """How much went, what stays for a case, and the seal to note down."""
        retired = retire(until=options["until"], at=timezone.now())
        return {
            "batches": retired.batches,
            "entries": retired.entries,
            "kept_for_cases": retired.kept,
            "checkpoint": str(retired.checkpoint),
        }
