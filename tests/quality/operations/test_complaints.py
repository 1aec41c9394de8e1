"""A complaint is acknowledged, given to somebody unconnected, answered, and looked at again by another (rule 2.9)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.models import VisitEvent
from quality.complaint_book import handlers_of
from quality.enums import ComplaintOutcome, ComplaintStatus
from quality.models import Complaint
from quality.operations.complaints import (
    acknowledge_complaint,
    answer_appeal,
    appeal_complaint,
    assign_complaint,
    complain,
    confirm_repeat,
    investigate_complaint,
    keep_investigating,
    note_on_complaint,
    propose_repeat,
    reroute_complaint,
    respond_to_complaint,
    withdraw_complaint,
)
from quality.operations.keys import rotate_all_record_keys
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

AT = make.AFTER
DAY = timedelta(days=1)
ANSWER = {"finding": ComplaintOutcome.PARTLY, "words": "We were too slow.", "note": "Read the letters"}


@pytest.fixture
def hana():
    return make.staff(Role.QUALITY_MANAGER, name="Hana Handler")


@pytest.fixture
def alex():
    return make.staff(Role.ADMINISTRATOR, name="Alex Administrator")


def refused(act, **arguments) -> list[str]:
    """Why it is refused; and nothing has changed."""
    before = list(Complaint.objects.values_list()), Letter.objects.count()
    with pytest.raises(Refusal) as caught:
        act(**{"at": AT, **arguments})
    assert (list(Complaint.objects.values_list()), Letter.objects.count()) == before
    return caught.value.codes


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def complained(**more) -> Complaint:
    usual = {"said": make.complained(), "visit": None, "is_welfare": False, "is_about_data": False, "by": None}
    return complain(**{**usual, "at": AT, **more})


def letters(fact: str) -> list[object]:
    return [letter.recipient for letter in Letter.objects.filter(fact__endswith=f".{fact}").order_by("recipient")]


class TestFromBeginningToEnd:
    def test_it_is_answered_and_closed_by_somebody_else_after_another_look(self, hana, alex):
        complaint = complained()
        assert set(letters("complaint_received")) == {hana, alex}
        acknowledge_complaint(complaint=complaint, by=alex, at=AT)
        assign_complaint(complaint=complaint, handler=hana, by=alex, at=AT)
        investigate_complaint(complaint=complaint, by=hana, at=AT)
        note_on_complaint(complaint=complaint, note="Rang them", by=hana, at=AT)
        respond_to_complaint(complaint=complaint, **ANSWER, by=hana, at=AT)
        assert (fresh(complaint).status, fresh(complaint).answer_words) == ("responded", "We were too slow.")
        appeal_complaint(complaint=complaint, words="Read it again", by=None, at=AT)
        assert letters("complaint_appealed") == [alex]
        second = {**ANSWER, "finding": ComplaintOutcome.UPHELD, "words": "You are right."}
        assert refused(answer_appeal, complaint=complaint, **second, by=hana) == ["same_person"]
        answer_appeal(complaint=complaint, **second, by=alex, at=AT)
        over = fresh(complaint)
        assert (over.status, over.finding, over.second_finding, over.second_words) == (
            *("closed", "partly", "upheld"),
            "You are right.",
        )
        assert [event.kind for event in over.events.all()] == [
            *("acknowledge", "assign", "investigate", "note", "respond", "appeal", "answer_appeal"),
        ]
        for fact in ("complaint_acknowledged", "complaint_answered", "complaint_answered_again"):
            assert letters(fact) == [None]

    def test_its_days_are_those_of_the_scheme_s_numbers(self, hana):
        complaint = complained()
        assert (complaint.due_on, complaint.answer_by) == (date(2027, 2, 15), date(2027, 3, 10))
        acknowledge_complaint(complaint=complaint, by=hana, at=AT)
        assert fresh(complaint).due_on == date(2027, 3, 10)

    def test_the_same_note_twice_is_one(self, hana):
        complaint = make.complaint()
        for _time in range(2):
            note_on_complaint(complaint=complaint, note=" Rang them ", by=hana, at=AT)
        assert [event.words for event in complaint.events.all()] == ["Rang them"]

    def test_it_can_be_taken_back_or_passed_on(self, hana):
        taken_back, passed = make.complaint(), make.complaint(status=ComplaintStatus.ACKNOWLEDGED)
        withdraw_complaint(complaint=taken_back, note="They rang", by=hana, at=AT)
        reroute_complaint(complaint=passed, words="Your school answers it.", note="It is about lunch", by=hana, at=AT)
        assert (fresh(taken_back).finding, fresh(passed).finding) == ("withdrawn", "rerouted")
        assert fresh(passed).answer_words == "Your school answers it."
        again = make.complaint(status=ComplaintStatus.APPEALED)
        withdraw_complaint(complaint=again, note="They rang", by=hana, at=AT)
        assert (fresh(again).finding, fresh(again).second_finding) == ("partly", "withdrawn")

    def test_what_was_answered_stays_as_it_was_found(self, hana):
        answered = make.complaint(status=ComplaintStatus.RESPONDED)
        with pytest.raises(Refusal, match="state"):
            withdraw_complaint(complaint=answered, note="They rang", by=hana, at=AT)
        assert fresh(answered).finding == "partly"

    @pytest.mark.parametrize("missing", ["words", "note"])
    def test_an_answer_has_its_words_and_its_reasons(self, hana, missing):
        complaint = make.complaint(status=ComplaintStatus.INVESTIGATING, handler=hana)
        code = f"no_{missing}"
        assert refused(respond_to_complaint, complaint=complaint, **{**ANSWER, missing: " "}, by=hana) == [code]


class TestWhatIsKept:
    def test_neither_the_row_nor_its_history_shows_a_word_of_it(self, hana, alex):
        complaint = complained(said=make.complained(words="Zebra words", name="Zebra Name", email="zebra@x.example"))
        acknowledge_complaint(complaint=complaint, by=hana, at=AT)
        assign_complaint(complaint=complaint, handler=hana, by=hana, at=AT)
        investigate_complaint(complaint=complaint, by=hana, at=AT)
        respond_to_complaint(complaint=complaint, **{**ANSWER, "words": "Zebra", "note": "Zebra"}, by=hana, at=AT)
        appeal_complaint(complaint=complaint, words="Zebra", by=None, at=AT)
        answer_appeal(complaint=complaint, **{**ANSWER, "words": "Zebra", "note": "Zebra"}, by=alex, at=AT)
        rows = [*Complaint.objects.values_list(), *complaint.events.values_list(), *Letter.objects.values_list("ids")]
        kept = repr([[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in rows])
        assert "zebra" not in kept.lower()
        assert (fresh(complaint).said.words, fresh(complaint).second_words) == ("Zebra words", "Zebra")

    def test_a_new_key_takes_over_all_of_it(self, hana, settings):
        complaint = make.complaint(status=ComplaintStatus.CLOSED, is_twice=True)
        note_on_complaint(complaint=make.complaint(), note="A note", by=hana, at=AT)
        settings.RECORD_KEYS = ["Hd0b9bgTkVKBDFGQ3QOoVxuEfEJwPVRU5lSIZZWLcbM=", *settings.RECORD_KEYS]
        moved = rotate_all_record_keys()
        columns = (
            "complaints",
            "complaint_answers",
            "complaint_appeals",
            "complaint_second_answers",
            "complaint_notes",
        )
        assert [moved[each] for each in columns] == [2, 1, 1, 1, 1]
        settings.RECORD_KEYS, settings.SECRET_KEY = settings.RECORD_KEYS[:1], "another one"
        read = fresh(complaint)
        assert read.said.name == "Cal Complainer"
        assert (read.answer_words[:2], read.appeal_words[:3], read.second_words[:3]) == ("We", "You", "You")

    @pytest.mark.parametrize(
        ("columns", "name"),
        [
            ({"status": "closed"}, "closed_complaint_has_its_outcome"),
            ({"status": "responded"}, "answered_complaint_has_its_answer"),
            ({"status": "waiting"}, "complaint_waits_for_a_worry"),
        ],
    )
    def test_the_database_refuses_what_makes_no_sense(self, columns, name):
        make.complaint()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Complaint.objects.update(**columns)

    def test_the_database_wants_two_people_where_two_are_needed(self, hana):
        make.complaint(status=ComplaintStatus.RESPONDED, handler=hana)
        for column, name in {"second_by": "looked_at_again_by_another", "repeat_second": "said_before_by_two"}.items():
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                Complaint.objects.update(**{"repeat_by": hana, column: hana})


class TestWhoMay:
    def test_nobody_but_those_who_handle_complaints(self):
        complaint = make.complaint()
        for role in (Role.COORDINATOR, Role.VETTING_OFFICER, Role.SAFEGUARDING_LEAD, Role.SECOND_DEPUTY):
            assert refused(acknowledge_complaint, complaint=complaint, by=make.staff(role)) == ["not_handler"]

    def test_only_to_whom_it_was_given_looks_into_it_and_answers(self, hana, alex):
        complaint = make.complaint(status=ComplaintStatus.ASSIGNED, handler=hana)
        assert refused(investigate_complaint, complaint=complaint, by=alex) == ["not_yours"]
        investigate_complaint(complaint=complaint, by=hana, at=AT)
        assert refused(respond_to_complaint, complaint=complaint, **ANSWER, by=alex) == ["not_yours"]

    def test_somebody_of_another_region_does_not_see_it(self):
        elsewhere = Region.objects.create(name="Far", slug="far")
        RegionArea.objects.create(region=elsewhere, area="ZE")
        theirs = make.staff(Role.QUALITY_MANAGER, regions=(elsewhere,))
        for complaint in (make.complaint(), make.complaint(visit=make.visit())):
            assert refused(acknowledge_complaint, complaint=complaint, by=theirs) == ["connected"]

    def test_another_look_is_for_somebody_more_senior(self, hana):
        complaint = make.complaint(status=ComplaintStatus.APPEALED, handler=hana)
        junior = make.staff(Role.COMPLAINT_HANDLER)
        assert refused(answer_appeal, complaint=complaint, **ANSWER, by=junior) == ["not_senior"]


def connect_raiser(complaint, user):
    complaint.raised_by = user
    complaint.save()


def connect_complained_of(complaint, user):
    complaint.complained_of = user
    complaint.save()


def connect_ambassador(complaint, user):
    seat = complaint.visit.seats.get()
    seat.ambassador = make.ambassador(user=user)
    seat.status = "taken"
    seat.save()


def connect_teacher(complaint, user):
    contact = complaint.visit.request.contact
    contact.user = user
    contact.save()


def connect_rater(complaint, user):
    complaint.visit.supervising_email = user.email.upper()
    complaint.visit.save()


def connect_coordinator(complaint, user):
    user.grants.create(role=Role.COORDINATOR, granted_at=make.NOW)


def connect_hand_in_visit(complaint, user):
    VisitEvent.objects.create(visit=complaint.visit, kind="note", status="x", by=user, at=make.NOW)


def connect_hand_in_request(complaint, user):
    complaint.visit.request.events.create(kind="note", status="x", by=user, at=make.NOW)


CONNECTIONS = [
    connect_raiser,
    connect_complained_of,
    connect_ambassador,
    connect_teacher,
    connect_rater,
    connect_coordinator,
    connect_hand_in_visit,
    connect_hand_in_request,
]


class TestUnconnected:
    @pytest.mark.parametrize("connect", CONNECTIONS)
    def test_whoever_has_a_part_in_it_neither_sees_it_nor_is_given_it(self, connect, hana, alex):
        complaint = make.complaint(status=ComplaintStatus.ACKNOWLEDGED, visit=make.visit(ambassador=make.ambassador()))
        assert handlers_of(complaint, at=AT) == sorted([hana, alex], key=lambda each: each.pk)
        connect(complaint, hana)
        hana = type(hana).objects.get(pk=hana.pk)
        complaint = fresh(complaint)
        assert not Complaint.objects.visible_to(hana).exists()
        assert handlers_of(complaint, at=AT) == [alex]
        assert refused(assign_complaint, complaint=complaint, handler=hana, by=alex) == ["handler"]
        assert refused(note_on_complaint, complaint=complaint, note="x", by=hana) == ["connected"]
        # That it can go through: the same by somebody who has no part in it.
        assign_complaint(complaint=complaint, handler=alex, by=alex, at=AT)

    def test_nobody_is_given_what_is_said_in_that_moment_to_be_about_them(self, hana, alex):
        complaint = make.complaint(status=ComplaintStatus.ACKNOWLEDGED)
        said = {"complaint": complaint, "handler": hana, "complained_of": hana, "by": alex}
        assert refused(assign_complaint, **said) == ["handler"]

    def test_a_coordinator_may_be_given_the_part_and_sees_what_is_of_no_visit(self):
        both = make.staff(Role.COORDINATOR)
        both.grants.create(role=Role.COMPLAINT_HANDLER, granted_at=make.NOW)
        of_none, of_visit = make.complaint(), make.complaint(visit=make.visit())
        both = type(both).objects.get(pk=both.pk)
        assert list(Complaint.objects.visible_to(both)) == [of_none]
        assert handlers_of(of_none, at=AT) == [both] and handlers_of(of_visit, at=AT) == []


class TestSaidBefore:
    def test_it_takes_two_and_is_answered_like_any_other(self, hana, alex):
        complaint = make.complaint(status=ComplaintStatus.INVESTIGATING, handler=hana)
        words = {"words": "You had an answer in May.", "note": "K00001"}
        assert refused(propose_repeat, complaint=complaint, **words, by=alex) == ["not_yours"]
        propose_repeat(complaint=complaint, **words, by=hana, at=AT)
        assert letters("complaint_waits_for_second") == [alex]
        assert refused(confirm_repeat, complaint=complaint, by=hana) == ["same_person"]
        assert refused(confirm_repeat, complaint=complaint, by=make.staff(Role.COORDINATOR)) == ["not_handler"]
        confirm_repeat(complaint=complaint, by=alex, at=AT)
        answered = fresh(complaint)
        assert (answered.status, answered.finding, answered.answer_words) == ("responded", "not_upheld", words["words"])
        assert (answered.answered_by, answered.repeat_second) == (hana, alex)
        appeal_complaint(complaint=complaint, words="It is new", by=None, at=AT)
        for each in (hana, alex):
            assert refused(answer_appeal, complaint=complaint, **ANSWER, by=each) == ["same_person"]
        answer_appeal(complaint=complaint, **ANSWER, by=make.staff(Role.ADMINISTRATOR), at=AT)

    def test_it_is_looked_into_after_all(self, hana, alex):
        complaint = make.complaint(status=ComplaintStatus.REPEAT, handler=hana)
        keep_investigating(complaint=complaint, by=alex, at=AT)
        back = fresh(complaint)
        assert (back.status, back.repeat_by, back.answer) == ("investigating", None, None)


class TestAnotherLook:
    def test_it_is_asked_for_until_the_day_and_not_after_it(self):
        complaint = make.complaint(status=ComplaintStatus.RESPONDED, due_on=day_of(AT))
        said = {"complaint": complaint, "words": "Read it again", "by": None}
        assert refused(appeal_complaint, **said, at=AT + DAY) == ["too_late"]
        assert refused(appeal_complaint, **{**said, "words": " "}) == ["no_words"]
        appeal_complaint(**said, at=AT)
        assert fresh(complaint).appeal_words == "Read it again"
        assert refused(appeal_complaint, **said) == ["state"]

    @pytest.mark.parametrize("status", [each for each in ComplaintStatus if each not in ("responded", "waiting")])
    def test_only_what_was_answered_and_is_not_over_can_be_asked_about_again(self, status):
        complaint = make.complaint(status=status)
        assert refused(appeal_complaint, complaint=complaint, words="Again", by=None) == ["state"]
