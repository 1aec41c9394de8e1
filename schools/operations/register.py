"""Schools entering our register."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from schools.enums import Phase, Register
from schools.models import School
from schools.search.index import write_words
from stem.accounts.roles import Role, has_role
from stem.promises import kept
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def add_school(
    *, name: str, street: str, town: str, postcode: str, phase: Phase, register_number: str = "", by: "User"
) -> School:
    """Enter a school by hand, for one that no register file has brought.

    Refuses with `postcode`, `not_staff`, or `school_known` when its register number is taken.
    """
    if not has_role(by, Role.COORDINATOR, Role.ADMINISTRATOR):
        raise refuse("not_staff", Kind.PERMISSION, _("Only the scheme's staff enter schools."))
    school = School(name=name, street=street, town=town, phase=phase)
    school.set_place(postcode)
    school.register_number = register_number or uuid4().hex[:12]
    known = Reason("school_known", Kind.INPUT, _("A school with this number is in the register already."))
    with kept(School, school_once_in_its_register=known):
        school.register = Register.HAND
        school.save()
    write_words([school])
    return school
