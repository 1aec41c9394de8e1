"""Coming along to watch: a place beside whoever visits, asking somebody new for it, and the school's no (0045)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import eligibility, notifications, permissions
from bookings.enums import SeatKind, SeatStatus
from bookings.ladder import answer_within
from bookings.matching.newcomers import newcomer_near
from bookings.models import Offer, Seat, Visit
from bookings.operations.freeing import free_shadow, withdraw_asked_to_watch
from bookings.operations.offers import send_offer
from bookings.operations.promised import lock_people_of
from bookings.queries.shadowing import has_school_said_no
from bookings.workflow import SEAT
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, Refusal, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def add_shadow_place(*, visit: Visit, by: "User", at: datetime) -> Seat:
    """Make room for one new person who watches, in a visit that has its people and is to come; twice makes one.

    Refuses with `not_coordinator`, `state`, or `school_said_no`.
    """
    visit = Visit.objects.locked(visit)
    permissions.check_may_match(by, visit.request)
    eligibility.check_can_be_watched(visit, at)
    seat = visit.seats.shadows().first()
    if seat is None:
        seat = Seat.objects.create(visit=visit, kind=SeatKind.SHADOW)
        SEAT.note(seat, "add_shadow_place", by=by, at=at)
    elif has_school_said_no(seat):
        raise _said_no()
    return seat


@transaction.atomic
def invite_shadow(*, seat: Seat, person: int, by: "User", at: datetime) -> Offer:
    """Ask somebody new, by their key, to come along and watch; one at a time, and by the gates for any visit.

    They have as long to answer as anybody who is asked. Refuses with `not_coordinator`, `own_offer`, `state`,
    `school_said_no`, `seat_taken`, `enough_asked`, or `cannot_be_asked`.
    """
    # In the order in which everyone locks: person, visit, seat.
    ambassador = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk=person).first()
    visit = Visit.objects.locked(seat.visit)
    seat = Seat.objects.locked(seat)
    seat.visit = visit
    permissions.check_may_match(by, visit.request)
    _check_can_ask(seat, at)
    match = newcomer_near(visit, person, at=at) if ambassador is not None else None
    if match is None:
        raise refuse("cannot_be_asked", Kind.STATE, _("This person cannot be asked for it any more. Choose another."))
    permissions.check_may_invite(by, visit.request, match.ambassador)
    assert visit.starts_at is not None
    within = answer_within(visit.starts_at, at, values(on=day_of(at)))
    return send_offer(seat=seat, match=match, lapses_at=min(at + within, visit.starts_at), by=by, at=at)


def _check_can_ask(seat: Seat, at: datetime) -> None:
    """Somebody may be asked to watch now. Refuses with `state`, `school_said_no`, `seat_taken` or `enough_asked`."""
    if not seat.is_shadow:
        raise refuse("state", Kind.STATE, _("Nobody comes to this place to watch."))
    eligibility.check_can_be_watched(seat.visit, at)
    if has_school_said_no(seat):
        raise _said_no()
    if seat.status == SeatStatus.TAKEN:
        raise refuse("seat_taken", Kind.STATE, _("Someone has this place already."))
    if seat.offers.awaiting_answer().exists():
        words = _("Somebody has been asked already. Wait for their answer, or take it back.")
        raise refuse("enough_asked", Kind.STATE, words)


def _said_no() -> Refusal:
    """What a coordinator hears where the school would rather that nobody watched."""
    words = _("The school would rather that nobody comes along to this visit. Choose another visit.")
    return refuse("school_said_no", Kind.STATE, words)


@transaction.atomic
def refuse_shadow(*, visit: Visit, by: "User", at: datetime, on_behalf_of: str = "") -> None:
    """The school would rather that nobody watches, this time: who was to come along does not; the visit stays.

    No reason is asked for, and said twice it is said once. Refuses with `not_for_school`, `state`, or `no_shadow` when
    there is no such place.
    """
    lock_people_of(visit)
    visit = Visit.objects.locked(visit)
    permissions.check_may_confirm(by, visit)
    eligibility.check_can_be_watched(visit, at)
    seat = visit.seats.shadows().select_for_update(no_key=True, of=("self",)).first()
    if seat is None:
        raise refuse("no_shadow", Kind.STATE, _("Nobody is to come along and watch this visit."))
    if has_school_said_no(seat):
        return
    seat.visit = visit
    SEAT.note(seat, "refuse_shadow", by=by, at=at, on_behalf_of=on_behalf_of)
    withdraw_asked_to_watch(seat, by=by, at=at)
    if seat.status == SeatStatus.TAKEN:
        told = notifications.shadow_let_go
        free_shadow(seat, by=by, at=at, told=told, on_behalf_of=on_behalf_of, tells_school=False)
