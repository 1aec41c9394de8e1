"""Searches that staff keep."""

from typing import TYPE_CHECKING, Self

from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import SavedSearch
    from stem.accounts.models import User


class SavedSearchQuerySet(HouseQuerySet["SavedSearch"]):
    """Searches kept under a name."""

    def visible_to(self, user: "User") -> Self:
        """One's own, and nobody else's."""
        return self.filter(user=user)
