"""Somebody whom one filter keeps out, asked all the same: which may be set aside, and what the match is then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ambassadors.enums import OfferingKind
from ambassadors.models import Ambassador
from ambassadors.queries.aims import aims_of
from ambassadors.reach.masks import ACTIVITY_TYPES
from bookings.eligibility import times_on_offer
from bookings.enums import SetAside
from bookings.matching.candidates import EXACT, SAME_FIELD, Candidate
from bookings.matching.near_misses import considered, failures_of, find_near_misses
from bookings.matching.ranking import Match, match_with, wanted_by, wanted_for
from bookings.matching.scoring import aim_part, nearness
from bookings.matching.standings import situations_of
from bookings.matching.wanted import Wanted
from bookings.models import Visit
from stem.curriculum import subjects_near
from stem.geography.travel import minutes_between
from stem.rules import Kind, Reason, refuse, refuse_if_any

# Each of these is somebody's own word about themselves, and what they answer settles it. All other filters stand for
# everybody: vetting, conditions, absence, the days of V-15, a visit at the same time, online or not.
SOFT = frozenset(SetAside.values)


@dataclass(frozen=True)
class Obstacle:
    """The one thing that keeps somebody off the list and may be set aside, and how a coordinator reads it."""

    set_aside: SetAside
    why_not: str


@dataclass(frozen=True)
class Miss:
    """Somebody who misses by one thing, what it is, and whether they may be asked all the same for a reason (E-33)."""

    ambassador: Ambassador
    why_not: str
    may_be_asked: bool


def misses_of(visit: Visit, *, without: Collection[int], at: datetime, limit: int) -> list[Miss]:
    """Who fails exactly one filter for the first of the visit's times, so many at most, and none of `without`."""
    times = times_on_offer(visit, at)
    if not times:
        return []
    # As many more are read as are left out, at most.
    found = find_near_misses(wanted_by(visit.request, times, visit=visit), times[0], limit=limit + len(without), at=at)
    told = [Miss(miss.ambassador, miss.why_not, miss.gate in SOFT) for miss in found]
    return [miss for miss in told if miss.ambassador.pk not in without][:limit]


def considered_for(visit: Visit, person: int, *, at: datetime) -> Ambassador | None:
    """This person, by their key, where they are so much as considered: in the scheme, and not beyond all travel."""
    return considered(wanted_for(visit, at=at)).filter(pk=person).first()


def find_obstacle(visit: Visit, person: Ambassador, *, at: datetime) -> Obstacle:
    """What would be set aside to ask this person all the same, for the first of the visit's times, as things are now.

    Refuses with `state` where nobody is looked for, `nothing_in_the_way`, `more_than_one`, or `not_set_aside` where
    what stands in the way is no word of their own.
    """
    times = times_on_offer(visit, at)
    if not times:
        raise refuse("state", Kind.STATE, _("Nobody is being looked for here any more."))
    failures = failures_of(wanted_by(visit.request, times, visit=visit), times[0], person, at=at)
    refuse_if_any(_against([failure.gate for failure in failures]))
    [failure] = failures
    return Obstacle(SetAside(failure.gate), failure.why_not)


def _against(gates: list[str]) -> list[Reason]:
    """Why these filters, which somebody fails, are not set aside; nothing when it is one and their own word (E-33)."""
    if not gates:
        return [
            Reason(
                "nothing_in_the_way",
                Kind.STATE,
                _("Nothing stands in the way any more: invite this person from the list."),
            )
        ]
    if not SOFT.issuperset(gates):
        return [Reason("not_set_aside", Kind.FIT, _("What stands in the way here cannot be set aside."))]
    if len(gates) > 1:
        return [Reason("more_than_one", Kind.FIT, _("More than one thing stands in the way of asking this person."))]
    return []


def match_all_the_same(visit: Visit, person: Ambassador, *, at: datetime) -> Match:
    """How well they suit the first of the times: the filter that is set aside counts nothing, the others as ever."""
    interval = times_on_offer(visit, at)[0]
    wanted = wanted_by(visit.request, [interval], visit=visit)
    offers = set(person.offerings.values_list("kind", "code"))
    situation = situations_of([person.pk], [interval], unbarred=[], at=at)[person.pk]
    minutes = _minutes_to(wanted, person)
    candidate = Candidate(
        pk=person.pk,
        place=(True, 0.0, person.pk),
        minutes=minutes,
        topic=_topic(wanted.subject, {code for kind, code in offers if kind == OfferingKind.SUBJECT}),
        nearness=nearness(minutes, person.max_minutes),
        load=situation.load,
        aim=aim_part(len(wanted.aims & aims_of(person)), len(wanted.aims)),
        times=(interval,),
        activities=ACTIVITY_TYPES.of([code for kind, code in offers if kind == OfferingKind.ACTIVITY]),
        standing=situation.standing,
    )
    stage = float((OfferingKind.STAGE, wanted.stage) in offers)
    activity = float((OfferingKind.ACTIVITY, wanted.activity) in offers)
    return match_with(wanted, candidate, person, at=at, stage=stage, activity=activity)


def _minutes_to(wanted: Wanted, person: Ambassador) -> int:
    """How long their way is; nothing online, or where nobody knows."""
    if wanted.online or wanted.point is None or person.point is None:
        return 0
    return minutes_between(person.point, wanted.point)


def _topic(subject: str, offered: set[str]) -> float:
    """What these subjects are worth for this one (rule 6.4)."""
    if subject in offered:
        return EXACT
    return SAME_FIELD if offered & subjects_near(subject) else 0.0
