"""What the letters about acting for a school say, and that each is only sent while it is true."""

import pytest

from schools.operations.contacts import approve_contact, claim_school
from schools.operations.leading import end_contact, make_lead
from stem.accounts.roles import Role
from stem.letters.hours import next_gathering
from stem.letters.sending import send_due
from tests import make

pytestmark = pytest.mark.django_db


def claim(school, now, email: str):
    return claim_school(
        school=school, user=make.user(email=email, name="Nia New"), job_title="Teacher", phone="01632 960001", at=now
    )


def subjects(outbox) -> list[str]:
    return sorted(message.subject for message in outbox)


def test_the_lead_is_asked_about_a_colleague_who_waits(now, outbox):
    lead = make.contact(lead=True)
    claim(lead.school, now, "n@elsewhere.example")

    send_due(at=now)

    [letter] = outbox
    assert letter.subject == "Does Nia New work at Beckside Academy?"
    assert lead.user.email in letter.to[0]
    assert "n@elsewhere.example" in letter.body and "/school/people/" in letter.body
    assert "n@elsewhere.example" in letter.alternatives[0][0]


def test_nobody_is_asked_about_a_colleague_whom_someone_let_in_meanwhile(now, outbox):
    lead = make.contact(lead=True)
    contact = claim(lead.school, now, "n@elsewhere.example")
    approve_contact(contact=contact, by=make.staff(Role.COORDINATOR), at=now)

    send_due(at=now)

    assert subjects(outbox) == ["You can now ask for visits to Beckside Academy"]


def test_the_lead_hears_of_whoever_joined_by_the_domain(now, outbox):
    lead = make.contact(lead=True, school=make.domain(domain="brook.sch.uk").school)
    claim(lead.school, now, "n@brook.sch.uk")

    send_due(at=next_gathering(now))

    assert subjects(outbox) == [
        "Nia New acts for Beckside Academy now",
        "You can now ask for visits to Beckside Academy",
    ]


@pytest.mark.parametrize(("has_lead", "says_so"), [(False, True), (True, False)])
def test_the_first_to_be_let_in_reads_that_they_lead(has_lead, says_so, now, outbox):
    contact = make.contact(approved=False)
    if has_lead:
        make.contact(school=contact.school, lead=True)
    approve_contact(contact=contact, by=make.staff(Role.COORDINATOR), at=now)

    send_due(at=now)

    assert ("so you lead" in outbox[0].body, "so you lead" in outbox[0].alternatives[0][0]) == (says_so, says_so)


def test_the_lead_passed_on_and_a_part_ended_are_told(now, outbox):
    lead = make.contact(lead=True)
    colleague = make.contact(school=lead.school)
    make_lead(contact=colleague, by=lead.user, at=now)
    end_contact(contact=lead, by=colleague.user, at=now)

    send_due(at=now)

    assert subjects(outbox) == ["You lead at Beckside Academy now", "You no longer act for Beckside Academy"]
