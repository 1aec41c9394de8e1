"""On which days a school has no visitors, unless it says why it wants one then all the same (rule T-11). Pure."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from schools.terms.school_time import SchoolTime
from stem.curriculum import sits_exams
from stem.nations import Nation
from stem.rules import Kind, Reason
from stem.wording import day_in_words


def reasons_against(day: date, *, time: SchoolTime, stage: str, year_groups: str) -> list[Reason]:
    """Why a class has no visitor on this day: no school, the start of a term, or its exams; none on any other day.

    Where nobody has told us the school's dates the words say that we go by the usual ones.
    """
    return list(_against(day, time, sits=bool(stage) and sits_exams(time.nation, stage, year_groups)))


def reasons_told_since(day: date, *, time: SchoolTime, stage: str, year_groups: str) -> list[Reason]:
    """Those reasons that rest on what the school or its authority has told, and so may be newer than a promise.

    Weekends, bank holidays and the usual dates stood when the day was chosen: whoever chose it has said why.
    """
    closed, sits = time.why_closed(day), bool(stage) and sits_exams(time.nation, stage, year_groups)
    if closed is not None:
        is_told = not closed.is_guess and closed.code not in ("weekend", "bank_holiday")
    else:
        is_told = not time.is_guess(day)
    return list(_against(day, time, sits=sits and time.tells_of_exams(day))) if is_told else []


def _against(day: date, time: SchoolTime, *, sits: bool) -> Iterator[Reason]:
    closed = time.why_closed(day)
    if closed is not None:
        words = _("%(day)s %(is_closed)s.") % {"day": day_in_words(day), "is_closed": closed.in_words}
        yield _reason("no_school", words, time, is_guess=closed.is_guess)
        return
    if time.is_start_of_term(day):
        words = _("%(day)s is one of the first two school days of a term.") % {"day": day_in_words(day)}
        yield _reason("start_of_term", words, time, is_guess=time.is_guess(day))
    if sits and time.exams_on(day):
        words = _("%(day)s is in the weeks when this class sits exams.") % {"day": day_in_words(day)}
        yield _reason("exams", words, time, is_guess=False)


def _reason(code: str, words: str, time: SchoolTime, *, is_guess: bool) -> Reason:
    if is_guess:
        nation = Nation(time.nation).label
        words = _("%(words)s We go by the usual dates in %(nation)s, as your school has told us none.") % {
            "words": words,
            "nation": nation,
        }
    return Reason(code, Kind.INPUT, words)
