"""What is noted while a calendar is read: codes, which `problems` says in words. Nothing of what an entry is about."""

from dataclasses import dataclass, field
from typing import NamedTuple

# As many as anybody reads; the others are counted.
MOST = 50


class Problem(NamedTuple):
    """Something that could not be read as it stands: a code, the how-manieth entry, and a time zone's name."""

    code: str
    nth: int = 0
    name: str = ""


@dataclass
class Notes:
    """Counts and problems of one file."""

    events: int = 0
    ignored: int = 0
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    _known: set[Problem] = field(default_factory=set)

    def add(self, code: str, nth: int = 0, name: str = "") -> None:
        """Note one, once."""
        problem = Problem(code, nth, "".join(letter for letter in name if letter.isprintable())[:60])
        if problem in self._known:
            return
        if len(self.problems) >= MOST:
            self.more += 1
            return
        self._known.add(problem)
        self.problems.append(problem)
