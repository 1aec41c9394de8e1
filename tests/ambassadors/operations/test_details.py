"""Said once, a name holds for the account and the register; and letters follow the account's address."""

import pytest

from ambassadors import notifications as of_ambassadors
from ambassadors.models import Ambassador
from ambassadors.operations.details import change_details
from bookings import notifications as of_bookings
from bookings.enums import OfferStatus, VisitStatus
from quality import notifications as of_quality
from quality.enums import FeedbackSide
from stem.accounts.models import User
from stem.audit.models import Entry
from stem.letters.drafts import Draft
from tests import make

pytestmark = pytest.mark.django_db
SAID = {"full_name": "Zed New", "known_as": "Zeddy", "phone": "01632 960999", "language": "cy"}


def test_a_change_reaches_the_register_and_its_history(now):
    person = make.ambassador(name="Ada Engineer", cleared=True)
    change_details(user=person.user, details=SAID, at=now)
    user, person = User.objects.get(pk=person.user_id), Ambassador.objects.get(pk=person.pk)
    assert (user.full_name, user.known_as, user.phone, user.language) == tuple(SAID.values())
    assert (person.full_name, person.known_as, person.phone) == ("Zed New", "Zeddy", "01632 960999")
    assert Entry.objects.filter(action="account.change", actor=user).count() == 1


def test_whoever_is_not_in_the_register_changes_their_account_alone(now):
    user, other = make.user(), make.ambassador(name="Ada Engineer")
    change_details(user=user, details=SAID, at=now)
    assert User.objects.get(pk=user.pk).full_name == "Zed New"
    assert Ambassador.objects.get(pk=other.pk).full_name == "Ada Engineer"


def test_every_letter_to_an_ambassador_goes_to_the_account_s_present_address(now):
    person = make.ambassador(cleared=True)
    User.objects.filter(pk=person.user_id).update(email="new@home.example")
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    seat, accepted = visit.seats.get(), visit.seats.get().offers.get()
    released = make.offer(ambassador=person, status=OfferStatus.RELEASED, seat=seat)
    form = make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR)
    draft = Draft(at=now)
    told = [
        of_ambassadors.application_approved(draft, ambassador_id=person.pk),
        of_bookings.offer_accepted(draft, offer_id=accepted.pk),
        of_bookings.seat_given_up(draft, offer_id=released.pk),
        of_bookings.visit_confirmed(draft, visit_id=visit.pk, seat_id=seat.pk, sequence=visit.sequence),
        of_quality.feedback_asked_of_ambassador(draft, feedback_id=form.pk),
    ]
    assert {envelope.to_email for envelope in told} == {"new@home.example"}
    calendars = [envelope.calendar.content.decode() for envelope in told if envelope.calendar]
    assert len(calendars) == 2 and all("new@home.example" in each.replace("\r\n ", "") for each in calendars)


def test_without_an_account_the_address_on_record_counts(now):
    person = make.ambassador(cleared=True)
    Ambassador.objects.filter(pk=person.pk).update(user=None, email="paper@post.example")
    assert Ambassador.objects.get(pk=person.pk).reached_at == "paper@post.example"


def test_officers_find_someone_by_the_address_they_use_now():
    person = make.ambassador()
    User.objects.filter(pk=person.user_id).update(email="new@home.example")
    assert list(Ambassador.objects.matching_text("new@home")) == [person]
