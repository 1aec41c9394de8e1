"""What fair shares are judged by: a week's offers, a school's term, and who waits meanwhile (rules E-11, E-12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.enums import TAKES_PLACE, UNSETTLED_OFFERS
from bookings.models import Offer, PossibleTime, Request, RequestEvent, Visit
from bookings.priority.sharing import LONG_WAIT, WAITS_FROM, Term, Week, is_reserved
from bookings.priority.words import RESERVED_FROM
from bookings.querysets import FIRST_FIRST
from schools.models import School
from schools.queries.school_time import school_time
from schools.terms.spans import Span
from stem.accounts.scope import Areas
from stem.moments import day_of, moment
from stem.rules import Kind, Reason

# What is noted in a request's history when a coordinator asks all the same, by the reason that was in the way.
SET_ASIDE = {"term_cap": "pass_term_cap", "week_reserve": "pass_week_reserve"}


@dataclass(frozen=True)
class Shares:
    """How things stand between one request and all others: its school's term, the week, and what is in the way."""

    term: Term | None
    week: Week
    is_reserved: bool
    reasons: tuple[Reason, ...]


def week_of(areas: Areas, *, at: datetime, share: int) -> Week:
    """The offers made since Monday for schools in these areas; in one query. To watch somebody is no such offer."""
    made = Offer.objects.to_lead().filter(
        _lies_in(areas, "visit__request__"), made_at__gte=moment(_monday(at), time.min)
    )
    most = Q(visit__request__priority__disadvantage__gte=RESERVED_FROM)
    found = made.aggregate(
        offers=Count("pk"),
        reserved=Count("pk", filter=most),
        searches=Count("visit", distinct=True),
        with_newcomer=Count("visit", distinct=True, filter=Q(ambassador__visits_delivered=0)),
    )
    return Week(**found, share=share)


def shares_of(visit: Visit, starts_at: datetime, *, areas: Areas, at: datetime, policy: Mapping[str, int]) -> Shares:
    """How things stand in these areas for one more offer of this visit at this time, and why it should not be made.

    What a coordinator has set aside for this request, the week's reserve in this week, is no reason any more.
    """
    span = school_time(visit.request.school).term_of(day_of(starts_at))
    # A visit that has its time is one of the school's already: another seat, or someone else, gives it no more.
    term = _term(visit, span, policy["school_term_cap"]) if span and visit.starts_at is None else None
    week = week_of(areas, at=at, share=policy["reserve_share"])
    priority = getattr(visit.request, "priority", None)
    reserved = is_reserved(priority.disadvantage if priority else None)
    waiting = _who_waits(visit, areas)
    reasons = [
        *(_over_the_cap(visit, term, waiting.left_behind) if term and term.is_full else []),
        *([] if reserved or week.has_room_for_others else _below_the_reserve(week, waiting.disadvantaged)),
    ]
    passed = _set_aside(visit.request, at)
    return Shares(term, week, reserved, tuple(reason for reason in reasons if reason.code not in passed))


def _lies_in(areas: Areas, path: str = "") -> Q:
    return Q() if areas is None else Q(**{f"{path}school__area__in": areas})


def _monday(at: datetime) -> date:
    today = day_of(at)
    return today - timedelta(days=today.weekday())


def _term(visit: Visit, span: Span, cap: int) -> Term:
    """The school's other visits of this term that take place, or for which someone is being asked."""
    first, last = moment(span.first, time.min), moment(span.last, time.max)
    history = School.objects.with_history_of(visit.request.school).order_by().values("pk")
    asked = Offer.objects.to_lead().filter(visit=OuterRef("pk"), status__in=UNSETTLED_OFFERS)
    possible = PossibleTime.objects.filter(request=OuterRef("request"), starts_at__range=(first, last))
    others = Visit.objects.filter(request__school__in=history, status__in=TAKES_PLACE).exclude(pk=visit.pk)
    found = others.filter(
        Q(starts_at__range=(first, last)) | Q(starts_at__isnull=True) & Q(Exists(asked)) & Q(Exists(possible))
    )
    return Term(found.count(), cap)


@dataclass(frozen=True)
class _Waiting:
    """For which other requests nobody is asked: the first of those left behind, and of the most disadvantaged."""

    left_behind: Request | None = None
    disadvantaged: Request | None = None


def _who_waits(visit: Visit, areas: Areas) -> _Waiting:
    """Who waits meanwhile in these areas; in one query."""
    history = School.objects.with_history_of(visit.request.school).order_by().values("pk")
    others = Request.objects.filter(_lies_in(areas)).without_offer().exclude(pk=visit.request_id)
    others = others.order_by(*FIRST_FIRST)
    left_behind = Q(priority__score__gte=WAITS_FROM, priority__school_days__gt=LONG_WAIT)
    firsts = {
        "left_behind": others.filter(left_behind).exclude(school__in=history),
        "disadvantaged": others.filter(priority__disadvantage__gte=RESERVED_FROM),
    }
    said = [(name, Q(pk=Subquery(rows.values("pk")[:1]))) for name, rows in firsts.items()]
    marks = {f"is_{name}": Case(When(is_first, then=True), default=False) for name, is_first in said}
    found = Request.objects.annotate(**marks).filter(Q(is_left_behind=True) | Q(is_disadvantaged=True))
    waiting = {
        name: each
        for each in found.select_related("school", "priority")
        for name in firsts
        if getattr(each, f"is_{name}")
    }
    return _Waiting(**waiting)


def _over_the_cap(visit: Visit, term: Term, waiting: Request | None) -> Iterable[Reason]:
    """Why a school has had enough for a term: another of high priority has waited long, and nobody is asked for it."""
    if waiting is None:
        return []
    days = waiting.priority.school_days
    words = {"school": visit.request.school, "n": term.visits, "other": waiting.school, "days": days}
    told = ngettext(
        "%(school)s has %(n)d visit this term, while %(other)s has waited for %(days)d school days with nobody asked.",
        "%(school)s has %(n)d visits this term, while %(other)s has waited for %(days)d school days with nobody asked.",
        term.visits,
    )
    return [Reason("term_cap", Kind.STATE, told % words)]


def _below_the_reserve(week: Week, waiting: Request | None) -> Iterable[Reason]:
    """Why the next offer is for a school of the most disadvantaged: one waits, and the week's share is not kept."""
    if waiting is None:
        return []
    told = _(
        "Of this week’s %(offers)d offers %(reserved)d went to schools of the two most disadvantaged fifths. At least "
        "%(share)d of 100 should, and %(other)s waits with nobody asked."
    )
    words = {"offers": week.offers, "reserved": week.reserved, "share": week.share, "other": waiting.school}
    return [Reason("week_reserve", Kind.STATE, told % words)]


def _set_aside(request: Request, at: datetime) -> set[str]:
    """The reasons that a coordinator has set aside for this request: a week's share for that week alone."""
    events = RequestEvent.objects.filter(request=request, kind__in=SET_ASIDE.values())
    codes = {kind: code for code, kind in SET_ASIDE.items()}
    return {codes[event.kind] for event in events if codes[event.kind] == "term_cap" or day_of(event.at) >= _monday(at)}
