"""When what is said of visits is put before a person: pure (rule 2.5).

A trigger opens a case with the visits that it saw, and changes nothing by itself. R0, that somebody is worried, is no
matter of quality and goes its own way the same day (rule 2.9); that nobody came (R4) is read from the visits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from quality.enums import CaseRule
from quality.statistics import Usual, level
from quality.suppression import PUPILS_LEAST

# From this chance of a low level on somebody's visits are looked at (rules S-04, R3), and below which level it is low.
P_LOW, THRESHOLD, LOW_FROM = 0.80, 4.0, 3
# A score that is a reason to talk, and one that is not enough.
NOT_GOOD, BAD = 3, 2
# Ratings of one school alone open no case about a person: it takes so many.
SCHOOLS = 2
# What somebody says of their own visit against what the school says, twice in succession (rule R8).
GAP = 2
# Missed visits, and visits called off late, of twelve months (rule R4).
YEAR = timedelta(days=365)
LATE_MOST, MISSED_MOST = 2, 2


# Working days until somebody has acted on it. Where the rule names none it is that of a supportive conversation.
DEADLINE: Mapping[CaseRule, int] = {
    CaseRule.R1: 5,
    CaseRule.R2: 10,
    CaseRule.R2B: 10,
    CaseRule.R3: 10,
    CaseRule.R4: 2,
    CaseRule.R5: 10,
    CaseRule.R6: 10,
    CaseRule.R7: 10,
    CaseRule.R8: 10,
    CaseRule.R9: 10,
    CaseRule.WORDS: 5,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A visit and what both sides said of it; None of a side whose form is not in.

    `score` is the overall rating with what its kind of visit makes of ratings taken out (rule S-02).
    """

    visit: int
    school: int
    on: date
    teacher: Mapping[str, Any] | None = None
    ambassador: Mapping[str, Any] | None = None
    score: float | None = None
    # Nobody at the school was ready for whoever came.
    school_missed: bool = False

    @property
    def rating(self) -> float:
        """What the overall rating counts: where nothing was taken out of it, as it is."""
        return float(self.rated("T9") or 0) if self.score is None else self.score

    def rated(self, code: str) -> int | None:
        """What the teacher answered on a scale from 1 to 5; None where it does not apply or is not answered."""
        return _on_scale(self.teacher, code)


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger, and the visits that it saw: what the case keeps as its evidence."""

    rule: CaseRule
    visits: tuple[int, ...]


def fired(history: Sequence[Told], usual: Usual = Usual()) -> list[Fired]:  # noqa: B008  frozen
    """What the last of these visits of one ambassador gives reason for; they come in the order of their days.

    Only ratings that count are handed in (rules S-01, G-04). What an earlier visit gave reason for fired then.
    """
    if not history:
        return []
    rated = [each for each in history if each.rated("T9") is not None]
    found = []
    if rated and rated[-1] == history[-1]:
        found += [(rule, look(rated)) for rule, look in _OF_RATINGS.items()]
        found.append((CaseRule.R3, _low_level(rated, usual)))
    found.append((CaseRule.R8, _sees_it_otherwise(history)))
    return [Fired(rule, tuple(each.visit for each in visits)) for rule, visits in found if visits]


def missed(no_shows: Sequence[date], late: Sequence[date], on: date) -> bool:
    """Whether somebody who did not come, or called off late, is spoken with (rule R4).

    Anybody who has not come once, and whoever called off late twice in the twelve months before this day.
    """
    return bool(_within_a_year(no_shows, on)) or len(_within_a_year(late, on)) >= LATE_MOST


def may_be_paused(no_shows: Sequence[date], on: date) -> bool:
    """Whether somebody missed visits so often in twelve months that a pause is proposed (rule R4)."""
    return len(_within_a_year(no_shows, on)) >= MISSED_MOST


def left_no_room(answers: Mapping[str, int]) -> bool:
    """Whether a class did not feel left to make up its own mind: how often each answer to P11 was given (rule R5)."""
    rated = {int(answer): count for answer, count in answers.items() if answer.isdigit()}
    n = sum(rated.values())
    return n >= PUPILS_LEAST and sum(answer * count for answer, count in rated.items()) / n < NOT_GOOD


def school_is_called(history: Sequence[Told]) -> tuple[int, ...]:
    """The visits for which a school is offered help, where the last is one of them (rule R9).

    Nobody was ready for the visitor, or staff were away; or room or timing were not as agreed, twice.
    """
    unready = [each for each in history if (_on_scale(each.ambassador, "A5") or 5) <= BAD]
    counts = unready if len(unready) > 1 else []
    seen = [each for each in history if each.school_missed or _staff_were_away(each) or each in counts]
    return tuple(each.visit for each in seen) if seen and seen[-1] == history[-1] else ()


def _staff_were_away(told: Told) -> bool:
    return (told.ambassador or {}).get("A3") in ("part", "no")


def _bad_visit(rated: Sequence[Told]) -> Sequence[Told]:
    last = rated[-1]
    return [last] if _at_most(last, "T9", BAD) or (last.teacher or {}).get("T10") == "no" else []


def _two_of_four(rated: Sequence[Told]) -> Sequence[Told]:
    return _low_of(rated[-4:], least=2)


def _three_of_five(rated: Sequence[Told]) -> Sequence[Told]:
    return _low_of(rated[-5:], least=3)


def _low_of(window: Sequence[Told], least: int) -> Sequence[Told]:
    """Those rated low, where there are enough of them, of enough schools, and the last visit is one of them."""
    low = [each for each in window if _at_most(each, "T9", NOT_GOOD)]
    return low if len(low) >= least and _schools(low) and low[-1] == window[-1] else []


def _low_level(rated: Sequence[Told], usual: Usual) -> Sequence[Told]:
    if len(rated) < LOW_FROM or not _schools(rated):
        return []
    return rated if level([each.rating for each in rated], usual).p_low(THRESHOLD) >= P_LOW else []


def _one_sided(rated: Sequence[Told]) -> Sequence[Told]:
    return [each for each in rated[-1:] if _at_most(each, "T5", BAD)]


def _leaves_some_out(rated: Sequence[Told]) -> Sequence[Told]:
    return [each for each in rated[-1:] if _at_most(each, "T6", BAD)]


def _wrong_level(rated: Sequence[Told]) -> Sequence[Told]:
    wrong = [each for each in rated[-4:] if _at_most(each, "T2", BAD)]
    return wrong if len(wrong) > 1 and wrong[-1] == rated[-1] else []


def _sees_it_otherwise(history: Sequence[Told]) -> Sequence[Told]:
    """Two visits in succession of which somebody thought much better than the school did: T3 beside A6."""
    last = history[-2:]
    return last if len(last) > 1 and all(_gap(each) >= GAP for each in last) else []


def _gap(told: Told) -> int:
    own, school = _on_scale(told.ambassador, "A6"), told.rated("T3")
    return own - school if own is not None and school is not None else 0


_OF_RATINGS: Mapping[CaseRule, Callable[[Sequence[Told]], Sequence[Told]]] = {
    CaseRule.R1: _bad_visit,
    CaseRule.R2: _two_of_four,
    CaseRule.R2B: _three_of_five,
    CaseRule.R5: _one_sided,
    CaseRule.R6: _leaves_some_out,
    CaseRule.R7: _wrong_level,
}


def _schools(told: Sequence[Told]) -> bool:
    return len({each.school for each in told}) >= SCHOOLS


def _at_most(told: Told, code: str, most: int) -> bool:
    answer = told.rated(code)
    return answer is not None and answer <= most


def _on_scale(answers: Mapping[str, Any] | None, code: str) -> int | None:
    answer = str((answers or {}).get(code, ""))
    return int(answer) if answer in ("1", "2", "3", "4", "5") else None


def _within_a_year(days: Sequence[date], on: date) -> list[date]:
    return [day for day in days if on - YEAR < day <= on]
