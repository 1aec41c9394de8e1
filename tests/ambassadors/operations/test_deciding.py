"""Asking an applicant for more, and turning an application down."""

from datetime import timedelta

import pytest

from ambassadors.enums import AmbassadorStatus, CheckStatus, DeclineGround
from ambassadors.models import Ambassador, Application
from ambassadors.operations.applications import approve_application
from ambassadors.operations.asking import answer_asked, ask_for_more, remind_draft, settle_asked, settle_talk
from ambassadors.operations.declining import (
    confirm_decline,
    decline_application,
    propose_decline,
    take_back_decline,
)
from ambassadors.workflow import LIFECYCLE
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.letters.sending import send_due
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

# Ten working days in England after Tuesday 12 January 2027: the last day on which someone may comment.
LAST_DAY = timedelta(days=14)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter")


@pytest.fixture
def colleague():
    return make.staff(Role.VETTING_OFFICER, name="Colin Colleague")


@pytest.fixture
def applicant():
    """Someone of whom two assessors found that their check speaks against it."""
    person = make.ambassador(name="Amina Applicant")
    began = person.registered_at
    Application.objects.create(ambassador=person, started_at=began, check_agreed_at=began)
    make.check(person, status=CheckStatus.NOT_SUITABLE, decided_on=make.NOW.date())
    return person


def refusal(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refused:
        operation(**arguments)
    return refused.value.codes


def application(person: Ambassador) -> Application:
    return Application.objects.get(ambassador=person)


def history(person: Ambassador) -> list[tuple[str, str]]:
    return list(person.events.values_list("kind", "note"))


def status(person: Ambassador) -> str:
    return Ambassador.objects.get(pk=person.pk).status


def letters(outbox, now) -> list[str]:
    send_due(at=now)
    return [message.subject for message in outbox]


def test_whoever_is_asked_hears_what_for_and_answers(applicant, officer, now, outbox):
    ask_for_more(ambassador=applicant, needed="A clearer photo, please.", by=officer, at=now)

    assert letters(outbox, now) == ["We need something more from you"]
    assert "A clearer photo, please." in outbox[0].body and "/ambassador/asked/" in outbox[0].body
    assert "A clearer photo, please." in outbox[0].alternatives[0][0]

    answer_asked(ambassador=applicant, words="Done on Tuesday", by=applicant.user, at=now + timedelta(days=1))
    assert application(applicant).answered_at == now + timedelta(days=1)
    assert history(applicant) == [("ask_for_more", "A clearer photo, please."), ("answer_asked", "Done on Tuesday")]
    assert set(Entry.objects.values_list("action", flat=True)) == {"ambassador.ask_for_more", "ambassador.answer_asked"}


def test_asking_again_replaces_and_the_history_keeps_both(applicant, officer, colleague, now, outbox):
    ask_for_more(ambassador=applicant, needed="A photo", by=officer, at=now)
    answer_asked(ambassador=applicant, words="", by=applicant.user, at=now)
    ask_for_more(ambassador=applicant, needed="Another photo", by=colleague, at=now + timedelta(hours=1))

    row = application(applicant)
    assert (row.asked_for, row.asked_by, row.answered_at) == ("Another photo", colleague, None)
    assert [note for kind, note in history(applicant) if kind == "ask_for_more"] == ["A photo", "Another photo"]
    # The first is no longer true when it would leave.
    assert letters(outbox, now + timedelta(hours=2)) == ["We need something more from you"]
    assert "Another photo" in outbox[0].body


def test_what_is_asked_is_put_away_once(applicant, officer, now, outbox):
    ask_for_more(ambassador=applicant, needed="A photo", by=officer, at=now)
    settle_asked(ambassador=applicant, by=officer, at=now)

    row = application(applicant)
    assert (row.asked_for, row.asked_by, row.asked_at) == ("", None, None)
    assert refusal(settle_asked, ambassador=applicant, by=officer, at=now) == ["nothing_asked"]
    assert refusal(answer_asked, ambassador=applicant, words="", by=applicant.user, at=now) == ["nothing_asked"]
    assert letters(outbox, now) == []


def test_an_answer_counts_once(applicant, officer, now):
    ask_for_more(ambassador=applicant, needed="A photo", by=officer, at=now)
    answer_asked(ambassador=applicant, words="", by=applicant.user, at=now)

    assert refusal(answer_asked, ambassador=applicant, words="", by=applicant.user, at=now) == ["nothing_asked"]


def test_nobody_answers_for_someone_else(applicant, officer, now):
    ask_for_more(ambassador=applicant, needed="A photo", by=officer, at=now)

    assert refusal(answer_asked, ambassador=applicant, words="", by=officer, at=now) == ["not_your_profile"]


def test_asking_takes_words(applicant, officer, now):
    assert refusal(ask_for_more, ambassador=applicant, needed=" \n ", by=officer, at=now) == ["needed"]
    assert not Application.objects.filter(ambassador=applicant, asked_at__isnull=False).exists()


ACTS = {
    "ask": lambda person, by, at: ask_for_more(ambassador=person, needed="A photo", by=by, at=at),
    "settle": lambda person, by, at: settle_asked(ambassador=person, by=by, at=at),
    "talk": lambda person, by, at: settle_talk(ambassador=person, by=by, at=at),
    "decline": lambda person, by, at: decline_application(
        ambassador=person, ground=DeclineGround.NO_ANSWER, because="Three letters", by=by, at=at
    ),
    "propose": lambda person, by, at: propose_decline(ambassador=person, by=by, at=at),
    "confirm": lambda person, by, at: confirm_decline(ambassador=person, by=by, at=at),
    "take back": lambda person, by, at: take_back_decline(ambassador=person, by=by, at=at),
    "approve": lambda person, by, at: approve_application(ambassador=person, by=by, at=at),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_an_officer_of_the_region_decides(act, applicant, now):
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=kent, area="CT")
    for other in (
        make.staff(Role.VETTING_OFFICER, regions=(kent,)),
        make.staff(Role.QUALITY_MANAGER),
        make.staff(Role.SAFEGUARDING_LEAD),
        applicant.user,
    ):
        assert refusal(ACTS[act], person=applicant, by=other, at=now) == ["not_vetting_officer"]


def test_an_officer_of_one_region_who_reads_feedback_in_another_decides_in_the_first_alone(applicant, now):
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=kent, area="CT")
    both = make.staff(Role.VETTING_OFFICER, regions=(kent,))
    both.grants.create(role=Role.QUALITY_MANAGER, granted_at=now)

    assert refusal(ACTS["ask"], person=applicant, by=both, at=now) == ["not_vetting_officer"]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_decides_about_themselves(act, officer, now):
    own = make.ambassador(user=officer, name="Vera Vetter")

    assert refusal(ACTS[act], person=own, by=officer, at=now) == ["own_record"]


@pytest.mark.parametrize("act", [act for act in ACTS if act not in {"settle", "talk"}])
def test_a_person_who_left_meanwhile_is_not_decided_about(act, applicant, officer, now):
    make.clear(applicant)
    LIFECYCLE.move(applicant, "leave", by=applicant.user, at=now)

    assert refusal(ACTS[act], person=applicant, by=officer, at=now) == ["state"]


def test_declining_keeps_ground_and_words_and_says_how_to_ask(applicant, officer, now, outbox):
    ACTS["decline"](applicant, officer, now)

    event = applicant.events.get()
    assert (event.kind, event.reason, event.note) == ("decline", DeclineGround.NO_ANSWER, "Three letters")
    assert letters(outbox, now) == ["About your registration"]
    assert "looked at again by someone who was not part of it" in outbox[0].body
    assert "Three letters" not in outbox[0].body


def test_of_two_officers_at_once_the_second_is_told(applicant, officer, colleague, now):
    make.clear(applicant)
    approve_application(ambassador=applicant, by=officer, at=now)

    assert refusal(ACTS["decline"], person=applicant, by=colleague, at=now) == ["state"]
    assert refusal(ACTS["approve"], person=applicant, by=colleague, at=now) == ["state"]
    assert status(applicant) == AmbassadorStatus.ACTIVE


def test_one_person_alone_does_not_decline_for_what_a_check_disclosed(applicant, officer, now):
    arguments = {"ambassador": applicant, "because": "", "by": officer, "at": now}

    assert refusal(decline_application, ground=DeclineGround.DISCLOSURE, **arguments) == ["two_deciders"]
    assert status(applicant) == AmbassadorStatus.VETTING


def test_two_people_decline_after_the_person_could_comment(applicant, officer, colleague, now, outbox):
    propose_decline(ambassador=applicant, by=officer, at=now)
    assert letters(outbox, now) == ["About your registration: you may comment first"]
    assert "until Tuesday 26 January 2027" in outbox[0].body

    too_soon, in_time = now + LAST_DAY, now + LAST_DAY + timedelta(days=1)
    assert refusal(confirm_decline, ambassador=applicant, by=colleague, at=too_soon) == ["too_soon"]
    assert refusal(confirm_decline, ambassador=applicant, by=officer, at=in_time) == ["same_person"]
    confirm_decline(ambassador=applicant, by=colleague, at=in_time)

    assert status(applicant) == AmbassadorStatus.DECLINED
    assert history(applicant) == [("propose_decline", ""), ("decline", "")]
    assert applicant.events.last().reason == DeclineGround.DISCLOSURE
    row = application(applicant)
    assert (row.decline_proposed_by, row.decline_proposed_at) == (None, None)
    assert refusal(confirm_decline, ambassador=applicant, by=colleague, at=in_time) == ["state"]


def test_a_proposal_stands_in_the_way_of_approval_until_it_is_taken_back(applicant, officer, colleague, now, outbox):
    make.clear(applicant)
    propose_decline(ambassador=applicant, by=officer, at=now)

    assert refusal(propose_decline, ambassador=applicant, by=colleague, at=now) == ["proposed_before"]
    assert refusal(ACTS["approve"], person=applicant, by=colleague, at=now) == ["decline_proposed"]
    take_back_decline(ambassador=applicant, by=colleague, at=now)
    assert refusal(take_back_decline, ambassador=applicant, by=colleague, at=now) == ["nothing_proposed"]
    assert refusal(confirm_decline, ambassador=applicant, by=colleague, at=now + LAST_DAY) == ["nothing_proposed"]
    # What was proposed is no longer true, so that only this leaves.
    assert letters(outbox, now) == ["Your registration goes on"]
    approve_application(ambassador=applicant, by=colleague, at=now)
    assert status(applicant) == AmbassadorStatus.ACTIVE


def test_a_draft_is_reminded_once(officer, now, outbox):
    draft = make.ambassador(status=AmbassadorStatus.DRAFT)
    remind_draft(ambassador=draft, by=officer, at=now)

    assert refusal(remind_draft, ambassador=draft, by=officer, at=now + timedelta(days=99)) == ["reminded_before"]
    assert letters(outbox, now) == ["Your registration is still here"]
    assert "/ambassador/join/" in outbox[0].body


def test_nobody_is_reminded_of_what_they_have_sent_in_meanwhile(officer, now, outbox):
    draft = make.ambassador(status=AmbassadorStatus.DRAFT)
    remind_draft(ambassador=draft, by=officer, at=now)
    LIFECYCLE.move(draft, "submit", by=draft.user, at=now)

    assert letters(outbox, now) == []
    assert refusal(remind_draft, ambassador=draft, by=officer, at=now) == ["state"]
