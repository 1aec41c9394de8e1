"""Candidates and scores made into a list for a person to choose from, best first, each with its reasons."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Ambassador
from bookings.eligibility import is_at_short_notice, times_on_offer
from bookings.free_time import Standing, is_free
from bookings.matching.candidates import EXACT, Candidate, find_candidates
from bookings.matching.scoring import Parts, load_part
from bookings.matching.wanted import Interval, Wanted
from bookings.models import Request, Visit
from bookings.queries.series import further_of
from schools.terms.school_time import SchoolTime
from stem.curriculum import SUBJECTS
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.wording import month_in_words, said_once

# When schools begin, break for lunch, go on and end, near enough everywhere: what a morning and an afternoon are.
SCHOOL_DAY = (time(9), time(12), time(13), time(15, 30))


@dataclass(frozen=True)
class Match:
    """One person who could be asked: how well they suit, why, and for which of the times."""

    ambassador: Ambassador
    score: float
    parts: dict[str, float]
    reasons: tuple[str, ...]
    minutes: int
    times: tuple[Interval, ...]
    # Visits of late and to come, and offers that wait for an answer.
    load: int = 0
    is_asked_for_again: bool = False

    @property
    def reasons_to_them(self) -> list[str]:
        """The same reasons as the person themselves reads them."""
        first = [_("The school asked for you again")] if self.is_asked_for_again else []
        return [*first, *self.reasons[len(first) :]]


def wanted_by(
    request: Request,
    times: Iterable[Interval],
    *,
    visit: Visit | None = None,
    later: Sequence[Visit] | None = None,
    school: SchoolTime | None = None,
) -> Wanted:
    """What this request means to matching, or a `visit` of it, at these times, and the further ones of a series.

    Whoever asks of many has read the later meetings, and when the schools are open, and passes them.
    """
    wanted = tuple(times)
    return Wanted(
        point=request.school.point,
        nation=Nation(request.school.nation),
        subject=request.subject,
        stage=request.stage,
        activity=request.activity,
        online=request.is_online,
        times=wanted,
        soon=frozenset(each for each in wanted if is_at_short_notice(request, each[0])),
        again=request.wanted_again_id,
        people=request.people,
        school=request.school_id,
        year_groups=request.year_groups,
        language=request.language,
        aims=frozenset(request.aims_hoped_for),
        meetings=request.meetings,
        weeks_apart=request.weeks_apart,
        further=further_of(request, wanted, visit=visit, later=later, school=school),
    )


def wanted_for(visit: Visit, *, at: datetime) -> Wanted:
    """What a visit for which somebody is sought means to matching."""
    return wanted_by(visit.request, times_on_offer(visit, at), visit=visit)


def rank(
    wanted: Wanted,
    *,
    at: datetime,
    limit: int | None = None,
    without: Collection[int] = (),
    only: int | None = None,
    besides: Collection[int] = (),
) -> list[Match]:
    """Everyone who could be asked, or so many of them, best first; the same order every time, ties by number.

    Someone whom the school asks for again comes before all others: they pass every gate, or they would not be here.
    None of `without`, by their keys, is among them; `only` asks whether one person is, by theirs; of
    `besides` whoever could be asked follows after the best. At most six statements, but for everyone of thousands.
    """
    candidates = find_candidates(wanted, at=at, limit=limit, without=without, only=only, besides=besides)
    people = Ambassador.objects.active().order_by().in_bulk([each.pk for each in candidates])
    return [match_with(wanted, each, people[each.pk], at=at) for each in candidates if each.pk in people]


def match_with(
    wanted: Wanted,
    candidate: Candidate,
    ambassador: Ambassador,
    *,
    at: datetime,
    stage: float = 1.0,
    activity: float = 1.0,
) -> Match:
    """A candidate with their score, its working, and why.

    Stage and activity are filters: whoever passes them offers both, and only whoever is asked all the same may not.
    """
    parts = Parts(
        topic=candidate.topic,
        stage=stage,
        activity=activity,
        route_aim=candidate.aim,
        nearness=candidate.nearness,
        load=load_part(candidate.load),
    )
    return Match(
        ambassador=ambassador,
        score=parts.score,
        parts={name: round(value, 4) for name, value in vars(parts).items()},
        reasons=tuple(_reasons(wanted, candidate, ambassador, at)),
        minutes=candidate.minutes,
        times=candidate.times,
        load=candidate.load,
        is_asked_for_again=candidate.pk == wanted.again,
    )


def _reasons(wanted: Wanted, candidate: Candidate, ambassador: Ambassador, at: datetime) -> Iterator[str]:
    """Why this person, in words that both they and a coordinator may read (rule E-33)."""
    if candidate.pk == wanted.again:
        yield _("The school asked for this person again")
    if candidate.topic:
        yield _offers(wanted.subject, exact=candidate.topic == EXACT)
    if candidate.aim:
        yield _suits()
    if not wanted.online:
        yield _away(candidate.minutes)
    if free := _how_free(wanted, candidate, at):
        yield free
    if candidate.load:
        yield _of_late(candidate.load)
    if ambassador.last_visit_on:
        yield _last_visit(ambassador.last_visit_on.replace(day=1))
    elif not candidate.load:
        yield _not_yet()


def _how_free(wanted: Wanted, candidate: Candidate, at: datetime) -> str:
    """For all meetings of a series, at how many of several times, or around the only one; nothing where just then."""
    meetings = wanted.all_of(candidate.times[0])
    if len(meetings) > 1:
        return _free_for_all(len(meetings))
    if len(wanted.times) > 1:
        return _free_at(len(candidate.times), len(wanted.times))
    return free_around(candidate.standing, candidate.times[0], at=at)


@said_once
def _offers(subject: str, *, exact: bool) -> str:
    """What of the topic suits."""
    if exact:
        return _("Offers exactly this: %(subject)s") % {"subject": SUBJECTS[subject].name}
    return _("Offers a subject in the same field: %(field)s") % {"field": SUBJECTS[subject].field.label}


@said_once
def _suits() -> str:
    """That an aim suits; never which, for what somebody has opted in to is theirs (E-41)."""
    return _("Suits what the school wants pupils to take from the visit")


@said_once
def _away(minutes: int) -> str:
    """How far the way is."""
    return ngettext("%(n)d minute away", "%(n)d minutes away", minutes) % {"n": minutes}


@said_once
def _free_at(free: int, every: int) -> str:
    """At how many of the times they are free."""
    return _("Free at %(free)d of the %(all)d times") % {"free": free, "all": every}


@said_once
def _free_for_all(meetings: int) -> str:
    """That they are free for every meeting of a series."""
    return _("Free for all %(n)d meetings") % {"n": meetings}


@said_once
def _of_late(load: int) -> str:
    """How much they are asked for."""
    return ngettext("%(n)d visit or open offer of late", "%(n)d visits or open offers of late", load) % {"n": load}


@said_once
def _last_visit(month: date) -> str:
    """When they went last."""
    return _("Last visit in %(month)s") % {"month": month_in_words(month)}


@said_once
def _not_yet() -> str:
    """That they have not been anywhere."""
    return _("Has not visited yet")


def free_around(standing: Standing, interval: Interval, *, at: datetime) -> str:
    """Of how much of its day somebody is free who is free in this interval: all of it, or a half; else nothing."""
    day, (starts_at, ends_at) = day_of(interval[0]), interval
    begins, noon, lunch, ends = (moment(day, each) for each in SCHOOL_DAY)

    def is_free_from(first: datetime, last: datetime) -> bool:
        """Whether they are, from the earlier to the later of both."""
        return is_free(standing, (min(first, starts_at), max(last, ends_at)), at=at)

    if is_free_from(begins, ends):
        return _free_all("day")
    if ends_at <= lunch and is_free_from(begins, noon):
        return _free_all("morning")
    if starts_at >= noon and is_free_from(lunch, ends):
        return _free_all("afternoon")
    return ""


@said_once
def _free_all(part: str) -> str:
    """Of which part of the day they are free."""
    words = {"day": _("Free all day"), "morning": _("Free all morning"), "afternoon": _("Free all afternoon")}
    return words[part]
