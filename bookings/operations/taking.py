"""What follows from a yes: the seat and its hours, the visit's time, the rest of a series, and thanks to the others."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bookings import eligibility, notifications, permissions
from bookings.between import check_gap
from bookings.enums import UNSETTLED_OFFERS, OfferStatus, SeatKind, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat, Session, Visit
from bookings.operations.freeing import expect_shadow
from bookings.operations.risk import ask_for_assessments
from bookings.queries.series import later_sought, meetings_after
from bookings.workflow import OFFER, REQUEST, SEAT, VISIT
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import values
from stem.promises import kept
from stem.rules import Refusal
from stem.wording import day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_journey(
    offer: Offer,
    visit: Visit,
    times: list[eligibility.Interval],
    manages_journey: bool,
    *,
    by: "User | None",
    at: datetime,
    on_behalf_of: str = "",
) -> None:
    """There is time to get there, or whoever would travel says that they can manage (rule T-22).

    Refuses with `too_tight`; or with `not_yours` for a coordinator who says so of their own.
    """
    if manages_journey:
        permissions.check_may_manage_journey(by, offer, on_behalf_of)
        return
    for time in times:
        check_gap(offer.ambassador, visit, time, buffer=values(on=day_of(at))["buffer_minutes"])


def take_seat(
    offer: Offer,
    seat: Seat,
    visit: Visit,
    time: eligibility.Interval,
    *,
    by: "User | None",
    at: datetime,
    on_behalf_of: str,
    is_told: bool = True,
) -> None:
    """What follows from a yes: the seat and its hours are the person's, the visit has its time, and the school is told.

    Of the later meetings of a series it `is_told` with the first. A yes to watching changes nothing of the visit: whom
    it concerns hears who comes along. The caller holds person, visit, seat and offer, and has asked whether this may
    be. Refuses with `clash`.
    """
    ambassador, (starts_at, ends_at) = offer.ambassador, time
    SEAT.move(seat, "take", by=by, at=at, on_behalf_of=on_behalf_of, ambassador=ambassador)
    with kept(Commitment, one_place_at_a_time=eligibility.clashing()):
        Commitment.objects.create(seat=seat, ambassador=ambassador, starts_at=starts_at, ends_at=ends_at)
    if seat.is_shadow:
        expect_shadow(offer, seat, visit, at=at)
        return
    _fix_time(visit, starts_at, ends_at, at)
    _thank_the_others(seat, at=at)
    if visit.seats.filter(kind=SeatKind.LEAD, status=SeatStatus.OPEN).exists():
        return
    VISIT.move(visit, "match", by=None, at=at)
    if not visit.request.visits.filter(status=VisitStatus.FINDING).exists():
        REQUEST.move(visit.request, "fulfil", by=None, at=at)
    if is_told:
        _tell_who_asked(offer, visit, at=at)
        # Of the meetings of a series somebody is asked once, for the first.
        ask_for_assessments(visit, at=at)


def _tell_who_asked(offer: Offer, visit: Visit, *, at: datetime) -> None:
    """Write to whoever asked that everybody is found, and that it is their move."""
    post(
        notifications.ambassador_found,
        to=visit.request.contact.user,
        due_at=at,
        visit_id=visit.pk,
        sequence=visit.sequence,
        offer_id=offer.pk,
    )


def hold_later(visit: Visit) -> list[Visit]:
    """The later meetings that come with a yes to this one, held: after the visit itself and before all seats."""
    found = [each.pk for each in later_sought(visit)]
    if not found:
        return []
    rows = Visit.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=found, status=VisitStatus.FINDING)
    held = list(rows.order_by("pk"))
    for each in held:
        each.request = visit.request
    return held


def take_rest(
    offer: Offer,
    visit: Visit,
    later: list[Visit],
    time: eligibility.Interval,
    *,
    by: "User | None",
    at: datetime,
    on_behalf_of: str,
) -> None:
    """Take a place in each of the later meetings as well, which this person was asked for with the first.

    Each has an offer of its own from then on, so that it can be given back by itself. The caller holds the visits, and
    has taken the first. Refuses with the reasons of `eligibility.check_can_take` or `too_tight`, and for which day.
    """
    for meeting in meetings_after(visit, time, later):
        seats = Seat.objects.select_for_update(no_key=True, of=("self",)).filter(visit=meeting.visit)
        seat = seats.filter(status=SeatStatus.OPEN, kind=SeatKind.LEAD).order_by("pk").first()
        if seat is None:
            continue
        try:
            eligibility.check_can_take(offer.ambassador, meeting.visit, *meeting.interval, at)
            if not offer.manages_journey:
                buffer = values(on=day_of(at))["buffer_minutes"]
                check_gap(offer.ambassador, meeting.visit, meeting.interval, buffer=buffer)
        except Refusal as refusal:
            raise on_day(refusal, meeting.interval) from refusal
        theirs = _accepted_with(offer, meeting.visit, seat, by=by, at=at, on_behalf_of=on_behalf_of)
        take_seat(
            theirs,
            seat,
            meeting.visit,
            meeting.interval,
            by=by,
            at=at,
            on_behalf_of=on_behalf_of,
            is_told=False,
        )


def on_day(refusal: Refusal, interval: eligibility.Interval) -> Refusal:
    """The same no, which says for which day it is: one of several meetings."""
    day = day_in_words(interval[0])
    return Refusal(
        *(
            replace(
                each,
                truth=f"{day}: {each.truth}",
                to_person=each.to_person and f"{day}: {each.to_person}",
                to_coordinator=each.to_coordinator and f"{day}: {each.to_coordinator}",
            )
            for each in refusal.reasons
        )
    )


def _accepted_with(
    offer: Offer, visit: Visit, seat: Seat, *, by: "User | None", at: datetime, on_behalf_of: str
) -> Offer:
    """The offer of a later meeting, asked and accepted with the one that was answered."""
    theirs = Offer.objects.create(
        seat=seat,
        visit=visit,
        ambassador=offer.ambassador,
        made_at=offer.made_at,
        lapses_at=offer.lapses_at,
        score=offer.score,
        parts=offer.parts,
        reasons=offer.reasons,
        minutes=offer.minutes,
        set_aside=offer.set_aside,
        because=offer.because,
    )
    OFFER.move(theirs, "send", by=None, at=at)
    OFFER.move(theirs, "accept", by=by, at=at, on_behalf_of=on_behalf_of, manages_journey=offer.manages_journey)
    return theirs


def _fix_time(visit: Visit, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """Give the visit its time and its first session, unless an earlier acceptance has."""
    if visit.starts_at is None:
        visit.starts_at, visit.ends_at, visit.changed_at = starts_at, ends_at, at
        visit.save(update_fields=["starts_at", "ends_at", "changed_at"])
        Session.objects.create(visit=visit, starts_at=starts_at, ends_at=ends_at, group=visit.request.year_groups)
        take_back(visit, OfferStatus.COUNTERED, at=at)
        # Nobody thinks about it until after it has begun.
        Offer.objects.filter(visit=visit, lapses_at__gt=starts_at).awaiting_answer().update(lapses_at=starts_at)


def take_back(visit: Visit, status: OfferStatus, *, at: datetime) -> None:
    """Tell whoever was asked for a place beside the one just taken that the visit has its time now, and it is another.

    They can be asked anew, for that time.
    """
    theirs = Offer.objects.filter(visit=visit, status=status, seat__status=SeatStatus.OPEN)
    for other in theirs.select_for_update(no_key=True, of=("self",)):
        OFFER.move(other, "withdraw", by=None, at=at)
        post(notifications.offer_withdrawn, to=other.ambassador.user, due_at=at, offer_id=other.pk)


def _thank_the_others(seat: Seat, *, at: datetime) -> None:
    """Tell everyone else who was asked for this seat that it is taken."""
    others = Offer.objects.filter(seat=seat, status__in=UNSETTLED_OFFERS)
    for other in others.select_for_update(no_key=True, of=("self",)):
        OFFER.move(other, "supersede", by=None, at=at)
        post(notifications.offer_superseded, to=other.ambassador.user, due_at=at, offer_id=other.pk)
