"""Prove that the audit record stands as it was sealed."""

import re
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser

from stem.audit.verification import Checkpoint, Verdict, verify
from stem.commands import HouseCommand


class Command(HouseCommand):
    """Exit status 1 when the record is broken: `broken_at` is the first entry that does not stand as it was sealed."""

    help = "Check the sealed audit record: that no entry and no seal was changed, taken away or slipped in."
    verdict: Verdict

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a seal that was noted down elsewhere."""
        super().add_arguments(parser)
        parser.add_argument(
            "--since",
            type=noted_seal,
            metavar="NUMBER:DIGEST",
            help="begin after this seal, as an earlier run printed it; broken if it is not there",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """How many entries are proved, and the first that is not."""
        self.verdict = verify(since=options["since"])
        return {"entries": self.verdict.entries, "broken_at": self.verdict.broken_at}

    def words(self, answer: dict[str, Any]) -> str:
        """The same for people, with the seal to note down."""
        return f"{super().words(answer)}\nproved up to seal: {self.verdict.checkpoint}"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer; stop with exit status 1 when the record is broken."""
        super().handle(*args, **options)
        if self.verdict.broken_at is not None:
            sys.exit(1)


def noted_seal(text: str) -> Checkpoint:
    """A seal as it is written down: its number, a colon, and its digest."""
    found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
    if not found:
        raise ArgumentTypeError("write it as it was printed, such as 12:3f…")
    return Checkpoint(int(found[1]), found[2])
