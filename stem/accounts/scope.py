"""How far a person's part in the scheme reaches, in postcode areas."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from stem.accounts.roles import Role, regions_of
from stem.geography.models import RegionArea

if TYPE_CHECKING:
    from stem.accounts.models import User

# Postcode areas as a subquery; None means everywhere.
Areas = QuerySet[RegionArea, Any] | None

# Who works with the people and schools of a region. Safeguarding leads and administrators have no part in that.
REGIONAL_ROLES = (Role.COORDINATOR, Role.VETTING_OFFICER, Role.QUALITY_MANAGER)


def areas_looked_after_by(user: "User", *roles: Role) -> Areas:
    """The postcode areas in which this person has one of these roles."""
    regions: set[int] = set()
    for role in roles or REGIONAL_ROLES:
        of_role = regions_of(user, role)
        if of_role is None:
            return None
        regions.update(of_role)
    return RegionArea.objects.filter(region__in=regions).values("area")


def areas_around(area: str) -> Areas:
    """The postcode areas of the region that this one belongs to; everywhere where it belongs to none."""
    region = RegionArea.objects.filter(area=area).values_list("region", flat=True).first()
    return None if region is None else RegionArea.objects.filter(region=region).values("area")
