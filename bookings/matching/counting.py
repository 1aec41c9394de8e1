"""How many could come, for people who may not know who: counted, and told in rounded words.

Whoever asks may ask again and again with one thing changed. So what is told never tells one person from four, nor
anything more exactly than by fives.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from ambassadors.models import Hold
from bookings.eligibility import earliest_promised
from bookings.matching.candidates import find_candidates
from bookings.matching.ranking import wanted_by
from bookings.matching.reaching import people_within
from bookings.matching.wanted import Interval, Wanted
from bookings.models import KeptApart, Request
from schools.models import School
from stem.curriculum import ACTIVITIES, SUBJECTS, subjects_near
from stem.moments import day_of, moment
from stem.nations import Nation

# Numbers are told by so many, and below it not at all.
STEP = 5
# Beyond so many nobody is counted: online it would take ten times as long, and change nothing for whoever asks.
MANY = 200
# Which hour it is does not matter where nobody's hours are asked about.
SOME_HOUR, SO_LONG = time(10), timedelta(hours=1)


@dataclass(frozen=True)
class HowMany:
    """A number as it may be told: nobody, a few (one to four), or at least so many, by fives."""

    at_least: int

    @property
    def is_nobody(self) -> bool:
        """Whether there is nobody at all."""
        return self.at_least == 0

    @property
    def is_few(self) -> bool:
        """Whether there are fewer than five: how many is not told."""
        return self.at_least < STEP

    @property
    def in_words(self) -> str:
        """What a school reads of its own request."""
        if self.is_nobody:
            return _("Nobody yet, as it stands.")
        if self.is_few:
            return _("A few people could come.")
        return _("At least %(number)d people could come.") % {"number": self.at_least}


def rounded(number: int) -> HowMany:
    """This number as a school may know it, of people who could come to itself: rounded down, a few below five."""
    return HowMany(min(number, 1) if number < STEP else number - number % STEP)


def rounded_for_anyone(number: int) -> HowMany:
    """This number as anybody may know it, of people who could come to any place: nobody is a few as well.

    Otherwise the last district in which there is somebody, on every side, would draw a circle round their home.
    """
    return rounded(max(number, 1))


def how_many_could_come(wanted: Wanted, *, at: datetime) -> int:
    """How many people pass every gate for at least one of the times (rule 6.4); of many no more are counted."""
    return len(find_candidates(wanted, at=at, limit=MANY))


def how_many_are_cleared(wanted: Wanted, *, on: date, held: Collection[int]) -> int:
    """How many pass every gate on this day, whatever their hours; none of those who are `held_on` it."""
    if wanted.subject not in SUBJECTS:
        return 0
    starts_at = moment(on, SOME_HOUR)
    some_time = (starts_at, starts_at + SO_LONG)
    on_that_day = replace(wanted, times=(some_time,), soon=frozenset())
    return sum(person.pk not in held for person in people_within(on_that_day, subjects_near(wanted.subject)))


def how_many_go_so_far(school: School, *, on: date) -> int | None:
    """How many go as far as this school for whatever they offer, cleared on this day; None without a place."""
    people = people_who_go_so_far(school, on=on)
    return None if people is None else len(people)


def people_who_go_so_far(school: School, *, on: date) -> list[int] | None:
    """The same by their keys, which are for reckoning with and told to nobody."""
    if school.point is None or not school.nation:
        return None
    starts_at = moment(on, SOME_HOUR)
    anything = Wanted(
        point=school.point,
        nation=Nation(school.nation),
        subject="",
        stage="",
        activity="",
        online=False,
        times=((starts_at, starts_at + SO_LONG),),
    )
    held = held_on(on, school=school.pk)
    return [person.pk for person in people_within(anything, sorted(SUBJECTS)) if person.pk not in held]


def held_on(day: date, *, school: int | None = None) -> frozenset[int]:
    """Whoever is away or kept out of schools on this day, or apart from this one: nobody is told which of these."""
    held = Hold.objects.in_force_on(day).order_by().values_list("ambassador_id", flat=True)
    apart = KeptApart.objects.filter(school=school).order_by().values_list("ambassador_id", flat=True)
    return frozenset(held.union(apart) if school else held)


def how_many_for(
    request: Request, times: Iterable[Interval], *, at: datetime, earliest: date | None = None
) -> int | None:
    """How many could come for a request as far as it is filled in; None until there is a subject to go by, or a place.

    Without a time that is to come they are counted on the first day that is promised, whatever their own time (T-10);
    whoever has reckoned that day already passes it.
    Whom the school asks for by name is one among all others here: it does not learn whether they can come.
    """
    online = request.is_online or (not request.mode and _is_online_by_nature(request.activity))
    if request.subject not in SUBJECTS or not (online or request.school.point):
        return None
    earliest = request.promised_from or earliest or earliest_promised(request, at)
    to_come = sorted({each for each in times if each[0] > at})
    wanted = replace(
        wanted_by(request, to_come),
        online=online,
        soon=frozenset(each for each in to_come if day_of(each[0]) < earliest),
        again=None,
    )
    if to_come:
        return how_many_could_come(wanted, at=at)
    return how_many_are_cleared(wanted, on=earliest, held=held_on(earliest, school=request.school_id))


def _is_online_by_nature(activity: str) -> bool:
    """Whether a visit of this kind is always online."""
    return activity in ACTIVITIES and ACTIVITIES[activity].online
