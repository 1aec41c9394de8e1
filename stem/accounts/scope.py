"""How far a person's part in the scheme reaches, in postcode areas."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from stem.accounts.roles import Role, regions_of
from stem.geography.models import RegionArea

if TYPE_CHECKING:
    from stem.accounts.models import User

# Who works with the people and schools of a region. Safeguarding leads and administrators have no part in that.
REGIONAL_ROLES = (Role.COORDINATOR, Role.VETTING_OFFICER, Role.QUALITY_MANAGER)


def areas_looked_after_by(user: "User", *roles: Role) -> QuerySet[RegionArea, Any] | None:
    """The postcode areas in which this person has one of these roles, as a subquery; None means everywhere."""
    regions: set[int] = set()
    for role in roles or REGIONAL_ROLES:
        of_role = regions_of(user, role)
        if of_role is None:
            return None
        regions.update(of_role)
    return RegionArea.objects.filter(region__in=regions).values("area")
