"""Which of the scheme's own people look after a school."""

from datetime import datetime

from django.db.models import Q, QuerySet

from schools.models import School
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.geography.models import RegionArea


def coordinators_of(school: School, *, at: datetime) -> QuerySet[User]:
    """Every coordinator of the school's region, or of all; in one query."""
    return who_look_after(school, Role.COORDINATOR, at=at)


def who_look_after(school: School, *roles: Role, at: datetime) -> QuerySet[User]:
    """Everyone with one of these roles in the school's region, or in all; in one query."""
    region = RegionArea.objects.filter(area=school.area).values("region")
    grants = RoleGrant.objects.live(at).filter(Q(regions=None) | Q(regions__in=region), role__in=roles)
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("pk")
