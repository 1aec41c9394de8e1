"""People who fail just one of the filters: whom a coordinator might ring all the same, and what stands in the way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from math import ceil, inf, isinf

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.eligibility import missing_codes
from ambassadors.enums import AmbassadorStatus, CheckBody, OfferingKind
from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.reach.spans import Fact, Span, cleared_by
from bookings.days import is_one_too_many
from bookings.enums import WhyNot
from bookings.free_time import Asked, is_away, why_not
from bookings.matching.apart import is_kept_from
from bookings.matching.nearest import TAKES_PART, nearest
from bookings.matching.standings import Situation, situations_of
from bookings.matching.wanted import LONGEST_KM, Interval, Wanted
from bookings.regulated import HOLDS_FROM, is_in_force
from bookings.suitability import bound_by, too_many_days
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage, subjects_near
from stem.geography.points import km_between
from stem.geography.travel import km_for_minutes
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Audience, Kind, Reason

# The filter that nobody is told of: it says no more than that somebody is unavailable.
KEPT_APART = "kept_apart"
# Of so many of the nearest are those looked at who may miss by one filter alone; and then of how many more, at least
# and at most, each time that few do.
FIRST, FEWEST_MORE, MOST_MORE, TIMES = 60, 60, 1_000, 3
# At an hour at which schools are shut nearly everybody fails by that: it takes more to find as many.
FIRST_OUT_OF_HOURS = 200


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
    return _about(wanted).filter(~is_kept_from(wanted))


def _about(wanted: Wanted) -> AmbassadorQuerySet:
    """The same, with those among them who are kept apart."""
    people = Ambassador.objects.filter(status__in=TAKES_PART)
    if wanted.online:
        return people
    return people.none() if wanted.point is None else people.in_box(wanted.point, LONGEST_KM)


def find_near_misses(wanted: Wanted, interval: Interval, *, limit: int, at: datetime) -> list[NearMiss]:
    """Those of the considered who fail exactly one filter, the nearest first, then by number; at most so many.

    Their time is one filter, however much of it stands against the interval. About the nearest are looked at, and more
    of them where those are not enough, as many as it takes if those are like these: two statements each time, and three
    times at most.
    """
    found: list[tuple[Ambassador, Failure]] = []
    is_usual = Asked.at(interval, at).is_usual
    looked_at, most = 0, FIRST if is_usual else FIRST_OUT_OF_HOURS
    for _time in range(TIMES):
        people, may_be_more = nearest(wanted, looked_at, most, is_usual=is_usual)
        judged = _judged(people, wanted, interval, at)
        if looked_at and not judged:
            break
        looked_at += most
        # Of whoever fails a second one the others need not be asked.
        alone = [(person, first) for person, failures in judged for first in _only(failures)]
        found += [(person, failure) for person, failure in alone if failure.gate != KEPT_APART]
        if len(found) >= limit or not may_be_more:
            break
        most = _how_many_more(limit - len(found), len(found), looked_at)
    found.sort(key=lambda each: (_km_to(wanted, each[0]), each[0].pk))
    return [NearMiss(person, failure.gate, failure.why_not) for person, failure in found[:limit]]


def _only(failures: Iterator[Failure]) -> list[Failure]:
    """The one failure where there is no other, in a list; else nothing."""
    first_two = list(islice(failures, 2))
    return first_two if len(first_two) == 1 else []


def _how_many_more(missing: int, found: int, looked_at: int) -> int:
    """How many more to look at for as many as are missing, and half as many again: luck is uneven."""
    expected = 3 * missing * looked_at // (2 * found) if found else MOST_MORE
    return max(FEWEST_MORE, min(expected, MOST_MORE))


def why_not_asked(wanted: Wanted, interval: Interval, person: Ambassador, *, at: datetime) -> list[str]:
    """Every filter that this one person fails, in words fit for a coordinator; nothing when they could be asked."""
    return list(dict.fromkeys(each.why_not for each in failures_of(wanted, interval, person, at=at)))


def failures_of(wanted: Wanted, interval: Interval, person: Ambassador, *, at: datetime) -> list[Failure]:
    """Every filter that this one person fails, in two statements; nothing when they could be asked."""
    [(_person, failures)] = _judged(Ambassador.objects.filter(pk=person.pk), wanted, interval, at)
    return list(failures)


def _judged(
    people: Iterable[Ambassador], wanted: Wanted, interval: Interval, at: datetime
) -> list[tuple[Ambassador, Iterator[Failure]]]:
    """Each of these people with the filters that they fail, in one statement; nobody is judged but as far as asked."""
    found = list(people)
    keys, meetings = [person.pk for person in found], wanted.all_of(interval)
    situations = situations_of(
        keys,
        meetings,
        unbarred=keys,
        at=at,
        schools=[wanted.school] if wanted.school else [],
        cleared_on={day_of(meetings[0][0]), day_of(meetings[-1][0])},
    )
    return [(person, _failures(person, situations[person.pk], wanted, interval, at)) for person in found]


def _failures(
    person: Ambassador, situation: Situation, wanted: Wanted, interval: Interval, at: datetime
) -> Iterator[Failure]:
    """Every filter of rule 6.4 that somebody so judged fails, in the order in which they are told."""
    # Whoever is kept apart from the school is told of like whoever is away.
    if wanted.school in situation.kept_from:
        yield Failure(KEPT_APART, partial(_why_not, "unavailable", wanted))
    day = day_of(interval[0])
    cleared = cleared_by(situation.facts.get(day, ()), day, day)
    for gates in (_of_person, _of_offers, _of_visit):
        for name, passed in gates(person, situation, cleared, wanted, interval):
            if not passed:
                yield Failure(name, partial(_why_not, name, wanted))
    if not wanted.online and _km_to(wanted, person) > km_for_minutes(person.max_minutes):
        yield Failure("too_far", partial(_too_far, wanted, person))
    if not cleared.barred_list:
        yield from _of_days(situation, wanted, day)
    # That they are away has been said.
    if left := [each for each in why_not(situation.standing, interval, at=at) if each != WhyNot.AWAY]:
        yield Failure("clash" if WhyNot.PROMISED in left else "time", partial(_no_time, left))
    if missed := _missed(situation, wanted, interval, at):
        yield Failure("meetings", partial(_misses_meetings, missed, len(wanted.all_of(interval))))


def _of_person(
    person: Ambassador, situation: Situation, cleared: Span, wanted: Wanted, interval: Interval
) -> Iterator[tuple[str, bool]]:
    """Whether somebody may come at all, by each filter that asks for it."""
    days = {day_of(interval[0]), day_of(wanted.all_of(interval)[-1][0])}
    yield "vetting", all(_is_vetted(situation.facts.get(each, ()), wanted.nation) for each in days)
    yield "conditions", cleared.conditions.isdisjoint(wanted.kept_from)
    yield "unavailable", person.status == AmbassadorStatus.ACTIVE and not is_away(situation.standing, min(days))


def _of_offers(
    _person: Ambassador, situation: Situation, _cleared: Span, wanted: Wanted, _interval: Interval
) -> Iterator[tuple[str, bool]]:
    """Whether somebody offers what is wanted, by each filter that asks for it."""
    offers = situation.offers
    yield "subject", any(f"{OfferingKind.SUBJECT} {each}" in offers for each in subjects_near(wanted.subject))
    yield "stage", f"{OfferingKind.STAGE} {wanted.stage}" in offers
    yield "activity", f"{OfferingKind.ACTIVITY} {wanted.activity}" in offers
    yield "language", not wanted.language or f"{OfferingKind.LANGUAGE} {wanted.language}" in offers


def _of_visit(
    person: Ambassador, situation: Situation, _cleared: Span, wanted: Wanted, interval: Interval
) -> Iterator[tuple[str, bool]]:
    """Whether this visit is one that somebody makes, by each filter that asks for it."""
    yield "mode", person.online if wanted.online else person.in_person
    yield "short_notice", situation.at_short_notice or interval not in wanted.soon
    yield "last_time", person.pk == wanted.again or not situation.came_last(wanted, interval)


def _is_vetted(facts: Iterable[Fact], nation: Nation) -> bool:
    """Whether these facts, which count on a day, are all that rule 1.2 asks for in this nation."""
    kinds = {fact.kind for fact in facts}
    return not missing_codes(kinds, nation, has_pvg=any(fact.body == CheckBody.PVG for fact in facts))


def _missed(situation: Situation, wanted: Wanted, first: Interval, at: datetime) -> int:
    """For how many further meetings of a series somebody is not free."""
    promised, missed = [first], 0
    for each in wanted.further.get(first, ()):
        stands = situation.with_promised(promised)
        if why_not(stands.standing, each, at=at):
            missed += 1
        else:
            promised.append(each)
    return missed


def _misses_meetings(missed: int, meetings: int) -> str:
    """For how many of how many meetings somebody is not free."""
    words = ngettext(
        "Not free for %(n)d of the %(all)d meetings.", "Not free for %(n)d of the %(all)d meetings.", missed
    )
    return words % {"n": missed, "all": meetings}


def _of_days(situation: Situation, wanted: Wanted, day: date) -> Iterator[Failure]:
    """What stands against somebody whose check had no barred list of their days with under-18s (rule V-15)."""
    if wanted.nation in HOLDS_FROM:
        is_series = is_in_force(wanted.nation, on=day) and wanted.is_often
        if is_series or is_one_too_many(day, situation.days, wanted.nation):
            yield Failure("days", partial(_too_many, wanted))


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
    return too_many_days(is_series=wanted.is_often).told_to(Audience.COORDINATOR)


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
