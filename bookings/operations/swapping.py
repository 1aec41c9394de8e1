"""One person for another: whoever cannot come gives their seat back, and somebody by name is asked for it at once."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import permissions
from bookings.enums import CancelReason, VisitStatus
from bookings.matching.shortlist import match_of
from bookings.models import Offer, Seat, Visit
from bookings.operations.offers import invite_ambassador
from bookings.operations.visits import give_up_seat
from bookings.queries.boards import not_asked_again_for
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def swap_person(*, seat: Seat, person: int, reason: CancelReason, by: "User", at: datetime) -> Offer:
    """Give a seat back for whoever cannot come, and ask the person of this key for it, in one act.

    Both happen or neither. Whoever is asked says yes or no as to any offer, and a yes goes back to the school, which
    accepts again (T-23). Refuses with `not_coordinator`, `state` for whoever watches, `seat_open`,
    `too_late` when nobody else can be found any more, `cannot_be_asked`, or as
    `give_up_seat` and `invite_ambassador` do.
    """
    permissions.check_may_match(by, seat.visit.request)
    # Everyone concerned at once, and in one order: whoever comes is held before the visit, and so is whoever might.
    concerned = Seat.objects.filter(visit=seat.visit_id, ambassador__isnull=False).values("ambassador")
    people = Ambassador.objects.select_for_update(no_key=True, of=("self",))
    list(people.filter(Q(pk=person) | Q(pk__in=concerned)).order_by("pk"))
    if seat.is_shadow:
        raise refuse("state", Kind.STATE, _("Whoever watches is not replaced: ask somebody new to come along."))
    if seat.ambassador is None:
        raise refuse("seat_open", Kind.STATE, _("Nobody has this place: ask somebody for it on the request’s page."))
    give_up_seat(seat=seat, reason=reason, by=by, at=at, on_behalf_of=str(seat.ambassador))
    visit = Visit.objects.select_related("request__school").get(pk=seat.visit_id)
    if visit.status != VisitStatus.FINDING:
        words = _("It is too near for somebody else. Note that they cannot come, and the visit is called off.")
        raise refuse("too_late", Kind.STATE, words)
    match = match_of(visit, person, without=not_asked_again_for(visit), at=at)
    if match is None:
        raise refuse("cannot_be_asked", Kind.STATE, _("This person cannot be asked for it any more. Choose another."))
    return invite_ambassador(seat=seat, match=match, by=by, at=at)
