"""Whether two schools at one postcode may be one school under two numbers. Pure."""

from datetime import date
from difflib import SequenceMatcher
from typing import Protocol

from django.utils.translation import gettext as _

# Words that change when a school becomes an academy, and that tell no school from another.
_COMMON = frozenset(
    [
        "a",
        "academy",
        "and",
        "ce",
        "church",
        "college",
        "community",
        "cofe",
        "for",
        "high",
        "infant",
        "infants",
        "junior",
        "juniors",
        "nursery",
        "of",
        "primary",
        "rc",
        "roman",
        "catholic",
        "england",
        "school",
        "secondary",
        "st",
        "the",
        "trust",
    ]
)
ALIKE = 0.75
# A school closes on one day and opens as an academy on the next; the register is sometimes a term out.
MOST_DAYS_BETWEEN = 120


class Named(Protocol):
    """What of a school is looked at."""

    name: str
    opened_on: date | None
    closed_on: date | None


def why_alike(old: Named, new: Named) -> str:
    """Why these two, which have one postcode, may be one school; nothing when there is no more to it than that."""
    reasons = []
    if likeness(old.name, new.name) >= ALIKE:
        reasons.append(_("the names are alike"))
    if old.closed_on and new.opened_on and abs((new.opened_on - old.closed_on).days) <= MOST_DAYS_BETWEEN:
        reasons.append(_("one opened when the other closed"))
    return ", ".join([_("The postcode is the same"), *reasons]) if reasons else ""


def likeness(a: str, b: str) -> float:
    """How alike two names are, from 0 to 1, in the words that tell schools apart."""
    return SequenceMatcher(None, _telling(a), _telling(b)).ratio()


def _telling(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold().replace("'", "")).split()
    return " ".join(sorted(word for word in words if word not in _COMMON)) or " ".join(words)
