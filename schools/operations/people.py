"""The staff whom a school's requests name, kept for its next one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import permissions
from schools.enums import PersonKind
from schools.models import School, SchoolPerson
from stem.promises import kept
from stem.rules import Kind, Reason

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def remember_people(
    *,
    school: School,
    supervising_adult: str,
    supervising_email: str,
    safeguarding_lead: str,
    safeguarding_phone: str,
    at: datetime,
) -> None:
    """Keep whom a request names; someone known under the same name is kept once, as last spelt and reached."""
    school = School.objects.locked(school)
    _remember(school, PersonKind.SUPERVISING, supervising_adult, email=supervising_email, at=at)
    _remember(school, PersonKind.SAFEGUARDING, safeguarding_lead, phone=safeguarding_phone, at=at)


def _remember(school: School, kind: PersonKind, name: str, *, email: str = "", phone: str = "", at: datetime) -> None:
    """Keep one person. The caller holds the school, so that nobody is kept twice."""
    known = SchoolPerson.objects.filter(school=school, kind=kind, name__iexact=name).first()
    person = known or SchoolPerson(school=school, kind=kind)
    person.name, person.email, person.phone, person.last_named_at = name, email, phone, at
    person.save()


@transaction.atomic
def change_person(*, person: SchoolPerson, name: str, reached_at: str, by: "User") -> None:
    """Put right how someone is called or reached; requests and visits that name them keep their own words.

    Refuses with `not_for_school`, or `name` when another on the list is called so.
    """
    permissions.check_may_keep_people(by, person.school)
    person = SchoolPerson.objects.locked(person)
    person.name = name
    if person.kind == PersonKind.SUPERVISING:
        person.email = reached_at
    else:
        person.phone = reached_at
    taken = Reason("name", Kind.INPUT, _("Someone of this name is on the list already. Take one of the two off it."))
    with kept(SchoolPerson, person_once_per_school_and_part=taken):
        person.save(update_fields=["name", "email", "phone"])


@transaction.atomic
def forget_person(*, person: SchoolPerson, by: "User") -> None:
    """Take someone off the list: later requests do not offer them, earlier ones stand.

    Refuses with `not_for_school`.
    """
    permissions.check_may_keep_people(by, person.school)
    person.delete()
