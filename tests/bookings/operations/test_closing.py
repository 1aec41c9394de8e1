"""Closing an account: only once nothing hangs on it, and then for good."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.operations.closing import close_account
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.feeds import feed_key, owner_of_feed
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "uma@people.example"


def codes_for(user: User, now) -> list[str]:
    with pytest.raises(Refusal) as refused:
        close_account(user=user, at=now)
    assert User.objects.get(pk=user.pk).is_active
    return refused.value.codes


def test_someone_without_a_part_closes_theirs_and_may_join_again_with_the_same_address(now):
    user = make.user(email=ADDRESS, phone="01632 960001", known_as="Um")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    key = feed_key(user)

    close_account(user=user, at=now)

    user.refresh_from_db()
    assert (user.is_active, user.full_name, user.known_as, user.phone) == (False, "", "", "")
    assert user.email == f"closed-{user.pk}@account.invalid"
    assert not user.has_usable_password() and owner_of_feed(key) is None
    assert not EmailAddress.objects.filter(user=user).exists() and not Authenticator.objects.exists()
    assert Entry.objects.filter(action="account.close", actor=user).count() == 1
    assert make.user(email=ADDRESS).pk != user.pk


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_staff_ask_an_administrator_first(role, now):
    assert codes_for(make.staff(role), now) == ["has_role"]


def test_the_only_administrator_names_another_first(now):
    only = make.staff(Role.ADMINISTRATOR)
    assert codes_for(only, now) == ["last_administrator"]
    make.staff(Role.ADMINISTRATOR)
    assert codes_for(only, now) == ["has_role"]


@pytest.mark.parametrize("status", ["draft", "vetting", "active", "paused"])
def test_an_ambassador_leaves_the_scheme_first(status, now):
    person = make.ambassador(cleared=True, status=AmbassadorStatus(status))
    assert codes_for(person.user, now) == ["takes_part"]


def test_whoever_acts_for_a_school_leaves_it_first(now):
    assert codes_for(make.contact().user, now) == ["acts_for_school"]


def test_each_part_is_named_where_there_are_several(now):
    user = make.staff(Role.COORDINATOR)
    make.ambassador(user=user, cleared=True)
    make.contact(user=user)
    assert codes_for(user, now) == ["has_role", "takes_part", "acts_for_school"]


@pytest.mark.parametrize("status", ["left", "declined"])
def test_whoever_has_left_keeps_their_name_and_last_address_in_the_register(status, now):
    user = make.user(email=ADDRESS, name="Ada Engineer")
    person = make.ambassador(user=user, status=AmbassadorStatus(status), email="old@work.example")
    close_account(user=user, at=now)
    person = Ambassador.objects.get(pk=person.pk)
    assert (person.email, person.reached_at, person.user.full_name) == (ADDRESS, ADDRESS, "Ada Engineer")


def test_a_question_to_a_school_that_waits_is_taken_back(now):
    contact = make.contact(approved=False)
    close_account(user=contact.user, at=now)
    assert Contact.objects.get(pk=contact.pk).status == ContactStatus.ENDED
    assert [event.kind for event in contact.events.all()] == ["take_back"]


def test_twice_at_most_closes_once(now):
    user = make.user()
    close_account(user=user, at=now)
    close_account(user=user, at=now)
    assert User.objects.get(pk=user.pk).email == f"closed-{user.pk}@account.invalid"
