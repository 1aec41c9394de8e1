"""Who may be asked at all: the hard filters of rule 6.4, in SQL as far as it goes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery, Value

from ambassadors.assessing import Condition
from ambassadors.checks import is_under
from ambassadors.eligibility import bookable
from ambassadors.enums import OfferingKind
from ambassadors.models import Ambassador, Offering
from ambassadors.querysets import AmbassadorQuerySet
from bookings.conditions import conditions_against
from bookings.days import Gathered, columns_around, is_too_much_for
from bookings.enums import OfferStatus
from bookings.models import Commitment, Offer
from bookings.queries.free import why_not_free
from stem.curriculum import subjects_near
from stem.geography.points import Point
from stem.geography.travel import km_for_minutes, minutes_between
from stem.moments import day_of
from stem.nations import Nation

Interval = tuple[datetime, datetime]

# Nobody states a longer journey than this; it bounds the box that SQL looks in.
LONGEST_MINUTES = 240
LOAD_WINDOW = timedelta(days=90)
# The subjects that a person offers, read with them.
SUBJECT_CODES = Subquery(
    Offering.objects.filter(ambassador=OuterRef("pk"), kind=OfferingKind.SUBJECT)
    .order_by()
    .values("ambassador")
    .annotate(gathered=Gathered("code"))
    .values("gathered")
)


@dataclass(frozen=True)
class Wanted:
    """All that matching needs to know of a request."""

    point: Point | None
    nation: Nation
    subject: str
    stage: str
    activity: str
    online: bool
    times: tuple[Interval, ...]
    # Those of the times that are sooner than the school was promised: few are asked so soon before (rule T-10).
    soon: frozenset[Interval] = frozenset()
    # Someone whom the school asks for by name, because they came before.
    again: int | None = None
    people: int = 1

    @property
    def kept_from(self) -> frozenset[Condition]:
        """The conditions under which nobody is booked for this (rule V-34)."""
        return conditions_against(online=self.online, stage=self.stage, activity=self.activity, people=self.people)


@dataclass
class Candidate:
    """Someone who passes every filter for at least one of the times."""

    ambassador: Ambassador
    minutes: int
    times: list[Interval] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    load: int = 0


def find_candidates(wanted: Wanted, *, at: datetime) -> list[Candidate]:
    """Everyone who may be asked, with their journey, the times they are free, what they offer and their load."""
    found: dict[int, Candidate] = {}
    for ambassador in _fitting(wanted):
        minutes = _journey(wanted, ambassador)
        interval = wanted.times[ambassador.time_number]  # type: ignore[attr-defined]
        if minutes is not None and not is_too_much_for(ambassador, day_of(interval[0]), wanted.nation, wanted.activity):
            subjects = set(ambassador.subject_codes.split())  # type: ignore[attr-defined]
            candidate = found.setdefault(ambassador.pk, Candidate(ambassador, minutes, subjects=subjects))
            candidate.times.append(interval)
    _keep_free_times(found, wanted, at)
    _add_load(found, at)
    return list(found.values())


def _fitting(wanted: Wanted) -> Iterable[Ambassador]:
    """Whoever fits, once for each of the times on whose day they are bookable, in one query."""
    each = [
        _bookable_at(wanted, interval).annotate(time_number=Value(number)).order_by()
        for number, interval in enumerate(wanted.times)
    ]
    if not each:
        return []
    return each[0].union(*each[1:], all=True).order_by("time_number") if len(each) > 1 else each[0]


def _bookable_at(wanted: Wanted, interval: Interval) -> AmbassadorQuerySet:
    """Whoever is bookable on the day of this time, offers what is wanted, and may live near enough."""
    day = day_of(interval[0])
    people = (
        bookable(day, wanted.nation)
        .annotate(subject_codes=SUBJECT_CODES, **columns_around(day, wanted.nation))
        .offering(OfferingKind.SUBJECT, *subjects_near(wanted.subject))
        .offering(OfferingKind.STAGE, wanted.stage)
        .offering(OfferingKind.ACTIVITY, wanted.activity)
    )
    if wanted.kept_from:
        people = people.exclude(is_under(wanted.kept_from, day))
    if interval in wanted.soon:
        people = people.filter(limits__at_short_notice=True)
    if wanted.online:
        return people.filter(online=True)
    if wanted.point is None:
        return people.none()
    return people.filter(in_person=True).in_box(wanted.point, km_for_minutes(LONGEST_MINUTES))


def _journey(wanted: Wanted, ambassador: Ambassador) -> int | None:
    """Minutes one way, or None when it is farther than this person goes."""
    minutes = journey_minutes(wanted, ambassador)
    return minutes if wanted.online or minutes is None or minutes <= ambassador.max_minutes else None


def journey_minutes(wanted: Wanted, ambassador: Ambassador) -> int | None:
    """Minutes one way, none for online; None when one of the two places is unknown."""
    if wanted.online:
        return 0
    if wanted.point is None or ambassador.point is None:
        return None
    return minutes_between(ambassador.point, wanted.point)


def _keep_free_times(found: dict[int, Candidate], wanted: Wanted, at: datetime) -> None:
    """Leave each candidate the times at which they can be asked, and leave out who has none."""
    if not found:
        return
    unfree = dict(zip(wanted.times, why_not_free(wanted.times, at=at, people=found), strict=True))
    for pk, candidate in list(found.items()):
        candidate.times = [interval for interval in candidate.times if not unfree[interval].why_not(pk)]
        if not candidate.times:
            del found[pk]


def _add_load(found: dict[int, Candidate], at: datetime) -> None:
    """Visits of the last 90 days and to come, and offers that wait for an answer."""
    recent = Commitment.objects.filter(ambassador__in=found, starts_at__gte=at - LOAD_WINDOW)
    pending = Offer.objects.filter(ambassador__in=found, status=OfferStatus.SENT)
    rows = recent.values_list("ambassador").union(pending.order_by().values_list("ambassador"), all=True)
    loads = Counter(ambassador_id for (ambassador_id,) in rows)
    for ambassador_id, candidate in found.items():
        candidate.load = loads[ambassador_id]
