"""People who fail just one of the filters: whom a coordinator might ring all the same, and what stands in the way."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import ceil, cos, inf, isinf, radians

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.expressions import Combinable, RawSQL
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.checks import has_barred_list, is_under
from ambassadors.eligibility import requirements_met
from ambassadors.enums import AmbassadorStatus, OfferingKind
from ambassadors.models import Ambassador, Hold, Offering
from ambassadors.querysets import AmbassadorQuerySet
from bookings.days import is_one_too_many
from bookings.enums import WhyNot
from bookings.free_time import why_not
from bookings.matching.apart import came_last, is_kept_from
from bookings.matching.standings import Situation, situations_of
from bookings.matching.wanted import LONGEST_KM, Interval, Wanted
from bookings.regulated import HOLDS_FROM, is_frequent_activity, is_in_force
from bookings.suitability import bound_by, too_many_days
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage, subjects_near
from stem.geography.points import km_between
from stem.geography.travel import km_for_minutes
from stem.lookups import among
from stem.moments import day_of
from stem.rules import Audience, Kind, Reason

EVERYONE = Q(pk__isnull=False)
# How many of the nearest are looked at, and then how many more; and how far away anybody is near.
FIRST, NEXT = 100, 400
NEAR_KM = km_for_minutes(40)


@dataclass(frozen=True)
class NearMiss:
    """Someone who passes every filter but one, and that one in words fit for a coordinator."""

    ambassador: Ambassador
    # The name of that filter: whether it may be set aside is asked of it (`matching.overriding`).
    gate: str
    why_not: str


@dataclass(frozen=True)
class Failure:
    """A filter that someone fails, by its name; its words are put together for whoever reads them."""

    gate: str
    tell: Callable[[], str]

    @property
    def why_not(self) -> str:
        """What stands in the way, in words fit for a coordinator."""
        return self.tell()


def considered(wanted: Wanted) -> AmbassadorQuerySet:
    """Everyone in the register who takes part, or would after a break, and lives within the longest journey.

    Whoever is kept apart from the school is not so much as considered: no near miss tells of them.
    """
    people = Ambassador.objects.filter(
        ~is_kept_from(wanted), status__in=[AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED]
    )
    if wanted.online:
        return people
    return people.none() if wanted.point is None else people.in_box(wanted.point, LONGEST_KM)


def find_near_misses(wanted: Wanted, interval: Interval, *, limit: int, at: datetime) -> list[NearMiss]:
    """Those of the considered who fail exactly one filter, the nearest first, then by number; at most so many.

    Their time is one filter, however much of it stands against the interval. About the nearest are looked at, and more
    of them where those are not enough: four statements at most, and most often two.
    """
    found: list[NearMiss] = []
    looked_at: list[int] = []
    for most in (FIRST, NEXT):
        judged = _judged(_nearest(wanted, most, without=looked_at), wanted, interval, at)
        looked_at += [person.pk for person, _failures in judged]
        alone = [(person, failures[0]) for person, failures in judged if len(failures) == 1]
        found += [NearMiss(person, failure.gate, failure.why_not) for person, failure in alone]
        if len(found) >= limit or len(judged) < most:
            break
    return sorted(found, key=lambda miss: (_km_to(wanted, miss.ambassador), miss.ambassador.pk))[:limit]


def why_not_asked(wanted: Wanted, interval: Interval, person: Ambassador, *, at: datetime) -> list[str]:
    """Every filter that this one person fails, in words fit for a coordinator; nothing when they could be asked."""
    return list(dict.fromkeys(each.why_not for each in failures_of(wanted, interval, person, at=at)))


def failures_of(wanted: Wanted, interval: Interval, person: Ambassador, *, at: datetime) -> list[Failure]:
    """Every filter that this one person fails, in two statements; nothing when they could be asked."""
    [(_person, failures)] = _judged(Ambassador.objects.filter(pk=person.pk), wanted, interval, at)
    return failures


def _nearest(wanted: Wanted, most: int, *, without: Collection[int]) -> AmbassadorQuerySet:
    """About the nearest so many of the considered.

    Where there are so many near, no others are put in order: for a whole nation that takes longer than all the rest.
    """
    people = considered(wanted).order_by(*_about_how_far(wanted), "pk")
    if without:
        people = people.exclude(among("pk", list(without)))
    if wanted.online or wanted.point is None:
        return Ambassador.objects.filter(pk__in=people.values("pk")[:most])
    near = people.in_box(wanted.point, NEAR_KM)
    (few, of_few), (every, of_every) = (each.values("pk")[:most].query.sql_with_params() for each in (near, people))
    sql = (
        f"WITH near(person) AS MATERIALIZED ({few}), everybody(person) AS ({every})"  # noqa: S608  the framework's words
        " SELECT person FROM near UNION SELECT person FROM everybody WHERE (SELECT COUNT(*) FROM near) < %s"
    )
    return Ambassador.objects.filter(pk__in=RawSQL(sql, [*of_few, *of_every, most]))  # noqa: S611


def _about_how_far(wanted: Wanted) -> Iterator[Combinable]:
    """What orders people about as their way does, in arithmetic that both databases have; nothing for online."""
    if wanted.online or wanted.point is None:
        return
    north, east = F("lat") - wanted.point.lat, (F("lon") - wanted.point.lon) * cos(radians(wanted.point.lat))
    yield north * north + east * east


def _judged(
    people: AmbassadorQuerySet, wanted: Wanted, interval: Interval, at: datetime
) -> list[tuple[Ambassador, list[Failure]]]:
    """Each of these people with the filters that they fail, in two statements."""
    gates, day = _gates(wanted, interval), day_of(interval[0])
    passes = {f"passes_{name}": ExpressionWrapper(gate, output_field=BooleanField()) for name, gate in gates.items()}
    found = list(people.annotate(**passes, has_barred_list=has_barred_list(day)))
    unbarred = [person.pk for person in found if not vars(person)["has_barred_list"]]
    situations = situations_of([person.pk for person in found], [interval], unbarred=unbarred, at=at)
    return [
        (
            person,
            [
                *_of_what_stands(person, wanted, gates),
                *_of_situation(person, situations[person.pk], wanted, interval, at),
            ],
        )
        for person in found
    ]


def _of_what_stands(person: Ambassador, wanted: Wanted, gates: Iterable[str]) -> Iterator[Failure]:
    """What stands against somebody so judged whatever their time."""
    judged = vars(person)
    yield from (Failure(name, partial(_why_not, name, wanted)) for name in gates if not judged[f"passes_{name}"])
    if not wanted.online and _km_to(wanted, person) > km_for_minutes(person.max_minutes):
        yield Failure("too_far", partial(_too_far, wanted, person))


def _of_situation(
    person: Ambassador, situation: Situation, wanted: Wanted, interval: Interval, at: datetime
) -> Iterator[Failure]:
    """What stands against them of their days with under-18s (rule V-15), and of their time."""
    day = day_of(interval[0])
    if wanted.nation in HOLDS_FROM and not vars(person)["has_barred_list"]:
        is_series = is_in_force(wanted.nation, on=day) and is_frequent_activity(wanted.activity)
        if is_series or is_one_too_many(day, situation.days, wanted.nation):
            yield Failure("days", partial(_too_many, wanted))
    # Whoever is away is unavailable, which has been said.
    if time := [each for each in why_not(situation.standing, interval, at=at) if each != WhyNot.AWAY]:
        yield Failure("clash" if WhyNot.PROMISED in time else "time", partial(_no_time, time))


def _gates(wanted: Wanted, interval: Interval) -> dict[str, Q]:
    """The filters of rule 6.4 that SQL can judge, each as one condition."""
    day = day_of(interval[0])
    holds = Hold.objects.in_force_on(day).filter(ambassador=OuterRef("pk"))
    return {
        "vetting": requirements_met(day, wanted.nation),
        "conditions": ~is_under(wanted.kept_from, day) if wanted.kept_from else EVERYONE,
        # Whoever is kept apart from the school is told of like whoever is away.
        "unavailable": Q(status=AmbassadorStatus.ACTIVE) & ~Q(Exists(holds)) & ~is_kept_from(wanted),
        "subject": _offers(OfferingKind.SUBJECT, *subjects_near(wanted.subject)),
        "stage": _offers(OfferingKind.STAGE, wanted.stage),
        "activity": _offers(OfferingKind.ACTIVITY, wanted.activity),
        "language": _offers(OfferingKind.LANGUAGE, wanted.language) if wanted.language else EVERYONE,
        "mode": Q(online=True) if wanted.online else Q(in_person=True),
        "short_notice": Q(limits__at_short_notice=True) if interval in wanted.soon else EVERYONE,
        "last_time": ~came_last(wanted, interval),
    }


def _offers(kind: OfferingKind, *codes: str) -> Q:
    """Whether someone offers at least one of these."""
    return Q(Exists(Offering.objects.filter(ambassador=OuterRef("pk"), kind=kind, code__in=codes)))


def _too_far(wanted: Wanted, person: Ambassador) -> str:
    """Why the journey is too long."""
    km = _km_to(wanted, person)
    if isinf(km):
        return _("Nobody knows how far it is.")
    # Whoever is beyond by less than a minute is told to be beyond all the same.
    minutes = ceil(km / km_for_minutes(1))
    words = ngettext(
        "%(minutes)s minute away, and travels at most %(most)s.",
        "%(minutes)s minutes away, and travels at most %(most)s.",
        minutes,
    )
    return words % {"minutes": minutes, "most": person.max_minutes}


def _too_many(wanted: Wanted) -> str:
    """Why it would be more than a check without the barred list is for."""
    return too_many_days(wanted.activity).told_to(Audience.COORDINATOR)


def _no_time(reasons: Iterable[WhyNot]) -> str:
    """Why they cannot be asked at that time."""
    return f"{'; '.join(str(each.label) for each in reasons)}."


def _km_to(wanted: Wanted, person: Ambassador) -> float:
    """How far it is as the crow flies: nothing online, and for ever where nobody knows."""
    if wanted.online:
        return 0.0
    home, school = person.point, wanted.point
    return inf if home is None or school is None else km_between(home, school)


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
        case "last_time":
            return _("Came to this class last time.")
    return _("Does not visit online.") if wanted.online else _("Only visits online.")
