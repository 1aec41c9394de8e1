"""When a school goes on under another number, its people and what it kept go with it."""

from datetime import datetime

from django.db import transaction

from schools import notifications
from schools.enums import ContactStatus
from schools.models import Contact, Period, School, SchoolDomain, SchoolPerson, SchoolYear, Succession
from schools.workflow import CONTACT
from stem.letters.post import post


def carry_people_over(*, at: datetime) -> int:
    """Let whoever acts for a school that is no more act for the one that follows it; for how many schools.

    Only where one school follows: of two, nobody but the people themselves can say whose they are. A sweep: it may run
    twice, or be cut short and run again.
    """
    left_behind = list(Succession.objects.with_people_left_behind().select_related("predecessor", "successor"))
    olds = [each.predecessor_id for each in left_behind]
    alone = [each for each in left_behind if olds.count(each.predecessor_id) == 1]
    for succession in alone:
        _carry_over(succession.predecessor, succession.successor, at=at)
    return len(alone)


@transaction.atomic
def _carry_over(old: School, new: School, *, at: datetime) -> None:
    """People, verified domains, the staff whom requests name and when it is open, from one school to the other."""
    # In the order of their keys, as everyone locks schools.
    for school in sorted((old, new), key=lambda each: each.pk):
        School.objects.locked(school)
    for contact in Contact.objects.approved().filter(school=old).select_related("user").order_by("-is_lead", "pk"):
        _let_in_too(contact, new, at=at)
        CONTACT.move(contact, "end", by=None, at=at, is_lead=False)
    for domain in SchoolDomain.objects.filter(school=old):
        SchoolDomain.objects.get_or_create(
            school=new,
            domain=domain.domain,
            defaults={"verified_at": domain.verified_at, "verified_by": domain.verified_by},
        )
    kept = set(SchoolPerson.objects.filter(school=new).values_list("kind", "name"))
    for person in SchoolPerson.objects.filter(school=old):
        if (person.kind, person.name) not in kept:
            person.school = new
            person.save(update_fields=["school"])
    _carry_time_over(old, new)


def _carry_time_over(old: School, new: School) -> None:
    """The years of which only the old school has told its dates, and its periods where the new one has told none."""
    told = set(SchoolYear.objects.filter(school=new).values_list("year", flat=True))
    SchoolYear.objects.filter(school=old).exclude(year__in=told).update(school=new)
    if not Period.objects.filter(school=new).exists():
        Period.objects.filter(school=old).update(school=new)


def _let_in_too(before: Contact, new: School, *, at: datetime) -> None:
    """Whoever acted for the old school acts for the new one; its lead leads there, if nobody does yet."""
    contact, _is_new = Contact.objects.get_or_create(
        school=new,
        user=before.user,
        defaults={"job_title": before.job_title, "phone": before.phone, "asked_at": at},
    )
    if contact.status != ContactStatus.AWAITING:
        return  # a person has decided about them already
    CONTACT.move(contact, "approve", by=None, at=at)
    if before.is_lead and not Contact.objects.leading().filter(school=new).exists():
        CONTACT.move(contact, "lead", by=None, at=at, is_lead=True)
    post(notifications.contact_approved, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")
