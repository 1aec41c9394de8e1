"""A register for these tests alone, that does whatever a test wants of a register at the moment it wants it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stem.loads.loader import Progress, Report
from stem.loads.models import Load


def nothing(load: Load, path: Path) -> None:
    """What happens in the middle of a load unless a test says otherwise."""


class PlainLoader:
    """Keeps a line a load in memory: what is staged, what is in force, and what was asked of it."""

    def __init__(self) -> None:
        self.staged: dict[int, list[str]] = {}
        self.in_force: list[str] = []
        self.before: dict[int, list[str]] = {}
        self.read: list[int] = []
        self.followed_up = 0
        # What happens once half of a file has been staged, and as it is put in force.
        self.half_way: Callable[[Load, Path], None] = nothing
        self.at_the_end: Callable[[Load, Path], None] = nothing

    def stage(self, load: Load, path: Path, progress: Progress) -> Report:
        """Stage each line."""
        self.read.append(load.pk)
        lines = path.read_text().split()
        progress.begin(len(lines))
        progress.EVERY_SECONDS = 0.0
        half = len(lines) // 2
        self.staged.setdefault(load.pk, []).extend(lines[:half])
        self.half_way(load, path)
        progress.advance(half)
        self.staged.setdefault(load.pk, []).extend(lines[half:])
        progress.advance(len(lines) - half)
        rejected = [{"line": 9, "reason": "That is no line."}] if "rubbish" in lines else []
        return Report({"read": len(lines)}, rejected, is_new=lines != self.in_force)

    def put_in_force(self, load: Load, report: Report, *, at: datetime) -> None:
        """Let the staged lines be in force."""
        self.at_the_end(load, Path())
        self.before[load.pk], self.in_force = self.in_force, self.staged.pop(load.pk)

    def undo(self, load: Load, *, at: datetime) -> None:
        """Let the lines before it be in force again."""
        self.in_force = self.before.pop(load.pk)

    def clear(self, load: Load) -> None:
        """Throw away what was staged."""
        self.staged.pop(load.pk, None)

    def settle(self) -> None:
        """Nothing follows at once."""

    def follow_up(self, *, at: datetime) -> None:
        """Count how often it was asked."""
        self.followed_up += 1


PLAIN = PlainLoader()
