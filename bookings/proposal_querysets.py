"""The door to the other times that one side proposed for a visit."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from bookings.enums import ProposalStatus
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from bookings.models import Proposal
    from stem.accounts.models import User


class ProposalQuerySet(HouseQuerySet["Proposal"]):
    """Other times for visits, as they were proposed."""

    def visible_to(self, user: "User") -> Self:
        """Those of the visits that this person may see."""
        return self.filter(visit__in=self.related("visit").visible_to(user))

    def open(self) -> Self:
        """Those that wait for somebody's answer."""
        return self.filter(status=ProposalStatus.PROPOSED)

    def due_to_lapse(self, at: datetime) -> Self:
        """Those whose time to answer has run out."""
        return self.open().filter(lapses_at__lte=at)
