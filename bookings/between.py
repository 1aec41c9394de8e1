"""Whether somebody has the time to get from one of their visits to another, as things are promised (rule T-22)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.gaps import Gap, Stay, gap_between
from bookings.models import Commitment, Visit
from stem.rules import Kind, Reason, refuse_if_any

Interval = tuple[datetime, datetime]
DAY = timedelta(days=1)


def gaps_too_tight(
    ambassador: Ambassador, visit: Visit, times: Iterable[Interval], *, buffer: int
) -> dict[Interval, Gap]:
    """Of these times of a visit those too near to another visit of this person's to get from the one to the other.

    In one query; each time with the tightest of its gaps (rule T-22).
    """
    times = list(times)
    near = _promised_near([ambassador], visit, times)
    found = {each: _tightest(near.get(ambassador.pk, ()), visit, each, buffer=buffer) for each in times}
    return {each: gap for each, gap in found.items() if gap is not None}


def _promised_near(people: Iterable[Ambassador], visit: Visit, times: Collection[Interval]) -> dict[int, list[Stay]]:
    """What each of these people is promised within a day of these times besides this visit, in one query."""
    if not times:
        return {}
    first, last = min(start for start, _end in times), max(end for _start, end in times)
    near = Commitment.objects.filter(ambassador__in=people, starts_at__lt=last + DAY, ends_at__gt=first - DAY)
    found: dict[int, list[Stay]] = {}
    for each in near.exclude(seat__visit=visit).select_related("seat__visit__request__school"):
        found.setdefault(each.ambassador_id, []).append(_stay(each.seat.visit, each.starts_at, each.ends_at))
    return found


def _tightest(others: Iterable[Stay], visit: Visit, interval: Interval, *, buffer: int) -> Gap | None:
    """The gap that is shortest by most between this visit then and one of the others; None where all are enough."""
    gaps = [gap_between(_stay(visit, *interval), other, buffer=buffer) for other in others]
    tight = [gap for gap in gaps if gap.is_too_tight]
    return max(tight, key=lambda gap: gap.needed - gap.minutes, default=None)


def too_tight_for(people: Sequence[Ambassador], visit: Visit, interval: Interval, *, buffer: int) -> dict[int, str]:
    """How little time each of these people would have then, by their key, of whom there is too little; in one query."""
    near = _promised_near(people, visit, [interval])
    gaps = {key: _tightest(stays, visit, interval, buffer=buffer) for key, stays in near.items()}
    return {key: too_tight_in_words(gap) for key, gap in gaps.items() if gap is not None}


def reasons_too_tight(ambassador: Ambassador, visit: Visit, interval: Interval, *, buffer: int) -> list[Reason]:
    """That there is too little time to get to this visit, or from it; none where there is, or nobody travels (T-22)."""
    tight = gaps_too_tight(ambassador, visit, [interval], buffer=buffer)
    return [Reason("too_tight", Kind.CONFLICT, too_tight_in_words(gap)) for gap in tight.values()]


def check_gap(ambassador: Ambassador, visit: Visit, interval: Interval, *, buffer: int) -> None:
    """There is time to get to this visit, and from it, or nobody needs to travel (rule T-22). Refuses `too_tight`."""
    refuse_if_any(reasons_too_tight(ambassador, visit, interval, buffer=buffer))


def too_tight_in_words(gap: Gap) -> str:
    """How much time there is and how much it takes, to whoever would travel or notes what they say."""
    words = _(
        "Another promised visit is %(minutes)d minutes away in time; the journey, with some time to spare, takes "
        "%(needed)d."
    )
    return words % {"minutes": gap.minutes, "needed": gap.needed}


def _stay(visit: Visit, starts_at: datetime, ends_at: datetime) -> Stay:
    """A visit as somebody sees it who travels to it at this time."""
    school = visit.request.school
    return Stay(starts_at, ends_at, school.pk, school.point, visit.request.is_online)
