"""People who fail just one of the filters: whom a coordinator might ring all the same, and what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from math import ceil
from operator import add
from typing import NamedTuple

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from ambassadors.checks import is_under
from ambassadors.eligibility import requirements_met
from ambassadors.enums import AmbassadorStatus, OfferingKind
from ambassadors.models import Ambassador, Hold, Offering
from ambassadors.querysets import AmbassadorQuerySet
from bookings.days import columns_around, is_too_much_for
from bookings.enums import WhyNot
from bookings.matching.wanted import LONGEST_KM, Interval, Wanted
from bookings.queries.free import Unfree, why_not_free
from bookings.suitability import bound_by, too_many_days
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage, subjects_near
from stem.geography.points import km_between
from stem.geography.travel import is_within_minutes, km_for_minutes
from stem.moments import day_of
from stem.rules import Audience, Kind, Reason

EVERYONE = Q(pk__isnull=False)


@dataclass(frozen=True)
class NearMiss:
    """Someone who passes every filter but one, and that one in words fit for a coordinator."""

    ambassador: Ambassador
    why_not: str
    # The name of that filter: whether it may be set aside is asked of it (`matching.overriding`).
    gate: str = ""


class Failure(NamedTuple):
    """A filter that someone fails, by its name and in words fit for a coordinator."""

    gate: str
    why_not: str


def considered(wanted: Wanted) -> AmbassadorQuerySet:
    """Everyone in the register who takes part, or would after a break, and lives within the longest journey."""
    people = Ambassador.objects.filter(status__in=[AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED])
    if wanted.online:
        return people
    return people.none() if wanted.point is None else people.in_box(wanted.point, LONGEST_KM)


def find_near_misses(wanted: Wanted, interval: Interval, *, limit: int, at: datetime) -> list[NearMiss]:
    """Those of the considered who fail exactly one filter, in the order of their names; at most so many.

    Their time is one filter, however much of it stands against the interval.
    """
    [unfree] = why_not_free([interval], at=at)
    gates = _gates(wanted, interval)
    people = _judged(considered(wanted), wanted, interval, gates)
    failed = reduce(add, (_count_of_failure(f"passes_{name}") for name in gates))
    found = []
    for person in people.annotate(failed=failed).filter(failed__lte=1).order_by("full_name", "pk").iterator():
        failures = _failures(person, wanted, interval, gates, unfree)
        if len(failures) == 1:
            found.append(NearMiss(person, failures[0].why_not, failures[0].gate))
        if len(found) == limit:
            break
    return found


def why_not_asked(wanted: Wanted, interval: Interval, person: Ambassador, *, at: datetime) -> list[str]:
    """Every filter that this one person fails, in words fit for a coordinator; nothing when they could be asked."""
    return list(dict.fromkeys(each.why_not for each in failures_of(wanted, interval, person, at=at)))


def failures_of(wanted: Wanted, interval: Interval, person: Ambassador, *, at: datetime) -> list[Failure]:
    """Every filter that this one person fails, in two statements; nothing when they could be asked."""
    gates = _gates(wanted, interval)
    judged = _judged(Ambassador.objects.filter(pk=person.pk), wanted, interval, gates).get()
    [unfree] = why_not_free([interval], at=at, people=[person.pk])
    return _failures(judged, wanted, interval, gates, unfree)


def _judged(people: AmbassadorQuerySet, wanted: Wanted, interval: Interval, gates: dict[str, Q]) -> AmbassadorQuerySet:
    """These people, each with what SQL says of every filter, and with the days that count for them."""
    passes = {f"passes_{name}": ExpressionWrapper(gate, output_field=BooleanField()) for name, gate in gates.items()}
    return people.annotate(**passes, **columns_around(day_of(interval[0]), wanted.nation))


def _failures(
    person: Ambassador, wanted: Wanted, interval: Interval, gates: Iterable[str], unfree: Unfree
) -> list[Failure]:
    """Each filter that somebody so judged fails, in words fit for a coordinator."""
    failed = [Failure(name, _why_not(name, wanted)) for name in gates if not getattr(person, f"passes_{name}")]
    if too_far := _too_far(wanted, person):
        failed.append(Failure("too_far", too_far))
    if is_too_much_for(person, day_of(interval[0]), wanted.nation, wanted.activity):
        failed.append(Failure("days", too_many_days(wanted.activity).told_to(Audience.COORDINATOR)))
    # Whoever is away is unavailable, which has been said.
    if time := [reason for reason in unfree.why_not(person.pk) if reason != WhyNot.AWAY]:
        gate = "clash" if WhyNot.PROMISED in time else "time"
        failed.append(Failure(gate, f"{'; '.join(str(reason.label) for reason in time)}."))
    return failed


def _count_of_failure(gate: str) -> Case:
    """One for somebody who fails this filter, else nothing."""
    return Case(When(Q(**{gate: True}), then=Value(0)), default=Value(1), output_field=IntegerField())


def _gates(wanted: Wanted, interval: Interval) -> dict[str, Q]:
    """The filters of rule 6.4 that SQL can judge, each as one condition."""
    day = day_of(interval[0])
    holds = Hold.objects.in_force_on(day).filter(ambassador=OuterRef("pk"))
    return {
        "vetting": requirements_met(day, wanted.nation),
        "conditions": ~is_under(wanted.kept_from, day) if wanted.kept_from else EVERYONE,
        "unavailable": Q(status=AmbassadorStatus.ACTIVE) & ~Q(Exists(holds)),
        "subject": _offers(OfferingKind.SUBJECT, *subjects_near(wanted.subject)),
        "stage": _offers(OfferingKind.STAGE, wanted.stage),
        "activity": _offers(OfferingKind.ACTIVITY, wanted.activity),
        "language": _offers(OfferingKind.LANGUAGE, wanted.language) if wanted.language else EVERYONE,
        "mode": Q(online=True) if wanted.online else Q(in_person=True),
        "short_notice": Q(limits__at_short_notice=True) if interval in wanted.soon else EVERYONE,
    }


def _offers(kind: OfferingKind, *codes: str) -> Q:
    """Whether someone offers at least one of these."""
    return Q(Exists(Offering.objects.filter(ambassador=OuterRef("pk"), kind=kind, code__in=codes)))


def _too_far(wanted: Wanted, person: Ambassador) -> str | None:
    """Why the journey is too long, or None when it is not."""
    if wanted.online:
        return None
    home, school = person.point, wanted.point
    if home is None or school is None:
        return _("Nobody knows how far it is.")
    if is_within_minutes(home, school, person.max_minutes):
        return None
    # Whoever is beyond by less than a minute is told to be beyond all the same.
    words = {"minutes": ceil(km_between(home, school) / km_for_minutes(1)), "most": person.max_minutes}
    return _("%(minutes)s minutes away, and travels at most %(most)s.") % words


def _why_not(gate: str, wanted: Wanted) -> str:
    """The one filter that someone fails, in words: for vetting and absence no more than their class (V-71)."""
    words = {
        "subject": SUBJECTS[wanted.subject].name,
        "field": SUBJECTS[wanted.subject].field.label,
        "stage": Stage(wanted.stage).label,
        "activity": ACTIVITIES[wanted.activity].name,
        "language": wanted.language,
    }
    match gate:
        case "vetting" | "unavailable":
            return Reason(gate, Kind(gate), "").told_to(Audience.COORDINATOR) + "."
        case "conditions":
            return bound_by(wanted.kept_from).told_to(Audience.COORDINATOR)
        case "subject":
            return _("Does not offer %(subject)s or another subject of %(field)s.") % words
        case "stage":
            return _("Does not offer %(stage)s.") % words
        case "activity":
            return _("Does not offer this activity: %(activity)s.") % words
        case "language":
            return _("Has not said that they could talk to a class in %(language)s.") % words
        case "short_notice":
            return _("Has not said that they can be asked at short notice.")
    return _("Does not visit online.") if wanted.online else _("Only visits online.")
