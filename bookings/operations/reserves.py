"""Being kept in reserve for a visit to which somebody else goes, and no longer."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import permissions
from bookings.eligibility import can_be_reserve
from bookings.models import Offer, Reserve, Visit
from bookings.workflow import OFFER
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def keep_in_reserve(*, offer: Offer, by: "User | None", at: datetime) -> Reserve:
    """Ask this person first should the place be free again, until the visit; said again it is said once.

    It promises nothing on either side. Refuses with `not_yours`, or `state` where nobody else was quicker, or the
    visit has begun or is off.
    """
    ambassador = Ambassador.objects.locked(offer.ambassador)
    visit = Visit.objects.locked(offer.visit)
    offer = Offer.objects.locked(offer)
    permissions.check_is_asked(by, offer)
    if not can_be_reserve(offer, visit, at=at):
        raise refuse("state", Kind.STATE, _("There is nothing to wait for here any more."))
    reserve, is_new = Reserve.objects.get_or_create(visit=visit, ambassador=ambassador, defaults={"said_at": at})
    if not is_new and reserve.withdrawn_at is None:
        return reserve
    reserve.said_at, reserve.withdrawn_at = at, None
    reserve.save(update_fields=["said_at", "withdrawn_at"])
    OFFER.note(offer, "keep_in_reserve", by=by, at=at)
    return reserve


@transaction.atomic
def no_longer_in_reserve(*, offer: Offer, by: "User | None", at: datetime) -> None:
    """Wait no more; what was never said stays unsaid. Refuses with `not_yours`."""
    ambassador = Ambassador.objects.locked(offer.ambassador)
    offer = Offer.objects.locked(offer)
    permissions.check_is_asked(by, offer)
    reserve = Reserve.objects.filter(visit=offer.visit, ambassador=ambassador, withdrawn_at=None).first()
    if reserve is not None:
        reserve.withdrawn_at = at
        reserve.save(update_fields=["withdrawn_at"])
        OFFER.note(offer, "no_longer_in_reserve", by=by, at=at)


@transaction.atomic
def keep_in_reserve_by_link(*, link: OneTimeLink, at: datetime) -> None:
    """Be kept in reserve with the link from a letter. Refuses with `link_used`, or as `keep_in_reserve` does."""
    use_link(link, at=at)
    offer = Offer.objects.select_related("ambassador__user").get(pk=link.object_id)
    keep_in_reserve(offer=offer, by=offer.ambassador.user, at=at)
