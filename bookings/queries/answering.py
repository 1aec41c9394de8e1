"""What somebody can say to an offer beside yes and no, and what they have said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from ambassadors.queries.own_calendars import busy_among
from bookings.between import gaps_too_tight, too_tight_in_words
from bookings.eligibility import (
    Interval,
    can_be_reserve,
    can_reconsider,
    month_of_visit,
)
from bookings.enums import OfferStatus, Side
from bookings.models import KeptApart, Offer, Reserve
from bookings.queries.calendar_replies import CalendarSays, says_of_offer
from bookings.queries.questions import Question
from bookings.queries.series import further_of
from stem.moments import day_of
from stem.policy.values import value

LESSON = timedelta(hours=1)


@dataclass(frozen=True)
class Answering:
    """All that the page of an offer asks besides the question itself."""

    # Of the times on offer: when their own calendar is busy, and which are too near to another visit.
    busy: list[Interval]
    tight: dict[Interval, str]
    # What "not this month" would mean; None for whoever has no account to take it back with.
    month: tuple[date, date] | None
    can_name_time: bool = False
    # As long as the school asked for.
    length: timedelta = LESSON
    other_times: tuple[Interval, ...] = ()
    can_reconsider: bool = False
    can_wait: bool = False
    waits: bool = False
    keeps_away: bool = False
    # Whether they are away for the rest of the month of the visit, by their own word.
    is_away: bool = False
    calendar: CalendarSays | None = None


def answering_of(question: Question, *, at: datetime) -> Answering:
    """What can be said to this offer now; in four queries at most."""
    offer = question.offer
    reconsiders = can_reconsider(offer, at=at)
    may_answer = question.is_open or reconsiders
    times = question.times if may_answer else []
    first = question.times[0] if question.times else None
    can_wait = can_be_reserve(offer, offer.visit, at=at)
    return Answering(
        busy=busy_among(offer.ambassador, times) if question.is_open else [],
        tight=tight_of(offer, times, at=at),
        month=month_of_visit(offer.visit, at) if offer.ambassador.user_id else None,
        can_name_time=question.is_open and offer.visit.starts_at is None,
        length=first[1] - first[0] if first else LESSON,
        other_times=_other_times(offer),
        can_reconsider=reconsiders,
        can_wait=can_wait,
        waits=can_wait and waits_in_reserve(offer),
        keeps_away=offer.status == OfferStatus.DECLINED and _keeps_away(offer),
        is_away=offer.status == OfferStatus.DECLINED and _is_away(offer, at),
        calendar=says_of_offer(offer) if question.is_open else None,
    )


def tight_of(offer: Offer, times: list[Interval], *, at: datetime) -> dict[Interval, str]:
    """Those of these times that leave whoever is asked too little time to get there, each in words (rule T-22)."""
    if not times:
        return {}
    buffer, further = value("buffer_minutes", on=day_of(at)), further_of(offer.visit.request, times, visit=offer.visit)
    every = {each: (each, *further.get(each, ())) for each in times}
    asked = [each for meetings in every.values() for each in meetings]
    found = gaps_too_tight(offer.ambassador, offer.visit, asked, buffer=buffer)
    # Of a series whichever meeting it is that is near another visit.
    tight = {first: [found[each] for each in meetings if each in found] for first, meetings in every.items()}
    return {first: too_tight_in_words(gaps[0]) for first, gaps in tight.items() if gaps}


def waits_in_reserve(offer: Offer) -> bool:
    """Whether whoever was asked waits for the place that somebody else has taken."""
    mine = Reserve.objects.filter(visit=offer.visit_id, ambassador=offer.ambassador_id, withdrawn_at=None)
    return mine.exists()


def _other_times(offer: Offer) -> tuple[Interval, ...]:
    if offer.status != OfferStatus.COUNTERED:
        return ()
    return tuple((time.starts_at, time.ends_at) for time in offer.other_times.all())


def _keeps_away(offer: Offer) -> bool:
    said = KeptApart.objects.filter(ambassador=offer.ambassador_id, side=Side.AMBASSADOR)
    return said.filter(school=offer.visit.request.school_id).exists()


def _is_away(offer: Offer, at: datetime) -> bool:
    """Whether they have told us themselves that they are away for the rest of the visit's month."""
    first, last = month_of_visit(offer.visit, at)
    own = Hold.objects.filter(ambassador=offer.ambassador_id, kind=HoldKind.AWAY, set_by=offer.ambassador.user_id)
    return own.filter(starts_on=first, ends_on=last, lifted_at=None).exists()
