"""Where someone who has just signed in wants to be."""

from typing import TYPE_CHECKING

from ambassadors.models import Ambassador
from schools.enums import ContactStatus
from schools.progress import read_set_up
from stem.accounts.roles import Role, roles_of

if TYPE_CHECKING:
    from stem.accounts.models import User

# The desk of each role, the busiest first.
DESKS = {
    Role.COORDINATOR: "coordinator_home",
    Role.VETTING_OFFICER: "vetting_board",
    Role.QUALITY_MANAGER: "quality_home",
    Role.SAFEGUARDING_LEAD: "concerns",
    Role.SECOND_DEPUTY: "behind_glass",
    Role.DISCLOSURE_ASSESSOR: "checks_to_weigh",
    Role.ADMINISTRATOR: "staff_people",
    Role.COMPLAINT_HANDLER: "complaints",
}


def find_home(user: "User") -> str | None:
    """The name of this person's own page, or None for someone who has yet to say what they come for.

    Until the scheme is set up, an administrator's is the page where that is done, whatever else they are.
    """
    roles = roles_of(user)
    if Role.ADMINISTRATOR in roles and not read_set_up().is_complete:
        return "setup"
    for role, page in DESKS.items():
        if role in roles:
            return page
    parts = set(user.school_contacts.values_list("status", flat=True))
    if ContactStatus.APPROVED in parts:
        return "school_home"
    if Ambassador.objects.filter(user=user).exists():
        return "ambassador_home"
    return "claim_school" if ContactStatus.AWAITING in parts else None
