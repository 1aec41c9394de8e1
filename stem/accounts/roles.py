"""What the scheme's own people may do, as roles that are granted, in all regions or in some."""

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from stem.accounts.models import User


class Role(TextChoices):
    """A part in running the scheme. An ambassador, or a school's contact, is not a role but a row of that app."""

    COORDINATOR = "coordinator", _("Coordinator: matches, vets and reads feedback in a region")
    VETTING_OFFICER = "vetting_officer", _("Vetting officer: records requirements and decides applications")
    DISCLOSURE_ASSESSOR = "disclosure_assessor", _("Disclosure assessor: weighs information on a check, with another")
    QUALITY_MANAGER = "quality_manager", _("Quality manager: reads feedback and follows it up")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead or deputy: the only readers of worries")
    SECOND_DEPUTY = "second_deputy", _("Second safeguarding deputy: reads a worry only by breaking the glass")
    COMPLAINT_HANDLER = "complaint_handler", _("Complaint handler: reads complaints and answers them")
    ADMINISTRATOR = "administrator", _("Administrator: accounts, regions and settings; no vetting, no worries")


# These two may never act on the same case, whoever holds both (rule V-01).
CONFLICTING_PAIRS = (
    frozenset({Role.VETTING_OFFICER, Role.DISCLOSURE_ASSESSOR}),
    frozenset({Role.QUALITY_MANAGER, Role.SAFEGUARDING_LEAD}),
    frozenset({Role.COMPLAINT_HANDLER, Role.SAFEGUARDING_LEAD}),
    frozenset({Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD}),
    frozenset({Role.ADMINISTRATOR, Role.SECOND_DEPUTY}),
)

# Holding the first is holding the others.
# What a coordinator holds by being one brings nothing more: complaints are often about what coordinators do.
BUNDLES = {
    Role.COORDINATOR: frozenset({Role.VETTING_OFFICER, Role.QUALITY_MANAGER}),
    Role.QUALITY_MANAGER: frozenset({Role.COMPLAINT_HANDLER}),
    Role.ADMINISTRATOR: frozenset({Role.COMPLAINT_HANDLER}),
}

# The regions of each role someone holds; None is everywhere.
Reach = dict[Role, "set[int] | None"]


def reach_of(user: "User") -> Reach:
    """Every role this person holds now, bundles unpacked, with its regions; read once for each user object."""
    if not user.is_authenticated:
        return {}
    held: Reach | None = getattr(user, "_reach", None)
    if held is None:
        held = {}
        for grant in user.grants.filter(ended_at__isnull=True).prefetch_related("regions"):
            regions = {region.pk for region in grant.regions.all()} or None
            for role in {Role(grant.role), *BUNDLES.get(Role(grant.role), ())}:
                _widen(held, role, regions)
        user._reach = held
    return held


def _widen(held: Reach, role: Role, regions: set[int] | None) -> None:
    known = held.get(role, set())
    held[role] = None if regions is None or known is None else known | regions


def roles_of(user: "User") -> frozenset[Role]:
    """The roles this person holds now."""
    return frozenset(reach_of(user))


def has_role(user: "User", *roles: Role) -> bool:
    """Whether this person holds at least one of these roles now."""
    return not roles_of(user).isdisjoint(roles)


def regions_of(user: "User", role: Role) -> set[int] | None:
    """The ids of the regions in which this person holds the role; None means everywhere."""
    return reach_of(user).get(role, set())
