"""What a visit may count for in a school's careers programme: pure (rules Q-01, Q-02).

A school decides what it claims. We say what the forms support, and of what nobody has told that it is unknown.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from ambassadors.enums import EmployerSize

# The questions whose answers make an encounter meaningful, and those that do.
_AGREED = frozenset({"4", "5"})
_THOUGHT_OVER = frozenset({"already", "planned"})
_MEANINGFUL: Mapping[str, frozenset[str]] = {"T1": _AGREED, "T2": _AGREED, "T3": _AGREED, "T11": _THOUGHT_OVER}
# What pupils heard of learning, as whoever came says: of some of it, or of all that provider access asks for (A12).
SOME_LEARNING, ALL_LEARNING = "learning", "all"
PROVIDERS = frozenset({EmployerSize.COLLEGE, EmployerSize.UNIVERSITY})
# Provider access is for the years from 8 to 13.
ACCESS_YEARS = frozenset(str(year) for year in range(8, 14))


class Meaningful(StrEnum):
    """Whether an encounter had a shared purpose, the right level, two-way talk, and time to think it over."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def meaningful_bm5(*, delivered: bool, outcomes: Sequence[str], teacher: Mapping[str, Any] | None) -> Meaningful:
    """Whether a visit was a meaningful encounter (rule Q-01), `teacher` being the school's answers, None if not in.

    One thing known to be missing makes it none; while a question is open it is unknown, and never a yes.
    """
    if not delivered or not any(each.strip() for each in outcomes):
        return Meaningful.NO
    if teacher is None:
        return Meaningful.UNKNOWN
    said = {code: teacher.get(code) for code in _MEANINGFUL}
    if any(answer is not None and answer not in _MEANINGFUL[code] for code, answer in said.items()):
        return Meaningful.NO
    return Meaningful.UNKNOWN if None in said.values() else Meaningful.YES


def bm7_candidate(*, organisation: str, employer: str, ambassador: Mapping[str, Any] | None) -> bool:
    """Whether it may be an encounter with further or higher education (rule Q-02); no unless somebody says so."""
    return _is_provider(organisation, employer) and _heard(ambassador) in (SOME_LEARNING, ALL_LEARNING)


def pal_candidate(
    *, organisation: str, employer: str, ambassador: Mapping[str, Any] | None, years: Collection[str]
) -> bool:
    """Whether it may count for provider access: a college's people, all four contents, and years 8 to 13 (Q-02).

    `years` are those of the class as numbers. An employer's ambassador never counts.
    """
    is_technical = _is_provider(organisation, employer) and employer == EmployerSize.COLLEGE
    return is_technical and _heard(ambassador) == ALL_LEARNING and bool(years) and ACCESS_YEARS.issuperset(years)


def _is_provider(organisation: str, employer: str) -> bool:
    """Whether somebody speaks for a college or a university, and says for which."""
    return bool(organisation.strip()) and employer in PROVIDERS


def _heard(ambassador: Mapping[str, Any] | None) -> Any:
    return (ambassador or {}).get("A12")
