"""Reckoning about a quiz: in which order it is asked, and whether it is passed."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from ambassadors.courses.content import Question

# Rule 1.2: passed with 80 per cent or more.
PASS_PER_CENT = 80


def shuffled(count: int, seed: int, about: str) -> list[int]:
    """The numbers below `count` in an order that this seed gives for this subject, the same for ever.

    A digest and no random generator: an attempt begun before an upgrade is asked in the same order after it.
    """
    return sorted(range(count), key=lambda number: sha256(f"{seed}:{about}:{number}".encode()).digest())


def missed(quiz: Sequence[Question], answers: Mapping[int, int]) -> list[int]:
    """The questions answered wrongly or not at all, in their written order."""
    return [number for number, question in enumerate(quiz) if answers.get(number) != question.right]


def is_pass(correct: int, total: int) -> bool:
    """Whether so many right answers of so many are enough; in whole numbers, so that 12 of 15 is a pass."""
    return total > 0 and 100 * correct >= PASS_PER_CENT * total


def needed_of(total: int) -> int:
    """How many right answers pass."""
    return -(-PASS_PER_CENT * total // 100)
