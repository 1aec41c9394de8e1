"""What the commands that load a register share."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser, OutputWrapper
from django.utils.translation import gettext as _

from stem.commands import HouseCommand
from stem.loads.enums import LoadKind
from stem.loads.operations import load_file

_WIDTH = 40
# More than all that is open, and as much as its column holds.
_MOST = 2**31 - 1


def how_many(said: str) -> int:
    """A number that is not negative, as a command's argument; what is beyond all that there is means all of it."""
    number = int(said)
    if number < 0:
        raise ValueError(said)
    return min(number, _MOST)


def draw_progress(stream: OutputWrapper, done: int, total: int) -> None:
    """Draw how far something has come as a bar, if somebody looks."""
    if not stream.isatty():
        return
    share = done / total if total else 0.0
    bar = "#" * round(_WIDTH * share)
    stream.write(f"\r[{bar:<{_WIDTH}}] {share:4.0%}", ending="\n" if done >= total > 0 else "")


class RegisterCommand(HouseCommand):
    """A command that loads one file of a register, with a bar on a terminal."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        super().add_arguments(parser)
        parser.add_argument("path", type=Path, metavar="PATH")

    def load(self, kind: LoadKind, path: Path, *, at: datetime, allow_losses: int | None = None) -> dict[str, Any]:
        """The counts, and the rows that were left out. Refuses as the register's reader does."""
        report = load_file(kind=kind, path=path, at=at, tell=self._draw, allow_losses=allow_losses)
        self._draw(1, 1)
        return {**report.counts, "rejected": report.rejected}

    def words(self, answer: dict[str, Any]) -> str:
        """The counts, and each row that was left out with its reason."""
        lines = [f"{name}: {count}" for name, count in answer.items() if name != "rejected"]
        lines.append(f"rejected: {len(answer['rejected'])}")
        for row in answer["rejected"]:
            where = _("%(file)s line %(line)s") % row if row.get("file") else _("line %(line)s") % row
            lines.append(f"  {where}: {row['reason']}")
        return "\n".join(lines)

    def _draw(self, done: int, total: int) -> None:
        draw_progress(self.stderr, done, total)
