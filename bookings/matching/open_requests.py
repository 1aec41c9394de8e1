"""For which open requests one person could be asked, best first: matching seen from their side (rule 6.4).

What stands of them is read once, and the requests that may come near them once; then each is judged by the same rules
that find people for it. So they find those requests, and no others, on whose shortlists they could be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Reach
from ambassadors.reach.masks import ACTIVITY_TYPES, STAGES
from bookings.eligibility import Interval, times_on_offer
from bookings.enums import Mode
from bookings.matching.candidates import Candidate, candidate_of
from bookings.matching.ranking import Match, match_with, wanted_by
from bookings.matching.reaching import Within, within
from bookings.matching.standings import situations_of
from bookings.matching.wanted import Wanted
from bookings.models import Offer, PossibleTime, Request, Visit, Willing
from bookings.queries.boards import NOT_ASKED_AGAIN
from bookings.queries.questions import way_in_words
from bookings.queries.series import later_sought_of
from bookings.querysets import VisitQuerySet
from schools.models import School
from schools.queries.school_time import school_times
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage, subjects_near
from stem.moments import day_of

if TYPE_CHECKING:
    from stem.accounts.models import User

# What judging reads of a visit, its request and its school: a page reads the rest of those that it shows.
_READ = (
    *("starts_at", "ends_at", "status", "request__status", "request__subject", "request__stage", "request__activity"),
    *("request__mode", "request__people", "request__promised_from", "request__wanted_again", "request__year_groups"),
    *("request__language", "request__aims", "request__meetings", "request__weeks_apart", "number"),
    *("request__school__lat", "request__school__lon", "request__school__nation", "request__school__authority"),
)


@dataclass(frozen=True)
class Opening:
    """One open request for which a person could be asked."""

    request_id: int
    wanted: Wanted
    candidate: Candidate
    priority: float

    @property
    def order(self) -> tuple[bool, float, float, int]:
        """Best first: where they are asked for by name, then how well they suit, then priority, then its number."""
        not_again, worth, _number = self.candidate.place
        return (not_again, worth, -self.priority, self.request_id)

    def match(self, person: Ambassador, *, at: datetime) -> Match:
        """How well they suit, and why."""
        return match_with(self.wanted, self.candidate, person, at=at)


@dataclass(frozen=True)
class Shown:
    """An opening as the person reads it: no more of the school than an offer says, and nothing of anybody else."""

    request: Request
    match: Match

    @property
    def school(self) -> School:
        """Where it is."""
        return self.request.school

    @property
    def way(self) -> str:
        """How far it is."""
        return way_in_words(self.match.minutes, is_online=self.request.is_online)

    @property
    def times(self) -> tuple[Interval, ...]:
        """The times at which they are free."""
        return self.match.times


def open_requests(person: Ambassador, *, at: datetime) -> list[Opening]:
    """Every open request for which this person could be asked as things are now, best first; in four statements.

    Not those for which they are being asked, or said no: an offer has its own page.
    """
    reaches = list(Reach.objects.filter(ambassador=person)) if person.status == AmbassadorStatus.ACTIVE else []
    near = [
        (visit, wanted, found)
        for visit, wanted in _wanted_near(person, reaches, at)
        if (found := within(wanted, subjects_near(wanted.subject), reaches)) is not None
    ]
    return sorted(_first_of_each(_judged(person, near, at)), key=lambda each: each.order)


def openings_shown(openings: Sequence[Opening], person: Ambassador, *, at: datetime) -> list[Shown]:
    """These as a page shows them; in one statement."""
    requests = Request.objects.select_related("school").in_bulk([each.request_id for each in openings])
    shown = [each for each in openings if each.request_id in requests]
    return [Shown(requests[each.request_id], each.match(person, at=at)) for each in shown]


def said_by(user: "User") -> list[Willing]:
    """What this person has said that they could do, where somebody is still looked for and they are not being asked."""
    asked = Offer.objects.to_lead().made_to(user).filter(status__in=NOT_ASKED_AGAIN).values("visit__request")
    said = Willing.objects.visible_to(user).standing().exclude(request__in=asked)
    sought = Visit.objects.sought().values("request")
    return list(said.filter(request__in=sought).select_related("request__school").order_by("-said_at", "-pk"))


def can_be_asked(person: Ambassador, *, at: datetime) -> bool:
    """Whether they take part, and are cleared on some day from now on; of holds nothing is said here (V-71)."""
    takes_part = person.status == AmbassadorStatus.ACTIVE
    return takes_part and Reach.objects.filter(ambassador=person, cleared_until__gte=day_of(at)).exists()


def _wanted_near(person: Ambassador, reaches: Sequence[Reach], at: datetime) -> Iterator[tuple[Visit, Wanted]]:
    """What is sought that may be near this person, and what it means to matching."""
    visits = list(_sought_near(person, reaches, at)) if reaches else []
    later = later_sought_of(visits)
    schools = school_times([visit.request.school for visit in visits if visit.pk in later]) if later else {}
    for visit in visits:
        wanted = wanted_by(
            visit.request,
            times_on_offer(visit, at),
            visit=visit,
            later=later.get(visit.pk),
            school=schools.get(visit.request.school_id),
        )
        if wanted.subject in SUBJECTS:
            yield visit, wanted


def _sought_near(person: Ambassador, reaches: Sequence[Reach], at: datetime) -> VisitQuerySet:
    """The visits that are sought and may be near this person; SQL leaves out most of the others."""
    to_come = PossibleTime.objects.filter(starts_at__gt=at).only("request", "starts_at", "ends_at")
    asked = Offer.objects.to_lead().filter(ambassador=person, status__in=NOT_ASKED_AGAIN).values("visit")
    subjects = {near for each in reaches for near in subjects_near(each.subject)}
    return (
        Visit.objects.sought()
        .filter(_by_place(reaches), request__subject__in=sorted(subjects))
        .filter(request__stage__in=[each for each in Stage if any(row.stages & STAGES.of([each]) for row in reaches)])
        .filter(request__activity__in=_activities(reaches))
        .exclude(pk__in=asked)
        .select_related("request__school")
        .only(*_READ)
        .annotate(priority=F("request__priority__score"))
        .prefetch_related(Prefetch("request__possible_times", queryset=to_come))
        .order_by("pk")
    )


def _activities(reaches: Iterable[Reach]) -> list[str]:
    """The kinds of activity that these rows offer."""
    offered = [row.activities for row in reaches]
    return [each for each in ACTIVITIES if any(row & ACTIVITY_TYPES.of([each]) for row in offered)]


def _by_place(reaches: Sequence[Reach]) -> Q:
    """Online, where they visit so, or in the box of their longest journey, which is the same in each of their rows."""
    is_online, one = Q(request__mode=Mode.ONLINE), reaches[0]
    place = Q(pk=None)
    if one.online:
        place |= is_online
    if one.in_person and one.south is not None:
        lat, lon = (one.south, one.north), (one.west, one.east)
        place |= ~is_online & Q(request__school__lat__range=lat, request__school__lon__range=lon)
    return place


def _judged(person: Ambassador, near: Sequence[tuple[Visit, Wanted, Within]], at: datetime) -> Iterator[Opening]:
    """Those of them for which this person is free, and can be asked for; what stands of their time is read once."""
    times = {interval for _visit, wanted, _found in near for interval in wanted.every}
    if not times:
        return
    unbarred = [person.pk] if any(found.unbarred for _visit, _wanted, found in near) else []
    schools = {wanted.school for _visit, wanted, _found in near if wanted.school}
    situation = situations_of([person.pk], times, unbarred=unbarred, at=at, schools=schools)[person.pk]
    for visit, wanted, found in near:
        candidate = candidate_of(wanted, found, situation, at=at)
        if candidate is not None:
            priority = vars(visit)["priority"] or 0.0
            yield Opening(visit.request_id, wanted, candidate, priority)


def _first_of_each(openings: Iterable[Opening]) -> list[Opening]:
    """One for each request, of whose visits more than one may be sought."""
    found: dict[int, Opening] = {}
    for each in openings:
        found.setdefault(each.request_id, each)
    return list(found.values())
