"""Who may act for a school."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from schools.models import Contact, School
from stem.accounts.roles import Role, has_role
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_act_for(user: "User", school: School) -> None:
    """A contact of this school or of one that follows it, or a coordinator of its region.

    Refuses with `not_for_school`.
    """
    is_contact = School.objects.acted_for_by(user).filter(pk=school.pk).exists()
    if not is_contact and not looks_after(user, school):
        raise refuse("not_for_school", Kind.PERMISSION, _("You cannot act for this school."))


def looks_after(user: "User", school: School) -> bool:
    """Whether this person coordinates the region that the school is in."""
    return has_role(user, Role.COORDINATOR) and School.objects.looked_after_by(user).filter(pk=school.pk).exists()


def leads_at(user: "User", school: School) -> bool:
    """Whether this person leads among those who act for the school."""
    return Contact.objects.approved().leading().filter(user=user, school=school).exists()


def check_may_decide_contacts(user: "User", school: School) -> None:
    """The school's lead, or a coordinator of its region, decides who acts for it. Refuses with `not_lead`."""
    if not leads_at(user, school) and not looks_after(user, school):
        raise refuse(
            "not_lead", Kind.PERMISSION, _("Only the lead at this school, or a coordinator of its region, may do that.")
        )


def check_may_end_contact(user: "User", contact: Contact) -> None:
    """People stop for themselves; the lead or a coordinator may end anyone's part. Refuses with `not_lead`."""
    if contact.user_id != user.pk:
        check_may_decide_contacts(user, contact.school)


def check_may_verify_domains(user: "User", school: School) -> None:
    """A coordinator of the school's region says whose addresses prove that they work there.

    Not the lead: what lets people in without anyone's look is for the scheme to answer for. Refuses with
    `not_coordinator`.
    """
    if not looks_after(user, school):
        raise refuse("not_coordinator", Kind.PERMISSION, _("Only a coordinator of this region may do that."))


def check_may_settle_successions(user: "User") -> None:
    """Administrators say which school follows which. Refuses with `not_administrator`."""
    if not has_role(user, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only administrators say which school follows which."))


def check_may_keep_people(user: "User", school: School) -> None:
    """Whoever acts for the school looks after the list of its staff. Refuses with `not_for_school`."""
    if not Contact.objects.approved().filter(user=user, school=school).exists():
        raise refuse("not_for_school", Kind.PERMISSION, _("You cannot act for this school."))


def check_may_keep_time(user: "User", school: School) -> None:
    """Whoever acts for the school, or looks after it, says when it is open. Refuses with `not_for_school`."""
    check_may_act_for(user, school)


def check_may_keep_authority_dates(user: "User", nation: str, authority: str) -> None:
    """Administrators keep the dates of authorities, and coordinators those by which schools of their regions go.

    Refuses with `not_staff`.
    """
    if has_role(user, Role.ADMINISTRATOR):
        return
    schools = School.objects.looked_after_by(user).filter(nation=nation, authority=authority)
    if not has_role(user, Role.COORDINATOR) or not schools.exists():
        words = _("Only administrators, and coordinators who look after a school of it, keep an authority’s dates.")
        raise refuse("not_staff", Kind.PERMISSION, words)
