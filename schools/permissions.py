"""Who may act for a school."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from schools.models import Contact, School
from stem.accounts.roles import Role, has_role
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_act_for(user: "User", school: School) -> None:
    """An approved contact of this school, or a coordinator of its region. Refuses with `not_for_school`."""
    is_contact = Contact.objects.approved().filter(user=user, school=school).exists()
    if not is_contact and not looks_after(user, school):
        raise refuse("not_for_school", Kind.PERMISSION, _("You cannot act for this school."))


def looks_after(user: "User", school: School) -> bool:
    """Whether this person coordinates the region that the school is in."""
    return has_role(user, Role.COORDINATOR) and School.objects.looked_after_by(user).filter(pk=school.pk).exists()


def check_may_decide_contacts(user: "User", school: School) -> None:
    """A coordinator of the school's region decides who acts for it. Refuses with `not_coordinator`."""
    if not looks_after(user, school):
        raise refuse("not_coordinator", Kind.PERMISSION, _("Only a coordinator of this region may do that."))


def check_may_settle_successions(user: "User") -> None:
    """Administrators say which school follows which. Refuses with `not_administrator`."""
    if not has_role(user, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only administrators say which school follows which."))
