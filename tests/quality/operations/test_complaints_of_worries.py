"""A complaint waits for the worry that comes first, and a worry that is none may become one (rule 2.9)."""

import pytest

from quality.enums import ComplaintStatus, ConcernLevel, ConcernStatus, HandedTo
from quality.models import Complaint, Concern
from quality.operations.complaints import acknowledge_complaint, complain, note_on_complaint, withdraw_complaint
from quality.operations.concern_steps import close_concern
from quality.operations.concerns import triage_concern
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

AT = make.AFTER


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


@pytest.fixture
def hana():
    return make.staff(Role.QUALITY_MANAGER, name="Hana Handler")


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def about_a_child(**said: str) -> Complaint:
    return complain(said=make.complained(**said), visit=None, is_welfare=True, is_about_data=False, by=None, at=AT)


def triage(concern: Concern, level: ConcernLevel, lead, **more) -> None:
    triage_concern(concern=concern, level=level, note="Rang the school", by=lead, at=AT, **more)


def letters(fact: str) -> list[object]:
    return [letter.recipient for letter in Letter.objects.filter(fact__endswith=f".{fact}")]


def test_where_a_child_s_welfare_is_involved_it_is_a_worry_first_and_the_complaint_waits(lead, hana):
    complaint = about_a_child(words="He shouted at a pupil", phone="01632 960007")
    concern = Concern.objects.get()
    assert (complaint.status, complaint.concern, complaint.due_on) == ("waiting", concern, None)
    assert (concern.told.words, concern.told.contact) == ("He shouted at a pupil", "01632 960007, cal@home.example")
    assert (letters("concern_raised"), letters("complaint_received")) == ([lead], [])
    for act in (acknowledge_complaint, withdraw_complaint, note_on_complaint):
        more = {} if act is acknowledge_complaint else {"note": "x"}
        with pytest.raises(Refusal) as refused:
            act(complaint=complaint, by=hana, at=AT, **more)
        assert refused.value.codes == ["state"]
    assert fresh(complaint).status == ComplaintStatus.WAITING


@pytest.mark.parametrize("handed_to", HandedTo)
def test_it_goes_on_in_its_own_words_once_a_lead_says_that_it_is_no_safeguarding_matter(lead, hana, handed_to):
    complaint = about_a_child()
    triage(complaint.concern, ConcernLevel.NOT_SAFEGUARDING, lead, handed_to=handed_to)
    gone_on = fresh(complaint)
    assert (gone_on.status, gone_on.is_theirs_to_read, Complaint.objects.count()) == ("received", True, 1)
    assert gone_on.due_on is not None and gone_on.answer_by is not None
    assert letters("complaint_received") == [hana]


def test_what_was_one_goes_on_once_the_worry_is_closed_and_its_words_stay_with_the_leads(lead, hana):
    complaint = about_a_child()
    triage(complaint.concern, ConcernLevel.LOW_LEVEL, lead)
    assert fresh(complaint).status == ComplaintStatus.WAITING
    Concern.objects.update(status=ConcernStatus.CLOSING, close_proposed_by=make.staff(Role.SAFEGUARDING_LEAD))
    close_concern(concern=complaint.concern, by=lead, at=AT)
    gone_on = fresh(complaint)
    assert (gone_on.status, gone_on.is_theirs_to_read) == ("received", False)
    assert letters("complaint_received") == [hana]


def test_a_worry_that_is_none_becomes_a_complaint_with_what_the_lead_wrote_for_it(lead, hana):
    concern = make.concern(said=make.told(words="Secret words", told_by="Tess Teacher", contact="01632 960001"))
    said = {"handed_to": HandedTo.COMPLAINT, "for_complaint": " He came late. "}
    triage(concern, ConcernLevel.NOT_SAFEGUARDING, lead, **said)
    complaint = Complaint.objects.get()
    assert (complaint.concern, complaint.status, complaint.is_theirs_to_read) == (concern, "received", True)
    assert (complaint.said.words, complaint.said.name, complaint.said.phone) == (
        *("He came late.", "Tess Teacher"),
        "01632 960001",
    )
    assert letters("complaint_received") == [hana]


@pytest.mark.parametrize("is_own", [True, False])
def test_it_is_theirs_who_told_of_the_worry_and_not_of_whoever_wrote_it_down(lead, is_own):
    teller = make.user(name="Tess Teacher")
    concern = make.concern(said=make.told(told_by="Tess Teacher" if is_own else "Somebody else"))
    Concern.objects.update(raised_by=teller)
    said = {"handed_to": HandedTo.COMPLAINT, "for_complaint": "He came late."}
    triage(concern, ConcernLevel.NOT_SAFEGUARDING, lead, **said)
    assert Complaint.objects.get().raised_by == (teller if is_own else None)


def test_no_complaint_comes_of_a_worry_without_words_for_it(lead):
    concern = make.concern()
    with pytest.raises(Refusal) as refused:
        triage(concern, ConcernLevel.NOT_SAFEGUARDING, lead, handed_to=HandedTo.COMPLAINT, for_complaint=" ")
    assert refused.value.codes == ["for_complaint"]
    assert (Concern.objects.get().status, Complaint.objects.count()) == ("raised", 0)


@pytest.mark.parametrize("handed_to", [HandedTo.QUALITY, None])
def test_no_complaint_comes_of_any_other_worry(lead, handed_to):
    level = ConcernLevel.NOT_SAFEGUARDING if handed_to else ConcernLevel.LOW_LEVEL
    triage(make.concern(), level, lead, handed_to=handed_to, for_complaint="He came late.")
    assert not Complaint.objects.exists()


def test_what_turns_out_to_be_harm_after_all_waits_again_and_is_closed_to_those_who_read_it(lead, hana):
    complaint = about_a_child()
    triage(complaint.concern, ConcernLevel.NOT_SAFEGUARDING, lead, handed_to=HandedTo.COMPLAINT)
    acknowledge_complaint(complaint=complaint, by=hana, at=AT)
    triage(complaint.concern, ConcernLevel.HARM_THRESHOLD, lead)
    waiting = fresh(complaint)
    assert (waiting.status, waiting.due_on, waiting.handler, waiting.is_theirs_to_read) == (
        "waiting",
        None,
        None,
        False,
    )
