"""Prove that the audit record stands as it was sealed."""

import re
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from stem.audit.exporting import Comparison, compare_seals
from stem.audit.verification import Checkpoint, Verdict, verify
from stem.commands import HouseCommand
from stem.rules import Kind, refuse


class Command(HouseCommand):
    """Exit status 1 when the record is broken: `broken_at` is the first entry that does not stand as it was sealed.

    With exported seals, also when the database does not have them all: `seal_differs_at` is the first.
    """

    help = "Check the sealed audit record: that no entry and no seal was changed, taken away or slipped in."
    verdict: Verdict
    comparison: Comparison | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a seal that was noted down elsewhere, or a file of exported ones."""
        super().add_arguments(parser)
        parser.add_argument(
            "--since",
            type=noted_seal,
            metavar="NUMBER:DIGEST",
            help="begin after this seal, as an earlier run printed it; broken if it is not there",
        )
        parser.add_argument(
            "--seals", type=Path, metavar="FILE", help="have every seal there as `export_seals` wrote it in this file"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """How many entries are proved, and the first that is not."""
        file: Path | None = options["seals"]
        self.comparison = compare_seals(_lines(file)) if file is not None else None
        self.verdict = verify(since=options["since"])
        found = {"entries": self.verdict.entries, "broken_at": self.verdict.broken_at}
        if self.comparison is None:
            return found
        return {**found, "seals": self.comparison.seals, "seal_differs_at": self.comparison.differs_at}

    def words(self, answer: dict[str, Any]) -> str:
        """The same for people, with the seal to note down."""
        told = [super().words(answer)]
        if self.verdict.retired:
            told.append(f"batches retired, as the record says itself: {self.verdict.retired}")
        return "\n".join([*told, f"proved up to seal: {self.verdict.checkpoint}"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer; stop with exit status 1 when the record is broken."""
        super().handle(*args, **options)
        differs = self.comparison is not None and self.comparison.differs_at is not None
        if differs or self.verdict.broken_at is not None:
            sys.exit(1)


def _lines(file: Path) -> list[str]:
    """The lines of a file. Refuses with `no_seals` one that cannot be read."""
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise refuse("no_seals", Kind.INPUT, _("That file cannot be read.")) from error


def noted_seal(text: str) -> Checkpoint:
    """A seal as it is written down: its number, a colon, and its digest."""
    found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
    if not found:
        raise ArgumentTypeError("write it as it was printed, such as 12:3f…")
    return Checkpoint(int(found[1]), found[2])
