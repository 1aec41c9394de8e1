"""What referees answer, what officers decide, and when references are complete."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambassadors.enums import AmbassadorStatus, RefereeCapacity, RefereeStatus, RequirementKind
from ambassadors.models import Ambassador, Referee
from ambassadors.operations.applications import approve_application
from ambassadors.operations.referees import withdraw_referee
from ambassadors.operations.references import (
    Reference,
    accept_reference,
    chase_referees,
    give_reference,
    not_accept_reference,
    turn_down_reference,
)
from ambassadors.operations.returning import return_to_scheme
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.letters.links import find_link, mint_link
from stem.letters.models import Letter, OneTimeLink
from stem.letters.sending import send_due
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

KIND_WORDS = Reference("Four years, at work.", "No.", has_doubts=False, reliability="Entirely.")


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter")


def link_to(referee: Referee, now) -> OneTimeLink:
    token = mint_link("give_reference", referee.pk, expires_at=now + timedelta(days=28))
    return find_link("give_reference", token, at=now)


def refused(act, **kwargs) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(**kwargs)
    return caught.value.codes


def accept(referee, by, now) -> None:
    accept_reference(referee=referee, verified_how="Rang the switchboard", by=by, at=now)


def is_complete(person: Ambassador) -> bool:
    return person.requirements.filter(kind=RequirementKind.REF, withdrawn_at=None).exists()


def both(person, *, doubts=False, capacity=RefereeCapacity.EMPLOYER) -> list[Referee]:
    second = make.answered(person, email="second@a.example", doubts=doubts, capacity=capacity)
    return [make.answered(person, capacity=RefereeCapacity.OTHER), second]


def test_answers_are_kept_and_the_applicant_learns_that_there_are_some(now, outbox):
    person = make.applicant()
    referee = make.referee(person)
    give_reference(link=link_to(referee, now), reference=KIND_WORDS, at=now)
    referee.refresh_from_db()
    assert (referee.status, referee.answered_at, referee.reliability) == (RefereeStatus.ANSWERED, now, "Entirely.")
    send_due(at=now)
    assert [message.subject for message in outbox] == ["Rhea Referee has answered"]
    assert "Entirely" not in outbox[0].body and "Four years" not in outbox[0].body


def test_a_link_is_spent_once_and_a_second_one_finds_the_answers_in(now):
    referee = make.referee(make.applicant())
    first, second = link_to(referee, now), link_to(referee, now)
    give_reference(link=first, reference=KIND_WORDS, at=now)
    for link in (first, second):
        assert refused(give_reference, link=link, reference=KIND_WORDS, at=now) == ["answered_before"]


@pytest.mark.parametrize("because", ["unknown", "rather_not"])
def test_whoever_would_rather_not_is_left_alone_and_someone_else_is_named(because, now, outbox):
    person = make.applicant()
    referee = make.referee(person)
    turn_down_reference(link=link_to(referee, now), because=because, at=now)
    referee.refresh_from_db()
    assert (referee.status, referee.events.get().reason) == (RefereeStatus.NOT_ACCEPTED, because)
    send_due(at=now)
    assert [message.subject for message in outbox] == ["Please name one more person who knows you"]
    assert "know this person" not in outbox[0].body


@pytest.mark.parametrize(
    ("status", "standing", "code"),
    [
        (RefereeStatus.WITHDRAWN, AmbassadorStatus.VETTING, "not_needed"),
        (RefereeStatus.ASKED, AmbassadorStatus.DECLINED, "not_needed"),
        (RefereeStatus.ASKED, AmbassadorStatus.LEFT, "not_needed"),
        (RefereeStatus.ANSWERED, AmbassadorStatus.VETTING, "answered_before"),
        (RefereeStatus.ACCEPTED, AmbassadorStatus.LEFT, "answered_before"),
    ],
)
def test_what_is_no_longer_wanted_is_not_taken_and_the_link_not_spent(status, standing, code, now):
    referee = make.referee(make.applicant(status=standing), status=status)
    link = link_to(referee, now)
    assert refused(give_reference, link=link, reference=KIND_WORDS, at=now) == [code]
    link.refresh_from_db()
    assert link.used_at is None


def test_with_the_second_accepted_references_are_complete(officer, now):
    person = make.applicant()
    first, second = both(person)
    accept(first, officer, now)
    assert not is_complete(person)
    accept(second, officer, now)
    row = person.requirements.get(kind=RequirementKind.REF)
    assert (row.recorded_by, row.recorded_at, row.valid_until) == (officer, now, None)


def test_two_that_know_them_in_another_way_do_not_complete_them(officer, now):
    person = make.applicant()
    for referee in both(person, capacity=RefereeCapacity.OTHER):
        accept(referee, officer, now)
    assert not is_complete(person)


def test_what_an_officer_recorded_by_hand_is_not_recorded_twice(officer, now):
    person = make.applicant()
    make.requirement(person, kind=RequirementKind.REF, recorded_by=officer)
    for referee in both(person):
        accept(referee, officer, now)
    assert person.requirements.count() == 1


def test_a_reason_against_takes_two_officers(officer, now):
    person = make.applicant()
    first, doubtful = both(person, doubts=True)
    accept(first, officer, now)
    accept(doubtful, officer, now)
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.decided_by) == (RefereeStatus.ANSWERED, officer)
    assert refused(accept, referee=doubtful, by=officer, now=now) == ["same_person"]
    assert not is_complete(person)
    accept(doubtful, make.staff(Role.VETTING_OFFICER), now)
    assert is_complete(person)


def leave_out(referee, by, now) -> None:
    not_accept_reference(referee=referee, because="Not theirs", by=by, at=now)


def test_leaving_out_a_reason_against_takes_two_officers(officer, now):
    _first, doubtful = both(make.applicant(), doubts=True)
    leave_out(doubtful, officer, now)
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.decided_by, doubtful.is_first_left_out) == (
        RefereeStatus.ANSWERED,
        officer,
        True,
    )
    assert Letter.objects.count() == 0
    assert refused(leave_out, referee=doubtful, by=officer, now=now) == ["same_person"]
    second = make.staff(Role.VETTING_OFFICER)
    leave_out(doubtful, second, now)
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.decided_by) == (RefereeStatus.NOT_ACCEPTED, second)
    assert [(each.kind, each.by, each.note) for each in doubtful.events.all()] == [
        ("not_accept_first", officer, "Not theirs"),
        ("not_accept", second, "Not theirs"),
    ]
    assert [letter.fact_name for letter in Letter.objects.all()] == ["another_referee_needed"]
    told = Entry.objects.filter(object_type="ambassadors.referee").values_list("action", "actor")
    assert list(told) == [("referee.not_accept_first", officer.pk), ("referee.not_accept", second.pk)]


def test_of_a_yes_and_a_no_neither_is_a_decision(officer, now):
    _first, doubtful = both(make.applicant(), doubts=True)
    second = make.staff(Role.VETTING_OFFICER)
    accept(doubtful, officer, now)
    leave_out(doubtful, second, now)
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.is_first_accepted, doubtful.is_first_left_out) == (
        RefereeStatus.ANSWERED,
        False,
        True,
    )
    assert refused(leave_out, referee=doubtful, by=second, now=now) == ["same_person"]
    accept(doubtful, second, now)
    accept(doubtful, officer, now)
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.decided_by) == (RefereeStatus.ACCEPTED, officer)


def test_nobody_is_taken_in_while_a_reason_against_is_undecided(officer, now):
    person = make.ambassador(cleared=True, status=AmbassadorStatus.VETTING)
    doubtful = make.answered(person, doubts=True)
    second = make.staff(Role.VETTING_OFFICER)
    for undecided in (lambda: None, lambda: leave_out(doubtful, officer, now)):
        undecided()
        assert refused(approve_application, ambassador=person, by=officer, at=now) == ["doubt_undecided"]
    leave_out(doubtful, second, now)
    approve_application(ambassador=person, by=officer, at=now)
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.ACTIVE


def test_whoever_returns_leaves_no_reason_against_behind_undecided(now):
    person = make.ambassador(cleared=True, status=AmbassadorStatus.LEFT)
    person.requirements.filter(kind=RequirementKind.REF).delete()
    long_ago = now - timedelta(days=800)
    doubtful = make.answered(person, doubts=True, named_at=long_ago)
    other = make.answered(person, email="o@a.example", named_at=long_ago)
    return_to_scheme(ambassador=person, by=person.user, at=now)
    for referee, status in ((doubtful, RefereeStatus.ANSWERED), (other, RefereeStatus.WITHDRAWN)):
        referee.refresh_from_db()
        assert referee.status == status
    assert refused(withdraw_referee, referee=doubtful, by=person.user, at=now) == ["state"]


def leads_in(*areas: str) -> User:
    region = Region.objects.create(name=" ".join(areas), slug="-".join(areas).lower(), nation=Nation.ENG)
    RegionArea.objects.bulk_create(RegionArea(region=region, area=area) for area in areas)
    return make.staff(Role.SAFEGUARDING_LEAD, regions=(region,), email=f"lead-{region.slug}@leads.example")


def test_the_leads_of_the_region_hear_once_that_there_is_something_and_not_what(officer, now, outbox):
    person = make.applicant(name="Amina Applicant")
    near, far = leads_in("LS"), leads_in("TR")
    everywhere = make.staff(Role.SAFEGUARDING_LEAD, email="lead@leads.example")
    make.staff(Role.DISCLOSURE_ASSESSOR, email="fay@panel.example")
    doubts = replace(KIND_WORDS, has_doubts=True)
    give_reference(link=link_to(make.referee(person), now), reference=doubts, at=now)
    send_due(at=now)
    letters = [message for message in outbox if message.subject == "A question has come up in someone’s vetting"]
    assert {to.partition("<")[2].strip(">") for message in letters for to in message.to} == {
        near.email,
        everywhere.email,
    }
    assert len(letters) == 2 and far.email not in str([message.to for message in outbox])
    for message in letters:
        assert "Amina Applicant" in message.body and "Vera Vetter" in message.body and officer.email in message.body
        for private in ("Rhea", "referee", "reference", "reason against", "children", "Four years", "Entirely"):
            assert private not in message.body, private


def test_without_a_reason_against_no_lead_hears_of_a_reference(officer, now, outbox):
    make.staff(Role.SAFEGUARDING_LEAD)
    give_reference(link=link_to(make.referee(make.applicant()), now), reference=KIND_WORDS, at=now)
    send_due(at=now)
    assert [message.subject for message in outbox] == ["Rhea Referee has answered"]


def test_no_lead_hears_of_a_question_about_themselves(officer, now):
    own = make.staff(Role.SAFEGUARDING_LEAD)
    doubts = replace(KIND_WORDS, has_doubts=True)
    give_reference(link=link_to(make.referee(make.applicant(user=own)), now), reference=doubts, at=now)
    assert [letter.fact_name for letter in Letter.objects.all()] == ["reference_given"]


def test_how_it_was_made_sure_is_on_record_or_it_is_not_accepted(officer, now):
    first, _second = both(make.applicant())
    assert refused(accept_reference, referee=first, verified_how="  ", by=officer, at=now) == ["verified_how"]
    accept(first, officer, now)
    first.refresh_from_db()
    assert (first.status, first.verified_how) == (RefereeStatus.ACCEPTED, "Rang the switchboard")


def test_left_out_has_its_reason_on_record_and_the_applicant_is_not_told_it(officer, now, outbox):
    first, _second = both(make.applicant())
    assert refused(not_accept_reference, referee=first, because=" ", by=officer, at=now) == ["because"]
    not_accept_reference(referee=first, because="The address is not theirs", by=officer, at=now)
    assert [event.note for event in first.events.all()] == ["The address is not theirs"]
    send_due(at=now)
    assert [message.subject for message in outbox] == ["Please name one more person who knows you"]
    assert "address" not in outbox[0].body


def test_nobody_decides_about_references_to_themselves_and_no_stranger_does(now):
    own = make.staff(Role.VETTING_OFFICER)
    first, second = both(make.applicant(user=own))
    for by, code in ((own, "own_record"), (make.user(), "not_vetting_officer")):
        assert refused(accept, referee=first, by=by, now=now) == [code]
        assert refused(not_accept_reference, referee=second, because="No", by=by, at=now) == [code]


@pytest.mark.parametrize("status", [each for each in RefereeStatus if each is not RefereeStatus.ANSWERED])
def test_only_an_answered_one_is_decided_about(status, officer, now):
    referee = make.answered(make.applicant(), status=status)
    assert refused(accept, referee=referee, by=officer, now=now) == ["state"]
    assert refused(not_accept_reference, referee=referee, because="No", by=officer, at=now) == ["state"]


def sent_by(sweeps: list[float], now, outbox) -> list[str]:
    """The subjects of what left, when the sweep ran so many days after the asking."""
    for days in sweeps:
        chase_referees(at=now + timedelta(days=days))
    send_due(at=now + timedelta(days=max(sweeps)))
    return [message.subject for message in outbox]


REMINDER = "A few words about Amina Applicant, if you would"
SILENT = "We have not heard from Rhea Referee"


@pytest.mark.parametrize(
    ("sweeps", "subjects"),
    [
        ([6.9], []),
        ([7], [REMINDER]),
        ([7, 7, 8, 13.9], [REMINDER]),
        ([7, 14, 14, 15], [REMINDER, SILENT]),
        ([14], [SILENT]),
        ([60], []),
    ],
    ids=str,
)
def test_the_silent_are_reminded_once_and_then_whoever_named_them_is_told(sweeps, subjects, now, outbox):
    make.referee(make.applicant(), asked_at=now)
    assert sent_by(sweeps, now, outbox) == subjects


def test_a_reminder_brings_a_link_of_its_own(now, outbox):
    make.referee(make.applicant(), asked_at=now)
    sent_by([7], now, outbox)
    assert OneTimeLink.objects.get().purpose == "give_reference"


@pytest.mark.parametrize("standing", [AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT])
def test_nobody_is_chased_for_someone_who_is_not_joining(standing, now, outbox):
    make.referee(make.applicant(status=standing), asked_at=now)
    assert sent_by([7, 14], now, outbox) == []


def test_whoever_has_answered_is_not_chased(now, outbox):
    make.answered(make.applicant(), asked_at=now)
    assert sent_by([7, 14], now, outbox) == []
