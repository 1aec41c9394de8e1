"""A telephone in the tests' own pocket: it takes every text, or answers as it is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class Taken:
    """A text that came."""

    number: str
    words: str
    reference: str


@dataclass
class Pocket:
    """What came, and what is raised instead of taking it."""

    taken: list[Taken] = field(default_factory=list)
    answer: BaseException | None = None


POCKET = Pocket()


class PocketTexts:
    """The port that puts texts there."""

    def send_text(self, *, number: str, words: str, reference: str) -> None:
        if POCKET.answer is not None:
            raise POCKET.answer
        POCKET.taken.append(Taken(number, words, reference))


@pytest.fixture
def pocket(settings) -> Iterator[Pocket]:
    """The telephone to which all texts go, empty."""
    settings.TEXTS_BACKEND = f"{__name__}.PocketTexts"
    POCKET.taken.clear()
    POCKET.answer = None
    yield POCKET
    POCKET.taken.clear()
    POCKET.answer = None
