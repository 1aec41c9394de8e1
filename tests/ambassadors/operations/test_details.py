"""Said once, a name holds for the account and the register; and letters follow the account's address."""

from datetime import timedelta

import pytest

from ambassadors import notifications as of_ambassadors
from ambassadors.enums import RequirementKind
from ambassadors.models import Ambassador, Requirement
from ambassadors.operations.details import change_details
from ambassadors.operations.profile import change_profile
from bookings import notifications as of_bookings
from bookings.enums import OfferStatus, VisitStatus
from bookings.operations.standing import give_back_lapsed
from quality import notifications as of_quality
from quality.enums import FeedbackSide
from stem.accounts.models import User
from stem.audit.models import Entry
from stem.letters.drafts import Draft
from stem.moments import day_of
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


class TestAnotherName:
    """Who somebody is counts under the name under which it was seen (rule 1.2)."""

    @pytest.fixture
    def person(self) -> Ambassador:
        return make.ambassador(name="Ada Engineer", cleared=True)

    def is_seen(self, person: Ambassador, now) -> bool:
        rows = Requirement.objects.counting_on(day_of(now)).filter(ambassador=person, kind=RequirementKind.ID)
        return rows.exists()

    def test_on_the_account_it_is_seen_anew(self, person, now):
        change_details(user=person.user, details=SAID, at=now)
        assert not self.is_seen(person, now)
        row = person.requirements.get(kind=RequirementKind.ID)
        assert (row.withdrawn_by, row.withdrawn_at) == (person.user, now)

    def test_on_the_profile_as_well(self, person, now):
        change_profile(ambassador=person, answers={"full_name": "Zed New"}, by=person.user, at=now)
        assert not self.is_seen(person, now)

    @pytest.mark.parametrize("name", ["Ada Engineer", "ada  engineer", " ADA ENGINEER"])
    def test_how_it_is_typed_changes_nothing(self, person, now, name):
        change_details(user=person.user, details={**SAID, "full_name": name}, at=now)
        change_profile(ambassador=person, answers={"full_name": name}, by=person.user, at=now)
        change_profile(ambassador=person, answers={"phone": "01632 960999"}, by=person.user, at=now)
        assert self.is_seen(person, now)

    def test_a_visit_stays_theirs_until_it_is_near(self, person, now):
        near, far = (
            make.visit(
                ambassador=person,
                status=VisitStatus.CONFIRMED,
                time=(now + timedelta(days=days), now + timedelta(days=days, hours=1)),
            ).seats.get()
            for days in (3, 28)
        )
        change_details(user=person.user, details=SAID, at=now)
        assert give_back_lapsed(at=now + timedelta(hours=17)) == 1
        near.refresh_from_db()
        far.refresh_from_db()
        assert (near.ambassador, far.ambassador) == (None, person)


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
