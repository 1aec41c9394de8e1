"""Who may do what with requests, offers and visits."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, Side, Speaker
from bookings.models import Offer, Request, Seat, Visit
from schools.models import School
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


def check_may_reach_out(user: "User", school: School) -> None:
    """Coordinators of its region invite a school to ask. Refuses with `not_coordinator`."""
    if not looks_after(user, school):
        raise _not_coordinator()


def check_may_invite(user: "User | None", request: Request, ambassador: Ambassador) -> None:
    """A coordinator of the region asks others, never themselves; None, a rule, asks anybody (E-32).

    Refuses with `not_coordinator` or `own_offer`.
    """
    if user is None:
        return
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


def check_may_speak_for(user: "User", visit: Visit, seat: Seat | None) -> None:
    """For the school its people, for a seat whoever holds it, and for either their coordinator, who is on record.

    Whoever comes along to watch speaks for nobody. Refuses with `not_for_school` or `not_yours`.
    """
    if seat is None:
        check_may_act_for(user, visit.request.school)
    elif seat.visit_id != visit.pk or seat.is_shadow:
        raise not_your_seat()
    else:
        check_may_give_up_seat(user, seat)


def speaks_for_another(user: "User", visit: Visit, seat: Seat | None) -> bool:
    """Whether somebody who may speak here does so for a person who telephones, and not for themselves."""
    if seat is None:
        return not School.objects.acted_for_by(user).filter(pk=visit.request.school_id).exists()
    return seat.ambassador is None or seat.ambassador.user_id != user.pk


def check_may_keep_apart(user: "User", seat: Seat, side: Side) -> None:
    """The ambassador for themselves alone; for the school its people, or its coordinator for it.

    Refuses with `not_yours` or `not_for_school`.
    """
    if side == Side.SCHOOL:
        check_may_act_for(user, seat.visit.request.school)
    elif seat.ambassador is None or seat.ambassador.user_id != user.pk:
        raise not_your_seat()


def speaker_of(user: "User", visit: Visit) -> Speaker | None:
    """For whom this person speaks about the visit: its school, a taken seat, or the region; None for anybody else.

    Whoever acts for the school speaks for it, whatever else they are.
    """
    school = visit.request.school
    if School.objects.acted_for_by(user).filter(pk=school.pk).exists():
        return Speaker.SCHOOL
    if visit.seats.filter(status=SeatStatus.TAKEN, ambassador__user=user).exists():
        return Speaker.AMBASSADOR
    return Speaker.SCHEME if looks_after(user, school) else None


def check_may_write(user: "User", visit: Visit) -> Speaker:
    """The school's people, whoever has a seat, and the region's coordinators write. Refuses with `not_of_visit`."""
    speaker = speaker_of(user, visit)
    if speaker is None:
        words = _("Only the school, whoever visits it, and their coordinators write here.")
        raise refuse("not_of_visit", Kind.PERMISSION, words)
    return speaker


def not_your_seat() -> Refusal:
    """What anyone hears of a place in a visit that is not theirs."""
    return refuse("not_yours", Kind.PERMISSION, _("This place in the visit is someone else's."))


def _not_coordinator() -> Refusal:
    """What anyone hears who does not coordinate the region."""
    return refuse("not_coordinator", Kind.PERMISSION, _("Only a coordinator of this region may do that."))
