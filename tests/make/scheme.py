"""A scheme that has set itself up."""

from datetime import datetime

from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.nations import Nation
from stem.scheme.identity import forget
from stem.scheme.models import Identity
from tests.make.accounts import LONG_AGO, staff
from tests.make.schools import school


def set_up_scheme(*, by: User) -> Identity:
    """Everything that a scheme needs before it opens."""
    identity = Identity.objects.create(
        name="STEM North",
        sender_email="post@north.example",
        reply_email="help@north.example",
        arrived_at=LONG_AGO,
        arrived_with=by,
    )
    forget()
    Region.objects.create(name="North", slug="north", nation=Nation.ENG)
    school()
    staff(Role.COORDINATOR)
    staff(Role.SAFEGUARDING_LEAD)
    return identity


def end_roles(role: Role, *, at: datetime) -> None:
    """Nobody has this role any more."""
    RoleGrant.objects.filter(role=role).update(ended_at=at)
