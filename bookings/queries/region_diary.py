"""The diary of a coordinator's region: its visits, and the times at which requests could still be met."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from bookings.coming import who_comes
from bookings.diaries.days import Day, Line, days_of
from bookings.diaries.entries import Entry, Sort
from bookings.diaries.shown import Shown
from bookings.enums import Mode, VisitStatus
from bookings.models import PossibleTime, Request, Seat, Visit
from bookings.querysets import RequestQuerySet, VisitQuerySet
from stem.curriculum import Words
from stem.moments import day_of, moment

DAY = timedelta(days=1)
PER_PAGE = 25
# A day of a week shows so many; the list has them all.
MOST_A_DAY = 8
Key = tuple[str, int, datetime]
SORTS: dict[VisitStatus, Sort] = {
    VisitStatus.FINDING: Sort.FINDING,
    VisitStatus.MATCHED: Sort.KEPT,
    VisitStatus.CONFIRMED: Sort.CONFIRMED,
}
TONES: dict[Sort, str] = {Sort.FINDING: "waiting", Sort.KEPT: "waiting", Sort.CONFIRMED: "good"}
# What the looks of a diary mean, to whoever looks after a region.
LEGEND: tuple[tuple[str, Words], ...] = (
    (Sort.CONFIRMED, lazy("Confirmed")),
    (Sort.KEPT, lazy("School to confirm")),
    (Sort.FINDING, lazy("Finding someone")),
    (Sort.ASKED, lazy("Possible time of a request")),
    (Sort.DONE, lazy("Over")),
)


@dataclass(frozen=True)
class Counted:
    """How many of one sort lie on a day."""

    sort: Sort
    number: int

    @property
    def words(self) -> str:
        """The number and what of."""
        n = self.number
        words = {
            Sort.CONFIRMED: ngettext("%(n)d confirmed", "%(n)d confirmed", n),
            Sort.KEPT: ngettext("%(n)d to confirm", "%(n)d to confirm", n),
            Sort.FINDING: ngettext("%(n)d still looking", "%(n)d still looking", n),
            Sort.ASKED: ngettext("%(n)d possible time", "%(n)d possible times", n),
        }.get(self.sort, ngettext("%(n)d over", "%(n)d over", n))
        return words % {"n": n}


@dataclass(frozen=True)
class CountedDay:
    """A day of a month with how many of each sort."""

    day: date
    counts: tuple[Counted, ...]

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(each.number for each in self.counts)


@dataclass(frozen=True)
class Rows:
    """The rows that somebody may see, and has not filtered out."""

    visits: VisitQuerySet
    requests: RequestQuerySet

    def between(self, first: date, last: date) -> tuple[VisitQuerySet, "QuerySet[PossibleTime]"]:
        """The visits and possible times from the first of these days to the last."""
        begin, end = moment(first, time()), moment(last + DAY, time())
        times = PossibleTime.objects.filter(request__in=self.requests.order_by().values("pk"))
        return self.visits.between(begin, end), times.filter(starts_at__gte=begin, starts_at__lt=end)


def month_of_region(rows: Rows, shown: Shown) -> list[list[CountedDay]]:
    """How many of what lie on each day, Monday first: two queries, whatever there is."""
    visits, times = rows.between(shown.first, shown.last)
    on_day = TruncDate("starts_at", tzinfo=get_default_timezone())
    counted: dict[date, Counter[Sort]] = defaultdict(Counter)
    for day, status, number in visits.order_by().values_list(on_day, "status").annotate(n=Count("pk")):
        counted[day][_sort_of(status)] += number
    for day, number in times.order_by().values_list(on_day).annotate(n=Count("pk")):
        counted[day][Sort.ASKED] += number
    days = [
        CountedDay(day.day, tuple(Counted(sort, counted[day.day][sort]) for sort in Sort if counted[day.day][sort]))
        for day in days_of(shown.first, shown.last)
    ]
    return [days[start : start + 7] for start in range(0, len(days), 7)]


@dataclass(frozen=True)
class DayOfWeek:
    """A day of a region's week: what it shows, and how many more there are."""

    day: Day
    entries: tuple[Entry, ...]
    more: int


def week_of_region(rows: Rows, shown: Shown) -> list[DayOfWeek]:
    """Each day with the first of what lies on it; only they are read in full."""
    keys: dict[date, list[Key]] = defaultdict(list)
    for key in _keys(rows, shown):
        keys[day_of(key[2])].append(key)
    first = [key for of_day in keys.values() for key in of_day[:MOST_A_DAY]]
    days = days_of(shown.first, shown.last, timed=_entries_of(first, shown.today))
    return [DayOfWeek(each, each.timed, len(keys[each.day]) - len(each.timed)) for each in days]


def list_of_region(rows: Rows, shown: Shown, page: str | None) -> "Page[Line]":
    """What comes from the chosen day on, day by day, as one list of visits and possible times, a page at a time."""
    found: Page[Any] = Paginator(_keys(rows, shown), PER_PAGE).get_page(page)
    entries = sorted(_entries_of(list(found.object_list), shown.today), key=lambda each: (each.starts_at, each.title))
    found.object_list = [Line(day_of(each.starts_at), each) for each in entries]
    return found


def _keys(rows: Rows, shown: Shown) -> "QuerySet[Any, Any]":
    """What lies on the days on show, the soonest first: which table, which row, and when."""
    visits, times = rows.between(shown.first, shown.last)
    of_visits = visits.order_by().annotate(what=Value("visit")).values_list("what", "pk", "starts_at")
    of_times = times.order_by().annotate(what=Value("time")).values_list("what", "pk", "starts_at")
    return of_visits.union(of_times, all=True).order_by("starts_at", "what", "pk")


def _entries_of(keys: list[Key], today: date) -> list[Entry]:
    """What stands behind these keys, in three queries."""
    return [
        *_entries_of_visits(Visit.objects.filter(pk__in=[pk for what, pk, _at in keys if what == "visit"]), today),
        *_entries_of_times(PossibleTime.objects.filter(pk__in=[pk for what, pk, _at in keys if what == "time"])),
    ]


def _sort_of(status: str) -> Sort:
    return SORTS.get(VisitStatus(status), Sort.DONE)


def _entries_of_visits(visits: VisitQuerySet, today: date) -> list[Entry]:
    """Visits with their school, who comes and what was changed of them lately, in two queries."""
    taken = Seat.objects.filter(ambassador__isnull=False).select_related("ambassador")
    entries = []
    visits = visits.with_last_change(moment(today, time()))
    for visit in visits.select_related("request__school").prefetch_related(Prefetch("seats", queryset=taken)):
        assert visit.starts_at is not None and visit.ends_at is not None
        sort = _sort_of(visit.status)
        people = who_comes(visit.seats.all())
        entries.append(
            Entry(
                sort,
                visit.starts_at,
                visit.ends_at,
                visit.request.school.name,
                ". ".join(filter(None, [", ".join(filter(None, [_where(visit.request), people])), visit.last_change])),
                reverse("visit", args=[visit.pk]),
                visit.get_status_display(),
                TONES.get(sort, "neutral"),
            )
        )
    return entries


def _entries_of_times(times: "QuerySet[PossibleTime]") -> list[Entry]:
    """Possible times with the school that gave them, in one query."""
    return [
        Entry(
            Sort.ASKED,
            each.starts_at,
            each.ends_at,
            each.request.school.name,
            _where(each.request),
            reverse("coordinate_request", args=[each.request_id]),
            _("Possible time"),
            "waiting",
        )
        for each in times.select_related("request__school")
    ]


def _where(request: Request) -> str:
    return _("Online") if request.mode == Mode.ONLINE else request.school.town
