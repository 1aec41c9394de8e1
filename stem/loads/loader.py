"""What a register must be able to do to be loaded, undone, and followed while it is read."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from stem.loads.models import Load
from stem.rules import Kind, Reason, Refusal


@dataclass
class Report:
    """What was read in a file: the counts that the register's command promises, and the rows that were left out.

    `is_new` is false for a file that says nothing but what is in force already.
    """

    counts: dict[str, int]
    rejected: list[dict[str, Any]]
    is_new: bool
    # What `stage` hands on to `put_in_force` when it is small enough not to be staged in the database.
    staged: Any = None


class TooManyLost(Refusal):
    """The refusal of a file that would do away with more than is likely: so many, unless somebody allows them."""

    def __init__(self, code: str, truth: str, *, losses: int) -> None:
        super().__init__(Reason(code, Kind.INPUT, truth))
        self.losses = losses


class Progress:
    """How far a load is; whoever watches is told about once a second."""

    EVERY_SECONDS = 1.0

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._told = 0.0
        self.done = self.total = 0

    def begin(self, total: int) -> None:
        """So many rows are to be read."""
        self.total = total
        self._tell(self.done, self.total)

    def advance(self, rows: int) -> None:
        """So many more have been read."""
        self.done += rows
        if time.monotonic() - self._told > self.EVERY_SECONDS:
            self._told = time.monotonic()
            self._tell(self.done, self.total)


class Loader(Protocol):
    """One register's way in and out."""

    def stage(self, load: Load, path: Path, progress: Progress) -> Report:
        """Read the file, and put what it brings beside what is in force, in short transactions. Refuses as it must."""
        ...

    def put_in_force(self, load: Load, report: Report, *, at: datetime) -> None:
        """Let what was staged take effect, within the caller's transaction, which should be short."""
        ...

    def undo(self, load: Load, *, at: datetime) -> None:
        """Take back what a load changed, within the caller's transaction."""
        ...

    def clear(self, load: Load) -> None:
        """Throw away what a load staged and nothing rests on, in short transactions."""
        ...

    def settle(self) -> None:
        """What follows a load or an undo at once, in short transactions; `follow_up` does it again if cut short."""
        ...

    def follow_up(self, *, at: datetime) -> None:
        """What else is to be done after a load or an undo, in the background; a sweep that may run twice."""
        ...


def loader_of(kind: str) -> Loader:
    """The loader of this register, by the settings: what is loaded may belong to an app that stands above us."""
    loader: Loader = import_string(settings.REGISTER_LOADERS[kind])
    return loader
