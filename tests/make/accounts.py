"""People who sign in."""

from datetime import UTC, datetime
from itertools import count

from allauth.account.models import EmailAddress

from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.geography.models import Region

LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


def user(*, email: str = "", name: str = "Uma User", **columns) -> User:
    """Someone with a verified address."""
    address = email or f"user{next(_numbers)}@people.example"
    made = User.objects.create_user(address, "correct horse battery", full_name=name, **columns)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    return made


def staff(*roles: Role, regions: tuple[Region, ...] = (), **columns) -> User:
    """Someone with these roles, everywhere unless regions are named."""
    made = user(**columns)
    for role in roles:
        grant = RoleGrant.objects.create(user=made, role=role, granted_at=LONG_AGO)
        grant.regions.set(regions)
    return made
