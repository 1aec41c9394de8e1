"""The door to offers."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from bookings.enums import UNSETTLED_OFFERS, OfferStatus, SeatKind
from stem.accounts.scope import areas_looked_after_by
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from bookings.models import Offer
    from stem.accounts.models import User


class OfferQuerySet(HouseQuerySet["Offer"]):
    """People asked."""

    def visible_to(self, user: "User") -> Self:
        """Offers to oneself, and for a coordinator those in their regions. A school never sees who was asked."""
        areas = areas_looked_after_by(user)
        mine = Q(ambassador__user=user)
        return self.all() if areas is None else self.filter(mine | Q(visit__request__school__area__in=areas))

    def looked_after_by(self, user: "User") -> Self:
        """Offers in this coordinator's regions."""
        areas = areas_looked_after_by(user)
        return self.all() if areas is None else self.filter(visit__request__school__area__in=areas)

    def made_to(self, user: "User") -> Self:
        """Offers that this person was asked to answer themselves."""
        return self.filter(ambassador__user=user).exclude(status=OfferStatus.QUEUED)

    def awaiting_answer(self) -> Self:
        """Asked, and not answered yet."""
        return self.filter(status=OfferStatus.SENT)

    def due_to_lapse(self, at: datetime) -> Self:
        """Those whose time to answer has run out."""
        return self.filter(status__in=UNSETTLED_OFFERS, lapses_at__lte=at)

    def due_to_be_reminded(self, at: datetime) -> Self:
        """Those of which somebody should be reminded by now."""
        return self.awaiting_answer().filter(remind_at__lte=at, lapses_at__gt=at)

    def to_lead(self) -> Self:
        """Those for a place that a visit needs somebody for."""
        return self.filter(seat__kind=SeatKind.LEAD)

    def to_watch(self) -> Self:
        """Those to come along and watch somebody first."""
        return self.filter(seat__kind=SeatKind.SHADOW)
