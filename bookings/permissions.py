"""Who may do what with requests, offers and visits."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.enums import Side
from bookings.models import Offer, Request, Seat, Visit
from schools.permissions import check_may_act_for, looks_after
from stem.rules import Kind, Refusal, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_edit_request(user: "User", request: Request) -> None:
    """People who act for the school, and its coordinator. Refuses with `not_for_school`."""
    check_may_act_for(user, request.school)


def check_may_match(user: "User", request: Request) -> None:
    """Coordinators of the school's region invite people and open requests. Refuses with `not_coordinator`."""
    if not looks_after(user, request.school):
        raise _not_coordinator()


def check_may_invite(user: "User", request: Request, ambassador: Ambassador) -> None:
    """A coordinator of the region asks others, never themselves. Refuses with `not_coordinator` or `own_offer`."""
    check_may_match(user, request)
    if ambassador.user_id == user.pk:
        raise refuse("own_offer", Kind.PERMISSION, _("Nobody invites themselves: ask a colleague to."))


def check_may_offer_oneself(user: "User", ambassador: Ambassador) -> None:
    """Nobody says for somebody else that they could come. Refuses with `not_yours`."""
    if ambassador.user_id != user.pk:
        raise refuse("not_yours", Kind.PERMISSION, _("Only the person themselves may say so."))


def check_may_answer(user: "User | None", offer: Offer) -> None:
    """The person asked answers; a coordinator may note an answer given on the telephone.

    `user` is None where a single-use link to someone without an account proves who they are. Refuses with `not_yours`.
    """
    if user is None and offer.ambassador.user_id is None:
        return
    if user is not None and (user.pk == offer.ambassador.user_id or looks_after(user, offer.visit.request.school)):
        return
    raise refuse("not_yours", Kind.PERMISSION, _("This offer was made to someone else."))


def check_may_manage_journey(user: "User | None", offer: Offer, on_behalf_of: str) -> None:
    """Whoever travels knows what they can manage; a coordinator only notes what they said on the telephone (T-22).

    Refuses with `not_yours`.
    """
    if not on_behalf_of and (user.pk if user else None) != offer.ambassador.user_id:
        raise refuse("not_yours", Kind.PERMISSION, _("Only whoever travels can say that they manage the journey."))


def check_is_asked(user: "User | None", offer: Offer) -> None:
    """The person asked themselves, and nobody for them; as `check_may_answer`. Refuses with `not_yours`."""
    if (user.pk if user else None) != offer.ambassador.user_id:
        raise refuse("not_yours", Kind.PERMISSION, _("This offer was made to someone else."))


def check_may_confirm(user: "User", visit: Visit) -> None:
    """The school accepts the person, or its coordinator for it. Refuses with `not_for_school`."""
    check_may_act_for(user, visit.request.school)


def check_may_give_up_seat(user: "User", seat: Seat) -> None:
    """The person who holds the seat, or a coordinator for them. Refuses with `not_yours`."""
    holder = seat.ambassador.user_id if seat.ambassador else None
    if user.pk != holder and not looks_after(user, seat.visit.request.school):
        raise not_your_seat()


def check_may_keep_apart(user: "User", seat: Seat, side: Side) -> None:
    """The ambassador for themselves alone; for the school its people, or its coordinator for it.

    Refuses with `not_yours` or `not_for_school`.
    """
    if side == Side.SCHOOL:
        check_may_act_for(user, seat.visit.request.school)
    elif seat.ambassador is None or seat.ambassador.user_id != user.pk:
        raise not_your_seat()


def not_your_seat() -> Refusal:
    """What anyone hears of a place in a visit that is not theirs."""
    return refuse("not_yours", Kind.PERMISSION, _("This place in the visit is someone else's."))


def _not_coordinator() -> Refusal:
    """What anyone hears who does not coordinate the region."""
    return refuse("not_coordinator", Kind.PERMISSION, _("Only a coordinator of this region may do that."))
