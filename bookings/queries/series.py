"""The meetings of a series that go together: whoever is asked for one is asked for all that still want somebody.

Where everybody is still to be found that is the whole series. Where one meeting was given back it is that one alone,
and where all that remain were, it is those.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Request, Seat, Visit
from bookings.open_days import reasons_against
from bookings.series import meetings_from
from schools.queries.school_time import school_time
from schools.terms.school_time import SchoolTime
from stem.wording import interval_in_words, short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class Meeting:
    """One meeting of a series beside the one that somebody is asked for, and when it is, or would be."""

    visit: Visit
    interval: Interval


def later_sought(visit: Visit) -> list[Visit]:
    """The meetings of the same series after this one that still want somebody, in their order; none of no series."""
    return later_sought_of([visit]).get(visit.pk, [])


def later_sought_of(visits: Iterable[Visit]) -> dict[int, list[Visit]]:
    """The same of each of these visits that is in a series, by its key: in one query, or in none."""
    firsts = {visit.request_id: visit for visit in visits if visit.request.is_series}
    if not firsts:
        return {}
    open_seats = Seat.objects.leads().filter(visit=OuterRef("pk"), status=SeatStatus.OPEN)
    rows = Visit.objects.filter(Exists(open_seats), request__in=[*firsts], status=VisitStatus.FINDING)
    found: dict[int, list[Visit]] = {visit.pk: [] for visit in firsts.values()}
    for each in rows.order_by("number", "pk"):
        first = firsts[each.request_id]
        if each.number > first.number:
            each.request = first.request
            found[first.pk].append(each)
    return found


def meetings_after(
    visit: Visit, first: Interval, later: Sequence[Visit], *, school: SchoolTime | None = None
) -> list[Meeting]:
    """When these later meetings are if this one is then: at their own times, or as the series goes on from the first.

    Fewer where the school is not open so often (`bookings.series`).
    """
    if not later:
        return []
    dates = iter(_dates(visit.request, first, 1 + sum(each.starts_at is None for each in later), school)[1:])
    found = []
    for each in later:
        if each.starts_at is not None and each.ends_at is not None:
            found.append(Meeting(each, (each.starts_at, each.ends_at)))
        elif (interval := next(dates, None)) is not None:
            found.append(Meeting(each, interval))
    return found


def further_of(
    request: Request,
    times: Iterable[Interval],
    *,
    visit: Visit | None = None,
    later: Sequence[Visit] | None = None,
    school: SchoolTime | None = None,
) -> Mapping[Interval, tuple[Interval, ...]]:
    """With each of these times the further meetings that it would bring; nothing where it is no series.

    Of a request those of all its meetings, of a `visit` those that still want somebody.
    """
    if not request.is_series:
        return {}
    if visit is None:
        school = school or school_time(request.school)
        return {each: _dates(request, each, request.meetings, school)[1:] for each in times}
    sought = later_sought(visit) if later is None else later
    return {
        each: tuple(meeting.interval for meeting in meetings_after(visit, each, sought, school=school))
        for each in times
    }


def _dates(request: Request, first: Interval, count: int, school: SchoolTime | None) -> tuple[Interval, ...]:
    """So many meetings from the first on, on days on which the class has visitors (rule T-11)."""
    if count < 2:
        return (first,)
    time = school or school_time(request.school)

    def is_open(day: date) -> bool:
        return not reasons_against(day, time=time, stage=request.stage, year_groups=request.year_groups)

    return meetings_from(first, count, request.weeks_apart, is_open=is_open)


@dataclass(frozen=True)
class Going:
    """A series as the page of one of its meetings shows it."""

    visit: Visit
    meetings: list[Visit]

    @property
    def is_shown(self) -> bool:
        """Whether it is a series at all."""
        return self.visit.request.is_series

    @property
    def in_words(self) -> str:
        """Which of how many this is."""
        words = {"number": self.visit.number, "all": self.visit.request.meetings}
        return _("Meeting %(number)d of %(all)d") % words

    @property
    def others(self) -> list[tuple[Visit, str]]:
        """The other meetings, each with its day."""
        return [
            (each, short_day_in_words(each.starts_at) if each.starts_at else _("No day yet"))
            for each in self.meetings
            if each.pk != self.visit.pk
        ]


def going(visit: Visit, *, of: "User | None" = None) -> Going:
    """The series of this visit, as its school knows it, or those meetings to which somebody comes.

    In one query, and in none where it is no series.
    """
    if not visit.request.is_series:
        return Going(visit, [visit])
    rows = Visit.objects.with_seat_of(of) if of else Visit.objects.all()
    return Going(visit, list(rows.filter(request=visit.request_id).order_by("number", "pk")))


def to_come_with(visit: Visit, *, at: datetime) -> list[Visit]:
    """This meeting and those after it that stand and are still to come, in their order."""
    if not visit.request.is_series:
        return [visit]
    rows = Visit.objects.upcoming().filter(request=visit.request_id, number__gte=visit.number)
    return [each for each in rows.order_by("number", "pk") if each.starts_at is None or each.starts_at > at]


def waiting_with(visit: Visit, *, of: Ambassador | None = None) -> list[Interval]:
    """The other meetings of the series that wait for the school's yes, and get it with this one's; or one person's."""
    if not visit.request.is_series:
        return []
    rows = Visit.objects.filter(request=visit.request_id, status=VisitStatus.MATCHED, starts_at__isnull=False)
    if of is not None:
        rows = rows.filter(pk__in=Seat.objects.filter(ambassador=of).values("visit"))
    others = rows.exclude(pk=visit.pk).order_by("number", "pk")
    return [(each.starts_at, each.ends_at) for each in others if each.starts_at and each.ends_at]


def in_words(further: Mapping[Interval, Sequence[Interval]]) -> list[str]:
    """For each time which days come with it, where any do, for whoever says yes to all of them at once."""
    told = _("%(first)s, then on %(days)s")
    return [
        told
        % {
            "first": interval_in_words(*first),
            "days": ", ".join(short_day_in_words(starts_at) for starts_at, _ends_at in later),
        }
        for first, later in further.items()
        if later
    ]


def meetings_in_words(visit: Visit, times: Iterable[Interval]) -> list[str]:
    """Which further meetings a yes to each of these times of a visit is for; nothing where it is one alone."""
    return in_words(further_of(visit.request, times, visit=visit))
