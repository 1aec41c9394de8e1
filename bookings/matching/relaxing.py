"""What of a request could be otherwise, and how many more people could come then: true of each change by itself.

Who could come is found as for any request; so the request that a change makes has as many more as is said here.
"""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from ambassadors.reach.masks import ACTIVITY_TYPES
from bookings.eligibility import earliest_promised
from bookings.matching.candidates import look_at
from bookings.matching.counting import HowMany, rounded
from bookings.matching.ranking import wanted_by
from bookings.matching.wanted import Interval, Wanted
from bookings.models import Request
from bookings.open_days import reasons_against
from bookings.other_times import DAY, other_times
from schools.queries.school_time import school_time
from schools.terms.school_time import SchoolTime
from stem.curriculum import ACTIVITIES
from stem.moments import day_of
from stem.wording import interval_in_words

# So many of the best are looked at: of whoever could come beyond them it is said that there are more. And so many
# changes are told of.
LOOKED_AT, MOST_TOLD = 100, 5


@dataclass(frozen=True)
class Relaxation:
    """One change to a request, in words, and how many more people could come."""

    wanted: Wanted
    change: str
    gain: int
    # So many at least: they were counted no further.
    is_at_least: bool = False

    @property
    def told_to_school(self) -> HowMany:
        """The number as a school may know it."""
        return rounded(self.gain)


@dataclass(frozen=True)
class Outlook:
    """How many could come as a request is, or so many at least, and what to change: first what gains most."""

    now: int
    is_exact: bool
    relaxations: list[Relaxation]


def find_relaxations(
    wanted: Wanted, others: Sequence[Interval], *, at: datetime, without: Collection[int] = ()
) -> list[Relaxation]:
    """What to change of this request, the change that gains most first; none that gains nobody.

    Another time besides its own, of these others; another kind of visit, unless it is a series; online instead of at
    the school, or the other way round. Subjects of the same field are asked for as it is (rule 6.4). Nobody is told
    of, and nothing of why they cannot come as it is. A number is exact, or no more than are sure to gain. At most four
    statements, however many people there are.
    """
    return outlook(wanted, others, at=at, without=without).relaxations


def outlook(
    wanted: Wanted,
    others: Sequence[Interval],
    *,
    at: datetime,
    without: Collection[int] = (),
    times_alone: bool = False,
) -> Outlook:
    """The same with how many could come as it is, which has been counted on the way.

    Of other times alone, if so it is said, which takes two statements.
    """
    if not wanted.times:
        return Outlook(0, is_exact=True, relaxations=[])
    pool = _Pool(wanted, others, at=at, without=without)
    found = [*_times(pool, others)]
    if not times_alone:
        found += [*_activities(pool), *_places(pool, at, without)]
    gaining = sorted((each for each in found if each.gain > 0), key=lambda each: -each.gain)
    return Outlook(len(pool.as_it_is), is_exact=pool.left == 0, relaxations=gaining[:MOST_TOLD])


def what_helps(
    request: Request,
    times: Sequence[Interval],
    *,
    at: datetime,
    without: Collection[int] = (),
    school: SchoolTime | None = None,
    earliest: date | None = None,
    times_alone: bool = False,
) -> Outlook:
    """How many could come for a school's request at these of its times, and what to change of it.

    Other days are those on which the school has visitors.

    Whoever has read when the school is open, or reckoned the first day that is promised (T-10), passes it.
    """
    time, tomorrow = school or school_time(request.school), day_of(at) + DAY
    # Of one that is sent in, what was promised then goes on to hold.
    promised = request.promised_from or (tomorrow if request.submitted_at else earliest)
    promised = promised or earliest_promised(request, at, school=time)

    def is_open(day: date) -> bool:
        """Whether this class may have a visitor (rule T-11)."""
        return not reasons_against(day, time=time, stage=request.stage, year_groups=request.year_groups)

    soon = frozenset(each for each in times if day_of(each[0]) < promised)
    others = other_times(times, is_open=is_open, earliest=max(promised, tomorrow))
    # A series brings further meetings with the others as well.
    wanted = replace(wanted_by(request, [*times, *others], school=time), times=tuple(times), soon=soon)
    return outlook(wanted, others, at=at, without=without, times_alone=times_alone)


class _Pool:
    """Whoever could come at one of the times or of the others, whatever the kind of the visit where it is one visit."""

    def __init__(self, wanted: Wanted, others: Sequence[Interval], *, at: datetime, without: Collection[int]) -> None:
        """Find them."""
        self.wanted = wanted
        kind = ACTIVITIES.get(wanted.activity)
        # For a series other rules hold (V-15, V-34), so that whoever could come for one visit tells nothing of it.
        self.takes_any = kind is not None and not kind.is_series and wanted.meetings == 1
        times = (*wanted.times, *(each for each in others if each not in wanted.times))
        asked = replace(wanted, times=times, activity="" if self.takes_any else wanted.activity)
        self.people, left = look_at(asked, LOOKED_AT, at=at, without=without)
        # Who was not looked at may all be able to come as it is; then a change would gain so many fewer.
        self.left = sys.maxsize if left is None else left
        self.as_it_is = self.coming(wanted.times, wanted.activity)

    @property
    def most_as_it_is(self) -> int:
        """How many could come as it is, at most."""
        return len(self.as_it_is) + self.left

    def coming(self, times: Collection[Interval], activity: str) -> frozenset[int]:
        """Who of them could come at one of these times for such a visit, by their keys."""
        offering = ACTIVITY_TYPES.of([activity])
        return frozenset(each.pk for each in self.people if each.activities & offering and {*times} & {*each.times})


def _times(pool: _Pool, others: Sequence[Interval]) -> Iterator[Relaxation]:
    """Another time besides those that are asked for."""
    wanted = pool.wanted
    for other in others:
        relaxed = replace(wanted, times=(*wanted.times, other))
        gain = len(pool.coming(relaxed.times, wanted.activity) - pool.as_it_is)
        yield Relaxation(relaxed, _("Also %(when)s") % {"when": interval_in_words(*other)}, gain, pool.left > 0)


def _activities(pool: _Pool) -> Iterator[Relaxation]:
    """Another kind of visit, if both are one visit."""
    wanted = pool.wanted
    if not pool.takes_any:
        return
    words = {"asked": str(ACTIVITIES[wanted.activity].name).lower()}
    for code, kind in ACTIVITIES.items():
        if kind.is_series or code == wanted.activity or (kind.online and not wanted.online):
            continue
        change = _("%(other)s instead of %(asked)s") % {"other": kind.name, **words}
        gain = len(pool.coming(wanted.times, code)) - pool.most_as_it_is
        yield Relaxation(replace(wanted, activity=code), change, gain, pool.left > 0)


def _places(pool: _Pool, at: datetime, without: Collection[int]) -> Iterator[Relaxation]:
    """Online instead of at the school, or the other way round where we know where the school is."""
    wanted = pool.wanted
    if pool.most_as_it_is >= LOOKED_AT:
        return  # no more are looked at, so that none could be sure to gain
    relaxed = replace(wanted, online=not wanted.online)
    kind = ACTIVITIES.get(wanted.activity)
    if wanted.online and (wanted.point is None or (kind and kind.online)):
        return
    change = _("At the school instead of online") if wanted.online else _("Online instead of at the school")
    coming, left = look_at(relaxed, LOOKED_AT, at=at, without=without)
    yield Relaxation(relaxed, change, len(coming) - pool.most_as_it_is, left != 0 or pool.left > 0)
