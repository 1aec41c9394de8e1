"""Whom the letters that ask how it went reach, and whom no longer."""

import pytest

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from bookings.operations.leaving import leave_school
from quality import notifications
from quality.enums import FeedbackSide
from stem.letters.drafts import Draft
from tests import make

pytestmark = pytest.mark.django_db


def asked_of_school(contact, email: str):
    visit = make.visit(
        contact=contact,
        ambassador=make.ambassador(cleared=True),
        status=VisitStatus.CONFIRMED,
        supervising_email=email,
    )
    make.domain(school=contact.school, domain="school.example")
    form = make.feedback(visit=visit)
    return lambda: notifications.feedback_asked_of_school(Draft(at=make.AFTER), feedback_id=form.pk)


def test_a_colleague_who_left_the_school_is_not_asked_and_nobody_in_their_place(now):
    contact = make.contact(lead=True)
    colleague = make.contact(school=contact.school)
    letter = asked_of_school(contact, contact.user.email.upper())
    assert letter().to_email == contact.user.email.upper()

    leave_school(contact=contact, successor=colleague, by=contact.user, at=now)

    assert letter() is None


def test_an_adult_without_an_account_is_asked_whoever_leaves(now):
    contact = make.contact()
    colleague = make.contact(school=contact.school)
    letter = asked_of_school(contact, "s.supervisor@school.example")
    leave_school(contact=contact, successor=colleague, by=contact.user, at=now)
    assert letter().to_email == "s.supervisor@school.example"


def test_who_left_another_school_is_asked_at_this_one(now):
    contact = make.contact()
    elsewhere = make.contact(user=contact.user, school=make.school(name="Elsewhere School"))
    leave_school(contact=elsewhere, by=contact.user, at=now)
    assert asked_of_school(contact, contact.user.email)().to_email == contact.user.email


def test_an_ambassador_who_has_left_is_not_asked():
    visit = make.held_visit()
    form = make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR)
    person = visit.seats.get().ambassador
    assert notifications.feedback_asked_of_ambassador(Draft(at=make.AFTER), feedback_id=form.pk) is not None
    Ambassador.objects.filter(pk=person.pk).update(status=AmbassadorStatus.LEFT)
    assert notifications.feedback_asked_of_ambassador(Draft(at=make.AFTER), feedback_id=form.pk) is None
