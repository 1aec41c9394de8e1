"""A worry is looked at, told on, and closed by two; nobody reads it who should not (rule 2.9)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from quality.enums import ConcernLevel, ConcernOutcome, ConcernStatus, HandedTo
from quality.models import Concern, Suspension
from quality.operations.concern_steps import (
    close_concern,
    keep_open,
    pass_on_concern,
    propose_close,
    record_actions,
    record_outcome,
    refer_concern,
)
from quality.operations.concerns import break_glass, note_on_concern, raise_concern, triage_concern
from quality.operations.keys import rotate_all_record_keys
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

AT = make.AFTER
DAY = timedelta(days=1)


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


@pytest.fixture
def deputy():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Dev Deputy")


@pytest.fixture
def second():
    return make.staff(Role.SECOND_DEPUTY, name="Sol Second")


@pytest.fixture
def person():
    return make.ambassador(name="Sam Stone", cleared=True)


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(**{"at": AT, **arguments})
    return caught.value.codes


def fresh(concern: Concern) -> Concern:
    return Concern.objects.get(pk=concern.pk)


def taken_as(level: ConcernLevel, lead, person=None, **more) -> Concern:
    concern = make.concern()
    triage_concern(concern=concern, level=level, note="Rang the school", about=person, by=lead, at=AT, **more)
    return fresh(concern)


def referred(concern: Concern, by) -> Concern:
    refer_concern(
        concern=concern,
        whom="Lou, LADO",
        officer_reference="L/114",
        told_at=AT - timedelta(minutes=20),
        head_told_at=AT - timedelta(minutes=5),
        note="Strategy meeting on Friday",
        by=by,
        at=AT,
    )
    return fresh(concern)


class TestWhatIsKept:
    def test_neither_the_row_nor_its_history_shows_a_word_of_it(self, lead):
        concern = raise_concern(
            told=make.told(words="Zebra words", school_reference="Case 12"),
            school_told=True,
            visit=None,
            by=None,
            at=AT,
        )
        note_on_concern(concern=concern, note="Zebra note", by=lead, at=AT)
        rows = [*Concern.objects.values_list(), *concern.events.values_list()]
        kept = repr([[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in rows])
        assert "Zebra" not in kept and "Case 12" not in kept
        read = fresh(concern)
        assert (read.told.words, read.told.school_reference) == ("Zebra words", "Case 12")
        assert [event.words for event in read.events.all()] == ["Zebra note"]

    def test_a_new_key_takes_over_all_of_it(self, lead, second, settings):
        concern = make.concern()
        note_on_concern(concern=concern, note="A note", by=lead, at=AT)
        glass = make.glass(concern, by=second)
        settings.RECORD_KEYS = ["Hd0b9bgTkVKBDFGQ3QOoVxuEfEJwPVRU5lSIZZWLcbM=", *settings.RECORD_KEYS]
        moved = rotate_all_record_keys()
        assert (moved["worries"], moved["worry_notes"], moved["broken_glass"]) == (1, 1, 1)
        settings.RECORD_KEYS, settings.SECRET_KEY = settings.RECORD_KEYS[:1], "another one"
        glass.refresh_from_db()
        assert (fresh(concern).told.told_by, glass.words) == ("Tess Teacher", "No lead answers")
        assert concern.events.get().words == "A note"


class TestPossibleHarm:
    def test_it_suspends_at_once_and_tells_nobody_why(self, lead, person):
        later = tuple(each + 28 * DAY for each in make.FIRST_TIME)
        visit = make.visit(ambassador=person, status="confirmed", time=later)
        concern = taken_as(ConcernLevel.HARM_THRESHOLD, lead, person)
        suspension = Suspension.objects.get()
        assert (suspension.ambassador, suspension.hold.truth) == (person, f"Worry {concern.reference}.")
        assert not visit.seats.filter(ambassador=person).exists()
        # Nothing is written to them before the officer has said what they may be told.
        assert not Letter.objects.filter(recipient=person.user, fact__endswith=".suspended").exists()

    def test_whoever_is_suspended_stays_so(self, lead, person):
        make.suspension(person)
        taken_as(ConcernLevel.HARM_THRESHOLD, lead, person)
        assert Suspension.objects.count() == 1

    def test_somebody_who_is_none_of_ours_is_referred_all_the_same(self, lead):
        concern = referred(taken_as(ConcernLevel.HARM_THRESHOLD, lead), lead)
        assert (concern.status, Suspension.objects.count()) == ("referred", 0)

    def test_it_goes_nowhere_without_the_officer_s_reference(self, lead, person):
        concern = taken_as(ConcernLevel.HARM_THRESHOLD, lead, person)
        said = {"whom": "Lou", "officer_reference": " ", "told_at": AT, "head_told_at": AT, "note": "", "by": lead}
        assert refused(refer_concern, concern=concern, **said) == ["officer_reference"]
        for act in (record_actions, propose_close):
            assert refused(act, concern=concern, note="Done", by=lead) == ["state"]
        with pytest.raises(IntegrityError, match="worry_of_harm_has_its_reference"), transaction.atomic():
            Concern.objects.update(status=ConcernStatus.REFERRED)

    @pytest.mark.parametrize("field", ["told_at", "head_told_at"])
    @pytest.mark.parametrize("when", [AT + timedelta(seconds=1), AT - timedelta(days=400)])
    def test_nobody_was_told_tomorrow_or_years_ago(self, lead, field, when):
        said = {"whom": "Lou", "officer_reference": "L/1", "told_at": AT, "head_told_at": AT, "note": "", "by": lead}
        concern = make.concern(status=ConcernStatus.HARM_THRESHOLD)
        assert refused(refer_concern, concern=concern, **{**said, field: when}) == [field]

    def test_what_seemed_less_can_turn_out_to_be_it(self, lead, person):
        concern = taken_as(ConcernLevel.LOW_LEVEL, lead, person)
        triage_concern(
            concern=concern, level=ConcernLevel.HARM_THRESHOLD, note="A parent rang", about=person, by=lead, at=AT + DAY
        )
        assert (fresh(concern).harm_at, fresh(concern).triaged_at) == (AT + DAY, AT)
        assert Suspension.objects.filter(ambassador=person).exists()


class TestLowLevel:
    def test_the_second_says_what_both_say_and_the_third_is_possible_harm(self, lead, person):
        taken_as(ConcernLevel.LOW_LEVEL, lead, person)
        low = {"level": ConcernLevel.LOW_LEVEL, "note": "Heard of it", "about": person, "by": lead}
        assert refused(triage_concern, concern=make.concern(), **low) == ["pattern"]
        taken_as(ConcernLevel.LOW_LEVEL, lead, person, pattern="Both about jokes")
        assert refused(triage_concern, concern=make.concern(), **low) == ["pattern", "advice"]
        assert refused(triage_concern, concern=make.concern(), **low, pattern="Jokes") == ["advice"]
        taken_as(ConcernLevel.LOW_LEVEL, lead, person, pattern="Jokes", advice="Lou of LADO, 3 February")
        taken_as(ConcernLevel.HARM_THRESHOLD, lead, person)

    @pytest.mark.parametrize(("days", "codes"), [(0, ["pattern"]), (-1, None)])
    def test_what_is_older_than_24_months_is_no_part_of_it(self, lead, person, days, codes):
        on_the_day = AT.replace(year=AT.year - 2) + timedelta(days=days)
        make.concern(about=person, status=ConcernStatus.CLOSED, raised_at=on_the_day)
        if codes is None:
            assert taken_as(ConcernLevel.LOW_LEVEL, lead, person).status == "low_level"
        else:
            low = {"level": ConcernLevel.LOW_LEVEL, "note": "Heard", "about": person, "by": lead}
            assert refused(triage_concern, concern=make.concern(), **low) == codes

    def test_others_and_what_nobody_is_named_in_are_no_part_of_it(self, lead, person):
        taken_as(ConcernLevel.LOW_LEVEL, lead, make.ambassador())
        for _number in range(3):
            assert taken_as(ConcernLevel.LOW_LEVEL, lead).status == "low_level"
        assert taken_as(ConcernLevel.LOW_LEVEL, lead, person).status == "low_level"


class TestTheWayThrough:
    def test_a_child_s_is_rung_through_to_the_school_and_has_no_outcome_of_ours(self, lead, deputy):
        concern = taken_as(ConcernLevel.CHILD_WELFARE, lead)
        told_at = AT - timedelta(minutes=3)
        pass_on_concern(concern=concern, whom="Mr Ashe, DSL", told_at=told_at, note="", by=lead, at=AT)
        assert fresh(concern).passed_at == told_at
        assert "Mr Ashe, DSL" in concern.events.last().words
        outcome = {"outcome": ConcernOutcome.UNFOUNDED, "note": "?", "by": lead}
        assert refused(record_outcome, concern=concern, **outcome) == ["not_ours"]
        record_actions(concern=concern, note="The school has it", by=lead, at=AT)
        propose_close(concern=concern, note="Nothing is ours", by=lead, at=AT)
        close_concern(concern=concern, by=deputy, at=AT)
        assert fresh(concern).status == "closed"

    def test_an_adult_s_has_its_outcome_first(self, lead):
        concern = referred(taken_as(ConcernLevel.HARM_THRESHOLD, lead), lead)
        assert refused(record_actions, concern=concern, note="Done", by=lead) == ["outcome_first"]
        record_outcome(concern=concern, outcome=ConcernOutcome.UNFOUNDED, note="LADO, 3 February", by=lead, at=AT)
        record_actions(concern=concern, note="Done", by=lead, at=AT)
        assert fresh(concern).status == "actions"

    def test_what_is_none_goes_to_somebody_with_a_reason(self, lead):
        none = {"level": ConcernLevel.NOT_SAFEGUARDING, "note": "A late start", "by": lead}
        assert refused(triage_concern, concern=make.concern(), **none) == ["handed_to"]
        assert taken_as(ConcernLevel.NOT_SAFEGUARDING, lead, handed_to=HandedTo.QUALITY).handed_to == "quality"

    @pytest.mark.parametrize("act", [note_on_concern, propose_close, record_actions])
    def test_nothing_is_done_without_a_word(self, act, lead):
        assert refused(act, concern=make.concern(status=ConcernStatus.ACTIONS), note=" ", by=lead) in (
            ["no_note"],
            ["state"],
        )


class TestClosing:
    def test_two_people_close_it_and_the_first_is_not_the_second(self, lead, deputy):
        concern = make.concern(status=ConcernStatus.ACTIONS)
        propose_close(concern=concern, note="All is done", by=lead, at=AT)
        assert refused(close_concern, concern=concern, by=lead) == ["same_person"]
        assert fresh(concern).status == "closing"
        close_concern(concern=concern, by=deputy, at=AT + DAY)
        read = fresh(concern)
        assert (read.close_proposed_by, read.closed_by, read.closed_at) == (lead, deputy, AT + DAY)
        assert refused(close_concern, concern=concern, by=deputy) == ["state"]

    def test_the_database_itself_knows_no_one_who_is_both(self, lead):
        concern = make.concern(status=ConcernStatus.CLOSING, proposed_by=lead)
        with pytest.raises(IntegrityError, match="worry_is_closed_by_two"), transaction.atomic():
            Concern.objects.filter(pk=concern.pk).update(status="closed", closed_by=lead, closed_at=AT)
        with pytest.raises(IntegrityError, match="worry_is_closed_by_two"), transaction.atomic():
            Concern.objects.filter(pk=concern.pk).update(status="closed")

    def test_the_second_may_keep_it_open(self, lead, deputy):
        concern = make.concern(status=ConcernStatus.CLOSING, proposed_by=lead)
        keep_open(concern=concern, by=deputy, at=AT)
        assert (fresh(concern).status, fresh(concern).close_proposed_by) == ("actions", None)

    def test_what_is_closed_is_added_to_no_more(self, lead):
        concern = make.concern(status=ConcernStatus.CLOSED)
        assert refused(note_on_concern, concern=concern, note="More", by=lead) == ["over"]


class TestWhoMay:
    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
    def test_nobody_else_does_anything(self, role):
        somebody = make.staff(role)
        low = {"level": ConcernLevel.LOW_LEVEL, "note": "Hm", "by": somebody}
        assert refused(triage_concern, concern=make.concern(), **low) == ["not_safeguarding_lead"]
        assert refused(note_on_concern, concern=make.concern(), note="Hm", by=somebody) == ["not_safeguarding_lead"]
        concern = make.concern(status=ConcernStatus.CLOSING, proposed_by=make.user())
        assert refused(close_concern, concern=concern, by=somebody) == ["not_safeguarding_lead"]

    def test_a_lead_neither_reads_nor_decides_what_is_about_themselves(self, lead):
        own = make.concern(about=make.ambassador(user=lead), status=ConcernStatus.LOW_LEVEL)
        assert not Concern.objects.visible_to(lead).exists()
        assert refused(propose_close, concern=own, note="Nothing in it", by=lead) == ["own_record"]


class TestBreakingTheGlass:
    def test_every_lead_hears_of_it_and_it_is_on_record(self, lead, deputy, second):
        concern = make.concern()
        assert not Concern.objects.readable_by(second, AT).exists()
        break_glass(concern=concern, reason="A child waits", by=second, at=AT)
        told = Letter.objects.filter(fact__endswith=".glass_broken").values_list("recipient", flat=True)
        assert sorted(told) == sorted([lead.pk, deputy.pk])
        assert Entry.objects.get(action="concern.break_glass").actor == second
        assert [event.words for event in concern.events.all()] == ["A child waits"]

    def test_it_opens_that_one_for_a_day_to_be_read_and_written_on(self, lead, second):
        concern, other = make.concern(), make.concern()
        break_glass(concern=concern, reason="A child waits", by=second, at=AT)
        assert list(Concern.objects.readable_by(second, AT + DAY - timedelta(seconds=1))) == [concern]
        assert not Concern.objects.readable_by(second, AT + DAY).exists()
        note_on_concern(concern=concern, note="Rang 999", by=second, at=AT)
        assert refused(note_on_concern, concern=other, note="?", by=second) == ["not_safeguarding_lead"]
        low = {"level": ConcernLevel.LOW_LEVEL, "note": "Hm", "by": second}
        assert refused(triage_concern, concern=concern, **low) == ["not_safeguarding_lead"]

    def test_twice_is_once_and_never_without_a_reason(self, lead, second):
        concern = make.concern()
        assert refused(break_glass, concern=concern, reason=" ", by=second) == ["reason"]
        for reason in ("A child waits", "Again"):
            break_glass(concern=concern, reason=reason, by=second, at=AT)
        assert (concern.broken_by.count(), Letter.objects.count()) == (1, 1)

    def test_not_over_what_is_about_oneself_nor_by_anybody_else(self, second):
        own = make.concern(about=make.ambassador(user=second), status=ConcernStatus.LOW_LEVEL)
        assert refused(break_glass, concern=own, reason="Me", by=second) == ["not_second_deputy"]
        for role in set(Role) - {Role.SECOND_DEPUTY}:
            somebody = make.staff(role)
            assert refused(break_glass, concern=make.concern(), reason="?", by=somebody) == ["not_second_deputy"]


def test_those_who_look_after_quality_count_what_came_to_them_and_no_more():
    quality = make.staff(Role.QUALITY_MANAGER)
    handed = {"status": ConcernStatus.CLOSED, "level": ConcernLevel.NOT_SAFEGUARDING}
    make.concern(**handed)
    make.concern(status=ConcernStatus.CLOSED)
    make.concern(status=ConcernStatus.NOT_SAFEGUARDING)
    assert Concern.objects.handed_to_quality(quality).count() == 1
    assert not Concern.objects.visible_to(quality).exists()
    assert not Concern.objects.readable_by(quality, timezone.now()).exists()
