"""Candidates and scores made into a list for a person to choose from, best first, each with its reasons."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Ambassador
from bookings.eligibility import is_at_short_notice
from bookings.matching.candidates import EXACT, Candidate, find_candidates
from bookings.matching.scoring import Parts, load_part
from bookings.matching.wanted import Interval, Wanted
from bookings.models import Request
from stem.curriculum import SUBJECTS
from stem.nations import Nation


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


def wanted_by(request: Request, times: Iterable[Interval]) -> Wanted:
    """What this request means to matching."""
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
    )


def rank(
    wanted: Wanted, *, at: datetime, limit: int | None = None, without: Collection[int] = (), only: int | None = None
) -> list[Match]:
    """Everyone who could be asked, or so many of them, best first; the same order every time, ties by number.

    Someone whom the school asks for again comes before all others: they pass every gate, or they would not be here.
    None of `without`, by their keys, is among them; `only` asks whether one person is, by theirs. At most six
    statements, but for everyone of thousands.
    """
    candidates = find_candidates(wanted, at=at, limit=limit, without=without, only=only)
    people = Ambassador.objects.active().order_by().in_bulk([each.pk for each in candidates])
    return [match_with(wanted, each, people[each.pk]) for each in candidates if each.pk in people]


def match_with(
    wanted: Wanted, candidate: Candidate, ambassador: Ambassador, *, stage: float = 1.0, activity: float = 1.0
) -> Match:
    """A candidate with their score and its working.

    Stage and activity are filters: whoever passes them offers both, and only whoever is asked all the same may not.
    """
    parts = Parts(
        topic=candidate.topic,
        stage=stage,
        activity=activity,
        route_aim=0.0,
        nearness=candidate.nearness,
        load=load_part(candidate.load),
    )
    return Match(
        ambassador=ambassador,
        score=parts.score,
        parts={name: round(value, 4) for name, value in vars(parts).items()},
        reasons=tuple(_reasons(wanted, candidate, parts)),
        minutes=candidate.minutes,
        times=candidate.times,
        load=candidate.load,
        is_asked_for_again=candidate.pk == wanted.again,
    )


def _reasons(wanted: Wanted, candidate: Candidate, parts: Parts) -> list[str]:
    """Why this person, in words that both they and a coordinator may read (rule E-33)."""
    subject = SUBJECTS[wanted.subject]
    reasons = [_("The school asked for this person again")] if candidate.pk == wanted.again else []
    if parts.topic == EXACT:
        reasons.append(_("Offers exactly this: %(subject)s") % {"subject": subject.name})
    elif parts.topic:
        reasons.append(_("Offers a subject in the same field: %(field)s") % {"field": subject.field.label})
    if not wanted.online:
        reasons.append(
            ngettext("%(n)d minute away", "%(n)d minutes away", candidate.minutes) % {"n": candidate.minutes}
        )
    if len(wanted.times) > 1:
        reasons.append(
            _("Free at %(free)d of the %(all)d times") % {"free": len(candidate.times), "all": len(wanted.times)}
        )
    reasons.append(
        ngettext("%(n)d visit or open offer of late", "%(n)d visits or open offers of late", candidate.load)
        % {"n": candidate.load}
        if candidate.load
        else _("Not asked of late")
    )
    return reasons
