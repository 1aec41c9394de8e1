"""Changing one's mind after a no: while the place is open and the time to answer has not run out."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador, Hold
from ambassadors.operations.profile import come_back_early
from bookings import permissions
from bookings.enums import OfferStatus, SeatStatus, Side, VisitStatus
from bookings.models import KeptApart, Offer, Seat, Visit
from bookings.operations.keeping_apart import no_longer_keep_away_from
from bookings.operations.offers import accept_offer
from bookings.workflow import OFFER
from stem.letters.links import mint_link, use_link
from stem.letters.models import OneTimeLink
from stem.promises import kept
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def reconsider_offer(*, offer: Offer, by: "User | None", at: datetime) -> Offer:
    """Take a no back: the offer is open again until the moment that it always had, and what was said with it is unsaid.

    It may be a fourth that waits for an answer, where somebody was asked in the meantime: the first yes takes the
    place, as always. Refuses with `not_yours`, `state`, `seat_taken` or `lapsed`.
    """
    ambassador = Ambassador.objects.locked(offer.ambassador)
    visit = Visit.objects.locked(offer.visit)
    seat = Seat.objects.locked(offer.seat)
    offer = Offer.objects.locked(offer)
    permissions.check_is_asked(by, offer)
    _check_can_reconsider(offer, visit, seat, at)
    said_at = offer.events.filter(kind="decline").order_by("-pk").values_list("at", flat=True).first()
    asked = Reason("asked_before", Kind.STATE, _("You have been asked for this visit once more: answer that."))
    with kept(Offer, one_live_offer_per_person_in_a_visit=asked):
        OFFER.move(offer, "reconsider", by=by, at=at)
    if by is not None and said_at is not None:
        _unsay(ambassador, visit, said_at, by=by, at=at)
    return offer


def _check_can_reconsider(offer: Offer, visit: Visit, seat: Seat, at: datetime) -> None:
    """A no stands that can be taken back. Refuses with `state`, `seat_taken` or `lapsed`."""
    OFFER.check(offer, "reconsider")
    if seat.status == SeatStatus.TAKEN:
        raise refuse("seat_taken", Kind.STATE, _("Someone else has said yes since. Thank you all the same."))
    if visit.status != VisitStatus.FINDING:
        raise refuse("state", Kind.STATE, _("Nobody is being looked for there any more."))
    if offer.lapses_at <= at:
        raise refuse("lapsed", Kind.STATE, _("The time to answer has run out. We may ask you again."))


def _unsay(ambassador: Ambassador, visit: Visit, said_at: datetime, *, by: "User", at: datetime) -> None:
    """Take back what was said in the same breath as the no: not this school, and not this month."""
    school = visit.request.school
    if KeptApart.objects.filter(
        ambassador=ambassador, school=school, side=Side.AMBASSADOR, said_at=said_at, by=by
    ).exists():
        no_longer_keep_away_from(ambassador=ambassador, school=school, by=by, at=at)
    own = {"kind": HoldKind.AWAY, "set_at": said_at, "set_by": by, "lifted_at": None}
    for hold in Hold.objects.filter(ambassador=ambassador, ends_on__isnull=False, **own):
        come_back_early(hold=hold, by=by, at=at)


@transaction.atomic
def accept_after_all(
    *, offer: Offer, starts_at: datetime, by: "User | None", at: datetime, manages_journey: bool = False
) -> Seat:
    """Say yes after a no, in one press. Refuses as `reconsider_offer` and `accept_offer` do: then the no stands."""
    if Offer.objects.filter(pk=offer.pk, status=OfferStatus.DECLINED).exists():
        offer = reconsider_offer(offer=offer, by=by, at=at)
    return accept_offer(offer=offer, starts_at=starts_at, by=by, at=at, manages_journey=manages_journey)


@transaction.atomic
def accept_after_all_by_link(
    *, link: OneTimeLink, starts_at: datetime, at: datetime, manages_journey: bool = False
) -> Seat:
    """The same with a link, which is spent. Refuses with `link_used`, or as `accept_after_all` does."""
    use_link(link, at=at)
    offer = Offer.objects.select_related("ambassador__user").get(pk=link.object_id)
    by = offer.ambassador.user
    return accept_after_all(offer=offer, starts_at=starts_at, by=by, at=at, manages_journey=manages_journey)


@transaction.atomic
def link_to_reconsider(*, link: OneTimeLink) -> str:
    """A fresh link for whoever has just spent theirs on a no, as long good: what they hold in the page before them."""
    return mint_link(link.purpose, link.object_id, expires_at=link.expires_at)
