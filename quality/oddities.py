"""What is odd about a form that comes in: pure (rule G-08). Whatever is odd is looked at, and counts until then."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

# More forms than these for different schools, from one network, within so long.
MANY, WITHIN = 3, timedelta(minutes=10)
# A form that praises everything takes longer than this to read.
HURRY_S = 20
# Shorter words than these are the same by chance: "Thank you!" says nothing.
CHANCE = 25
# The questions that are answered from 1 to 5, and the best answers to those that count (rule 2.2).
AGREED = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")
BEST = "5"


def are_many(schools: Collection[int]) -> bool:
    """Whether forms for so many different schools came from one network: of one school many may come at once."""
    return len(set(schools)) > MANY


def is_hurried(answers: Mapping[str, Any], seconds: int | None) -> bool:
    """Whether a teacher's form holds nothing but the best answers and was sent in before it could be read."""
    if seconds is None or seconds >= HURRY_S:
        return False
    scale = [answers[code] for code in (*AGREED, "T9") if answers.get(code, "na") != "na"]
    return len(scale) > 1 and all(answer == BEST for answer in scale)


def plain_words(text: str) -> str:
    """Words without what differs by accident, such as case, spaces and marks; "" where too few to be alike."""
    plain = " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())
    return plain if len(plain) >= CHANCE else ""
