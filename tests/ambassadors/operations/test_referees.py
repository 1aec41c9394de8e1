"""Naming people who know one, and who may be named."""

from datetime import timedelta

import pytest

from ambassadors.enums import AmbassadorStatus, RefereeCapacity, RefereeStatus
from ambassadors.models import Referee
from ambassadors.operations.referees import Naming, ask_referee_again, name_referee, withdraw_referee
from ambassadors.vouching import my_referees
from stem.accounts.roles import Role
from stem.letters.models import Letter, OneTimeLink
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def name(person, now, *, email="rhea@northern.example", capacity=RefereeCapacity.EMPLOYER, by=None) -> Referee:
    naming = Naming(full_name="Rhea Referee", email=email, capacity=capacity)
    return name_referee(ambassador=person, naming=naming, by=by or person.user, at=now)


def refused(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value.codes


def test_whoever_is_named_is_written_to_at_once(now, outbox):
    person = make.applicant()
    referee = name(person, now)
    assert (referee.status, referee.asked_at, referee.named_at) == (RefereeStatus.ASKED, now, now)
    send_due(at=now)
    (letter,) = outbox
    assert letter.to == ["Rhea Referee <rhea@northern.example>"]
    assert letter.subject == "Amina Applicant has named you as someone who knows them"
    assert "/reference/" in letter.body
    assert OneTimeLink.objects.get().expires_at.date() == (now + timedelta(days=28)).date()


def test_two_are_enough(now):
    person = make.applicant()
    name(person, now)
    assert my_referees(person, on=day_of(now)).wanted == 1
    name(person, now, email="second@northern.example")
    assert my_referees(person, on=day_of(now)).wanted == 0
    assert refused(name, person, now, email="third@northern.example") == ["enough"]


@pytest.mark.parametrize(
    "email",
    [
        "amina@people.example",
        "Amina@People.Example",
        "amina+work@people.example",
        "first@northern.example",
        "FIRST+again@northern.example",
        "vera@scheme.example",
        "VERA@scheme.example",
        "hello@localhost.example",
    ],
)
def test_nobody_vouches_for_themselves_or_twice_and_no_officer_does(email, now, settings):
    person = make.applicant(user=make.user(email="amina@people.example"))
    make.staff(Role.VETTING_OFFICER, email="vera@scheme.example")
    name(person, now, email="first@northern.example")
    settings.SCHEME_EMAIL = "hello@localhost.example"
    assert refused(name, person, now, email=email) == ["email"]
    assert person.referees.count() == 1


def test_a_former_officer_may_vouch(now):
    officer = make.staff(Role.VETTING_OFFICER, email="vera@scheme.example")
    officer.grants.update(ended_at=now - timedelta(days=1))
    assert name(make.applicant(), now, email="vera@scheme.example").status == RefereeStatus.ASKED


def test_one_of_the_two_knows_them_from_work_study_or_youth_work(now):
    person = make.applicant()
    name(person, now, capacity=RefereeCapacity.OTHER)
    assert refused(name, person, now, email="b@other.example", capacity=RefereeCapacity.OTHER) == ["capacity"]
    for capacity in (RefereeCapacity.EMPLOYER, RefereeCapacity.UNIVERSITY, RefereeCapacity.YOUTH_WORK):
        second = name(person, now, email=f"{capacity}@other.example", capacity=capacity)
        withdraw_referee(referee=second, by=person.user, at=now)


def test_whom_an_officer_left_out_is_not_named_again(now):
    person = make.applicant()
    make.answered(person, status=RefereeStatus.NOT_ACCEPTED)
    assert refused(name, person, now) == ["email"]
    assert name(person, now, email="other@northern.example").status == RefereeStatus.ASKED


def test_whose_name_was_taken_back_may_be_named_again(now):
    person = make.applicant()
    withdraw_referee(referee=name(person, now), by=person.user, at=now)
    assert name(person, now + timedelta(hours=1)).status == RefereeStatus.ASKED
    assert Letter.objects.count() == 2


def test_nobody_writes_to_strangers_without_end(now):
    person = make.applicant()
    for number in range(8):
        withdraw_referee(referee=name(person, now, email=f"r{number}@a.example"), by=person.user, at=now)
    assert refused(name, person, now, email="ninth@a.example") == ["too_many"]


@pytest.mark.parametrize("status", [AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT])
def test_whoever_is_not_joining_needs_nobody(status, now):
    assert refused(name, make.applicant(status=status), now) == ["not_needed"]


@pytest.mark.parametrize("status", ["answered", "accepted", "not_accepted", "withdrawn"])
def test_what_has_been_answered_is_no_longer_the_applicant_s_to_take_away(status, now):
    person = make.applicant()
    referee = make.answered(person, status=status)
    assert refused(withdraw_referee, referee=referee, by=person.user, at=now) == ["state"]


def test_the_letter_of_someone_taken_back_does_not_leave(now, outbox):
    person = make.applicant()
    withdraw_referee(referee=name(person, now), by=person.user, at=now)
    send_due(at=now)
    assert outbox == []


def test_asked_again_they_get_a_fresh_link_after_three_days(now, outbox):
    person = make.applicant()
    referee = name(person, now)
    again = now + timedelta(days=3)
    assert refused(ask_referee_again, referee=referee, by=person.user, at=again - timedelta(minutes=1)) == ["too_soon"]
    ask_referee_again(referee=referee, by=person.user, at=again)
    send_due(at=again)
    assert [message.to for message in outbox] == [["Rhea Referee <rhea@northern.example>"]] * 2
    assert OneTimeLink.objects.count() == 2


def test_nobody_names_asks_or_takes_back_for_someone_else(now):
    person = make.applicant()
    referee = make.referee(person)
    officer = make.staff(Role.VETTING_OFFICER)
    assert refused(name, person, now, by=officer, email="x@a.example") == ["not_your_profile"]
    assert refused(ask_referee_again, referee=referee, by=officer, at=now) == ["not_your_profile"]
    assert refused(withdraw_referee, referee=referee, by=officer, at=now) == ["not_your_profile"]
