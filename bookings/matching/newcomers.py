"""Who is new and could come along to watch a visit, nearest first: by the gates that anybody passes (0045)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ambassadors.models import Ambassador
from bookings.eligibility import times_on_offer
from bookings.matching.candidates import Candidate, candidate_of
from bookings.matching.ranking import Match, match_with, wanted_by
from bookings.matching.reaching import Within, people_within
from bookings.matching.standings import situations_of
from bookings.matching.wanted import Wanted
from bookings.models import Visit
from bookings.queries.shadowing import not_asked_to_watch
from stem.curriculum import SUBJECTS, subjects_near

# Of the nearest so many are looked at: some of them are promised elsewhere, or away.
LOOKED_AT = 100


def newcomers_near(visit: Visit, *, at: datetime, limit: int) -> list[Match]:
    """So many of the new people who could come along, nearest first, ties by number; in at most six statements.

    All that a visit asks of whoever goes is asked of them; only the order is another.
    """
    return _matches(visit, at=at, limit=limit)


def newcomer_near(visit: Visit, person: int, *, at: datetime) -> Match | None:
    """This person, by their key, as one who could come along and watch; None where they cannot be asked for it."""
    return next(iter(_matches(visit, at=at, limit=1, only=person)), None)


def _matches(visit: Visit, *, at: datetime, limit: int, only: int | None = None) -> list[Match]:
    """So many of those who are new, or this one person, by their key; who watches is no wish of the school's."""
    # That the school asked for somebody again is about whom it asked for, and not about who watches.
    wanted = replace(wanted_by(visit.request, times_on_offer(visit, at), visit=visit, later=[]), again=None)
    if wanted.subject not in SUBJECTS:
        return []
    without = not_asked_to_watch(visit)
    within = people_within(wanted, sorted(subjects_near(wanted.subject)), only=only, only_new=True)
    near = sorted((each for each in within if each.pk not in without), key=lambda each: (each.minutes, each.pk))
    found = list(_free(wanted, near[:LOOKED_AT], at=at))[:limit]
    people = Ambassador.objects.active().order_by().in_bulk([each.pk for each in found])
    return [match_with(wanted, each, people[each.pk], at=at) for each in found if each.pk in people]


def _free(wanted: Wanted, people: list[Within], *, at: datetime) -> Iterator[Candidate]:
    """Those of them who are free then, and are not kept apart from the school, in their order."""
    unbarred = [person.pk for person in people if person.unbarred]
    schools = [wanted.school] if wanted.school else []
    keys = [person.pk for person in people]
    situations = situations_of(keys, wanted.times, unbarred=unbarred, at=at, schools=schools)
    for person in people:
        if candidate := candidate_of(wanted, person, situations[person.pk], at=at):
            yield candidate
