"""Ask somebody all the same whom their own word keeps off the list."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import permissions
from bookings.enums import OfferStatus
from bookings.matching.overriding import considered_for, find_obstacle, match_all_the_same
from bookings.models import Offer, Seat, Visit
from bookings.operations.offers import invite_ambassador
from bookings.queries.boards import NOT_ASKED_AGAIN
from stem.rules import Kind, Reason, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def invite_all_the_same(*, seat: Seat, ambassador: Ambassador, because: str, by: "User", at: datetime) -> Offer:
    """Ask one person whom exactly one filter keeps out, and that one their own word, for a reason (rule E-33).

    What was set aside and the reason are kept with the offer, read by the person asked, and stand in the history.
    Refuses with `not_coordinator`, `own_offer`, `because` without a reason, `asked_before`, `said_no`,
    `refused_before`, `not_considered`, as `matching.overriding.find_obstacle` does, or as
    `operations.offers.invite_ambassador` does: vetting, conditions, absence and V-15 are asked there once more, and
    nothing here sets them aside.
    """
    # In the order in which everyone locks: person, visit, seat.
    ambassador = Ambassador.objects.locked(ambassador)
    visit = Visit.objects.locked(seat.visit)
    permissions.check_may_invite(by, visit.request, ambassador)
    reason = " ".join(because.split())
    if not reason:
        raise refuse("because", Kind.INPUT, _("Say why this person should be asked all the same."))
    refuse_if_any(_reasons_not_again(visit, ambassador))
    if considered_for(visit, ambassador.pk, at=at) is None:
        raise refuse("not_considered", Kind.FIT, _("This person cannot be asked for this school."))
    obstacle = find_obstacle(visit, ambassador, at=at)
    match = match_all_the_same(visit, ambassador, at=at)
    return invite_ambassador(seat=seat, match=match, by=by, at=at, set_aside=obstacle.set_aside, because=reason)


def _reasons_not_again(visit: Visit, ambassador: Ambassador) -> list[Reason]:
    """Why whoever was asked for this visit is not asked again: a no is a no, and a question is asked once."""
    offers = Offer.objects.to_lead().filter(visit=visit, ambassador=ambassador)
    asked = set(offers.values_list("status", flat=True))
    if asked & {OfferStatus.DECLINED, OfferStatus.RELEASED}:
        return [Reason("said_no", Kind.STATE, _("This person has said no to this visit, and is not asked again."))]
    if OfferStatus.REFUSED in asked:
        words = _("The school could not take the other time that this person named: they are not asked again.")
        return [Reason("refused_before", Kind.STATE, words)]
    if asked.intersection(NOT_ASKED_AGAIN):
        words = _("This person has been asked already and has not answered yet.")
        return [Reason("asked_before", Kind.STATE, words)]
    return []
