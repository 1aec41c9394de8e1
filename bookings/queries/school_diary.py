"""A school's diary: who comes, which times it has offered, and when it has no pupils in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from bookings.diaries.days import days_of
from bookings.diaries.diary import Diary
from bookings.diaries.entries import Entry, Sort, WholeDays
from bookings.diaries.shown import Shown
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import PossibleTime, Request, Seat, Visit
from bookings.queries.school_desk import Expected
from schools.enums import SpanKind
from schools.models import School
from schools.queries.school_time import school_time
from schools.terms.school_time import NoSchool, SchoolTime
from stem.curriculum import Words
from stem.moments import moment
from stem.nations import Nation
from stem.workdays import bank_holidays

DAY = timedelta(days=1)
SORTS: dict[str, Sort] = {
    VisitStatus.FINDING: Sort.FINDING,
    VisitStatus.MATCHED: Sort.KEPT,
    VisitStatus.CONFIRMED: Sort.CONFIRMED,
}
# What the looks of a diary mean, to a school.
LEGEND: tuple[tuple[str, Words], ...] = (
    (Sort.CONFIRMED, lazy("Visit, confirmed")),
    (Sort.KEPT, lazy("Visit, yours to confirm")),
    (Sort.FINDING, lazy("Visit, someone still to be found")),
    (Sort.ASKED, lazy("Time you have offered")),
    (Sort.DONE, lazy("Past visit")),
    (Sort.CLOSED, lazy("No school")),
)


@dataclass(frozen=True)
class SchoolDiary(Diary):
    """The diary that everybody who acts for a school reads."""

    school: School

    @property
    def legend(self) -> tuple[tuple[str, Words], ...]:
        """What each look means."""
        return LEGEND


def school_diary(school: School, shown: Shown, *, at: datetime) -> SchoolDiary:
    """The days on show, in four queries."""
    first, last = shown.first, shown.last
    history = School.objects.with_history_of(school).order_by().values("pk")
    when = school_time(school)
    holidays = {day for year in {first.year, last.year} for day in bank_holidays(school.nation or Nation.ENG, year)}
    days = days_of(
        first,
        last,
        timed=[*_visits(history, first, last, at=at), *_offered(history, first, last, at=at)],
        whole=_closed(when, first, last),
        bank_holidays=holidays,
    )
    return SchoolDiary(shown, days, school)


def _visits(history: "QuerySet[Any, Any]", first: date, last: date, *, at: datetime) -> Iterator[Entry]:
    """Visits with a time, each with whoever comes as far as the school may know (rule P-05): two queries."""
    taken = Seat.objects.filter(status=SeatStatus.TAKEN).select_related("ambassador")
    visits = (
        Visit.objects.filter(request__school__in=history)
        .not_called_off()
        .between(moment(first, time()), moment(last + DAY, time()))
        .select_related("request")
        .prefetch_related(Prefetch("seats", queryset=taken))
    )
    for visit in visits:
        assert visit.starts_at is not None and visit.ends_at is not None
        told = Expected(visit, at)
        yield Entry(
            SORTS.get(visit.status, Sort.DONE) if not told.is_over else Sort.DONE,
            visit.starts_at,
            visit.ends_at,
            str(visit.request),
            told.everybody,
            reverse("visit", args=[visit.pk]),
            str(told.status),
            told.tone,
        )


def _offered(history: "QuerySet[Any, Any]", first: date, last: date, *, at: datetime) -> Iterator[Entry]:
    """The times still to come at which what was asked for could be: one query."""
    asked = Request.objects.filter(school__in=history).with_open_times().order_by().values("pk")
    begin, end = max(at, moment(first, time())), moment(last + DAY, time())
    times = PossibleTime.objects.filter(request__in=asked, starts_at__gte=begin, starts_at__lt=end)
    for each in times.select_related("request"):
        url = reverse("request", args=[each.request_id])
        yield Entry(Sort.ASKED, each.starts_at, each.ends_at, str(each.request), "", url, _("Time offered"), "waiting")


def _closed(when: SchoolTime, first: date, last: date) -> list[WholeDays]:
    """When pupils are not in on weekdays, run by run; bank holidays stand by themselves."""
    runs: list[WholeDays] = []
    before: NoSchool | None = None
    for day in (first + offset * DAY for offset in range((last - first).days + 1)):
        closed = when.why_closed(day)
        if closed is not None and closed.code in ("weekend", "bank_holiday"):
            continue
        if closed is not None and closed == before:
            runs[-1] = _run(closed, runs[-1].first, day)
        elif closed is not None:
            runs.append(_run(closed, day, day))
        before = closed
    return runs


def _run(closed: NoSchool, first: date, last: date) -> WholeDays:
    names: dict[str, str] = {
        SpanKind.INSET: _("INSET day"),
        SpanKind.CLOSURE: closed.name or _("Closed"),
        SpanKind.HALF_TERM: _("Half term"),
    }
    guess = _("By the usual dates") if closed.is_guess else ""
    return WholeDays(Sort.CLOSED, first, last, names.get(closed.code, _("Holidays")), reverse("school_time"), guess)
