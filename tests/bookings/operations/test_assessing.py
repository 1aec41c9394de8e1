"""Two people weigh what a check disclosed, each on their own; notes are gone on their day (V-22, V-31 to V-33)."""

from datetime import date, timedelta

import pytest

from ambassadors.assessing import Condition, Suitability, View
from ambassadors.enums import CheckBody, CheckStatus, RequirementKind, Weight
from ambassadors.models import Ambassador, Assessment, Check, DisclosureNote, Requirement, Tombstone
from ambassadors.operations.assessments import appeal, comment_on_check, hear_appeal, note_disclosure, purge_notes
from ambassadors.operations.checks import begin_check, withdraw_check
from ambassadors.operations.declining import confirm_decline, propose_decline
from ambassadors.queries.weighing import ToldCase, cases_readable_by, told_of_case
from bookings.enums import VisitStatus
from bookings.models import Seat
from bookings.operations.assessing import bar, clear_check, decide_escalated, record_view
from bookings.operations.standing import take_back_requirement
from bookings.operations.updates import record_answer
from stem.accounts.roles import Role
from stem.acts import went_through
from stem.audit.models import Entry
from stem.audit.record import record
from stem.encryption import decrypted
from stem.forms import HouseForm
from stem.moments import day_of
from stem.rules import Refusal
from stem.update_service import StatusResult
from tests import make

pytestmark = pytest.mark.django_db
WEIGHTS = dict.fromkeys(
    ("relevance", "seriousness", "time_since", "pattern", "changed", "openness", "supervision"), Weight.LOW.value
)
FINE, NO = View(Suitability.OK), View(Suitability.NOT_SUITABLE)
PAIRED = View(Suitability.CONDITIONS, frozenset({Condition.PAIRED, Condition.NO_ONLINE}))


@pytest.fixture
def first():
    return make.staff(Role.DISCLOSURE_ASSESSOR, name="Fay First", email="fay@panel.example")


@pytest.fixture
def second():
    return make.staff(Role.DISCLOSURE_ASSESSOR, name="Sam Second", email="sam@panel.example")


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead", email="lena@leads.example")


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(name="Wanda Weighed", cleared=True)


@pytest.fixture
def check(person) -> Check:
    return make.check(person, status=CheckStatus.ASSESSING)


def refusal(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refused:
        operation(**arguments)
    return refused.value.codes


def weigh(check: Check, view: View, by, now, *, knows: bool = False) -> None:
    record_view(check=check, view=view, weights=WEIGHTS, knows_the_person=knows, by=by, at=now)


def told(check: Check, reader) -> ToldCase:
    row = cases_readable_by(reader, on=day_of(make.NOW)).get(pk=check.pk)
    return told_of_case(row, reader=reader, at=make.NOW)


def both(check: Check, views: tuple[View, View], people, now) -> str:
    for view, by in zip(views, people, strict=True):
        weigh(check, view, by, now)
    check.refresh_from_db()
    return check.status


def in_a_visit(person: Ambassador, now) -> Seat:
    time = (now + timedelta(days=30), now + timedelta(days=30, hours=1))
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=time).seats.get()


@pytest.mark.parametrize(
    ("views", "status", "conditions"),
    [
        ((FINE, FINE), CheckStatus.OK, ""),
        ((PAIRED, PAIRED), CheckStatus.CONDITIONS, "paired no_online"),
        ((NO, NO), CheckStatus.NOT_SUITABLE, None),
        ((FINE, NO), CheckStatus.ESCALATED, None),
        ((FINE, PAIRED), CheckStatus.ESCALATED, None),
    ],
)
def test_two_views_decide_where_they_agree(check, first, second, now, views, status, conditions):
    assert both(check, views, (first, second), now) == status
    made = check.requirement
    assert (made.conditions if made else None) == conditions
    if made:
        assert (made.recorded_by, made.confirmed_by) == (first, second)


def test_one_view_alone_decides_nothing_and_stands(check, first, now):
    weigh(check, NO, first, now)
    check.refresh_from_db()
    assert check.status == CheckStatus.ASSESSING
    assert refusal(weigh, check=check, view=FINE, by=first, now=now) == ["viewed_before"]


def test_nobody_reads_the_other_s_view_or_note_before_their_own_is_recorded(check, first, second, now):
    note_disclosure(check=check, words="Ring the tutor.", by=first, at=now)
    weigh(check, NO, first, now)
    blind = told(check, second)
    assert (blind.has_viewed, blind.views, blind.notes) == (False, [], [])
    assert [words for _note, words in told(check, first).notes] == ["Ring the tutor."]
    weigh(check, FINE, second, now)
    assert len(told(check, second).views) == 2


def test_each_conflict_keeps_an_assessor_from_the_case(check, person, first, now):
    Ambassador.objects.filter(pk=person.pk).update(organisation="Northern Bridges")
    employed = make.staff(Role.DISCLOSURE_ASSESSOR, email="own@panel.example")
    make.ambassador(user=employed, organisation="northern  bridges")
    referee = make.staff(Role.DISCLOSURE_ASSESSOR, email="rhea@northern.example")
    make.referee(person)
    saw = make.staff(Role.DISCLOSURE_ASSESSOR, Role.VETTING_OFFICER)
    Check.objects.filter(pk=check.pk).update(seen_by=saw)
    check.refresh_from_db()
    said = {
        "same_employer": employed,
        "is_referee": referee,
        "vetted_them": saw,
        "not_assessor": make.staff(Role.SAFEGUARDING_LEAD),
    }
    for code, by in said.items():
        assert refusal(weigh, check=check, view=FINE, by=by, now=now) == [code]
        assert refusal(note_disclosure, check=check, words="x", by=by, at=now) == [code]
    assert refusal(weigh, check=check, view=FINE, by=first, now=now, knows=True) == ["knows_them"]
    assert not Assessment.objects.exists() and not DisclosureNote.objects.exists()


def employed_with(person: Ambassador, *roles: Role):
    """Somebody with these roles who works where this person does."""
    Ambassador.objects.filter(pk=person.pk).update(organisation="Northern Bridges")
    colleague = make.staff(*roles, email="own@panel.example")
    make.ambassador(user=colleague, organisation="northern  bridges")
    return colleague


def test_whoever_may_have_no_part_reads_neither_what_the_person_says_nor_what_others_noted(
    check, person, first, second, lead, now
):
    comment_on_check(check=check, words="I was sixteen.", by=person.user, at=now)
    note_disclosure(check=check, words="Ring the tutor.", by=first, at=now)
    colleague = employed_with(person, Role.DISCLOSURE_ASSESSOR, Role.SAFEGUARDING_LEAD)
    case = told(check, colleague)
    assert (case.views, case.notes, case.why_not) == ([], [], "You work for the same employer.")
    both(check, (FINE, NO), (first, second), now)
    case = told(check, colleague)
    assert (case.views, case.notes) == ([], [])
    case = told(check, lead)
    assert (len(case.views), len(case.notes), case.why_not) == (2, 2, "")


def test_whoever_said_that_they_know_the_person_cannot_unsay_it(check, first, second, now):
    form = HouseForm({})
    assert form.is_valid()
    said = {"check": check, "view": FINE, "weights": WEIGHTS, "by": first, "at": now}
    assert not went_through(form, record_view, knows_the_person=True, **said)
    assert refusal(record_view, knows_the_person=False, **said) == ["knows_them"]
    assert refusal(note_disclosure, check=check, words="x", by=first, at=now) == ["knows_them"]
    weigh(check, FINE, second, now)


@pytest.mark.parametrize("step", ["begin", "confirm_eligibility", "apply", "note_issued", "see_original", "reject"])
def test_no_officer_weighs_a_check_that_they_brought_on_by_a_step(check, first, now, step):
    record(f"check.{step}", check, by=first, at=now)
    assert refusal(weigh, check=check, view=FINE, by=first, now=now) == ["vetted_them"]


class TestWhoWeighed:
    """Nobody acts on one case as an assessor and then as an officer (V-01)."""

    @pytest.fixture
    def twice(self):
        return make.staff(Role.DISCLOSURE_ASSESSOR, Role.VETTING_OFFICER, email="twice@panel.example")

    def test_they_neither_ask_about_it_nor_take_it_back(self, check, twice, second, now):
        both(check, (PAIRED, PAIRED), (twice, second), now)
        words = {"by": twice, "at": now}
        assert refusal(take_back_requirement, requirement=check.requirement, **words) == ["weighed_it"]
        answer = {"check": check, "result": StatusResult.CURRENT, "seen": 0}
        assert refusal(record_answer, **answer, **words) == ["weighed_it"]
        assert refusal(withdraw_check, check=check, **words) == ["weighed_it"]

    def test_nor_do_they_decline_for_it(self, twice, second, now):
        person = make.applicant()
        both(make.check(person, status=CheckStatus.ASSESSING), (NO, NO), (twice, second), now)
        assert refusal(propose_decline, ambassador=person, by=twice, at=now) == ["weighed_it"]
        propose_decline(ambassador=person, by=make.staff(Role.VETTING_OFFICER), at=now)
        later = now + timedelta(days=30)
        assert refusal(confirm_decline, ambassador=person, by=twice, at=later) == ["weighed_it"]


def test_conditions_are_named_where_there_are_some(check, first, now):
    for view in (View(Suitability.CONDITIONS), View(Suitability.OK, frozenset({Condition.PAIRED}))):
        assert refusal(weigh, check=check, view=view, by=first, now=now) == ["conditions"]


def test_a_lead_decides_where_two_differ_with_reasons(check, first, second, lead, now):
    both(check, (FINE, NO), (first, second), now)
    words = {"check": check, "view": PAIRED, "by": lead, "at": now}
    assert refusal(decide_escalated, because=" ", **words) == ["because"]
    decide_escalated(because="Long ago, and told us of it.", **words)
    check.refresh_from_db()
    assert (check.status, check.second_decider) == (CheckStatus.CONDITIONS, lead)
    note = DisclosureNote.objects.get()
    assert b"Long ago" not in bytes(note.words) and decrypted(bytes(note.words)) == "Long ago, and told us of it."


def test_no_assessor_hears_what_they_weighed_even_as_a_lead(check, second, now):
    both_parts = make.staff(Role.DISCLOSURE_ASSESSOR, Role.SAFEGUARDING_LEAD, email="both@leads.example")
    both(check, (FINE, NO), (both_parts, second), now)
    words = {"check": check, "view": FINE, "because": "So.", "by": both_parts, "at": now}
    assert refusal(decide_escalated, **words) == ["had_a_part"]


def test_nobody_but_a_lead_decides_and_not_before_two_differ(check, first, lead, now):
    words = {"check": check, "view": FINE, "because": "So.", "at": now}
    assert refusal(decide_escalated, by=lead, **words) == ["state"]
    Check.objects.filter(pk=check.pk).update(status=CheckStatus.ESCALATED)
    assert refusal(decide_escalated, by=first, **words) == ["not_safeguarding_lead"]


def test_two_noes_take_them_out_of_every_visit_in_the_same_moment(check, person, first, second, now):
    seat = in_a_visit(person, now)
    both(check, (NO, NO), (first, second), now)
    seat.refresh_from_db()
    assert seat.ambassador is None
    assert not Requirement.objects.counting_on(day_of(now)).filter(kind=RequirementKind.CRC).exists()


class TestComment:
    """Before a "no" the person may say something, for ten working days (V-33)."""

    @pytest.fixture
    def check(self, person, now) -> Check:
        # Seen on Tuesday 12 January 2027: ten working days later is the 26th.
        return make.check(person, status=CheckStatus.ASSESSING, seen_on=day_of(now))

    def test_nobody_comes_to_a_no_until_they_could(self, check, first, second, now):
        assert refusal(weigh, check=check, view=NO, by=first, now=now + timedelta(days=14)) == ["may_comment"]
        assert not Assessment.objects.exists()
        weigh(check, FINE, first, now)
        weigh(check, NO, second, now + timedelta(days=15))

    def test_nor_does_a_lead(self, check, first, second, lead, now):
        both(check, (FINE, PAIRED), (first, second), now)
        words = {"check": check, "because": "So.", "by": lead, "at": now}
        assert refusal(decide_escalated, view=NO, **words) == ["may_comment"]
        decide_escalated(view=FINE, **words)

    def test_once_they_have_it_is_weighed_on(self, check, person, first, second, now):
        comment_on_check(check=check, words="I was sixteen.", by=person.user, at=now)
        assert both(check, (NO, NO), (first, second), now) == CheckStatus.NOT_SUITABLE

    def test_both_read_it_before_their_own_view_and_the_last_words_count(self, check, person, first, second, now):
        for words in ("I was sixteen.", "I was fifteen."):
            comment_on_check(check=check, words=words, by=person.user, at=now)
        for reader in (first, second):
            assert [words for _note, words in told(check, reader).notes] == ["I was fifteen."]
        assert b"fifteen" not in bytes(DisclosureNote.objects.get().words)

    def test_it_goes_with_the_notes(self, check, person, first, second, now):
        comment_on_check(check=check, words="I was sixteen.", by=person.user, at=now)
        both(check, (FINE, FINE), (first, second), now)
        assert purge_notes(at=now + timedelta(days=30)) == 1
        assert not DisclosureNote.objects.exists()

    def test_it_is_the_person_s_own_and_about_what_is_weighed(self, check, person, first, now):
        words = {"check": check, "at": now}
        assert refusal(comment_on_check, words="x", by=first, **words) == ["not_your_profile"]
        assert refusal(comment_on_check, words=" ", by=person.user, **words) == ["words"]
        for status in set(CheckStatus.after_seeing()) - set(CheckStatus.weighed()):
            Check.objects.filter(pk=check.pk).update(status=status)
            assert refusal(comment_on_check, words="x", by=person.user, **words) == ["state"]
        assert not DisclosureNote.objects.exists()


class TestAppeal:
    """Within ten working days, heard by somebody who had no part in it (V-33)."""

    @pytest.fixture
    def refused(self, check, first, second, now) -> Check:
        both(check, (NO, NO), (first, second), now)
        return check

    @pytest.mark.parametrize(("is_upheld", "status"), [(True, CheckStatus.REFUSED), (False, CheckStatus.OK)])
    def test_a_lead_hears_it(self, refused, person, lead, now, is_upheld, status):
        appeal(check=refused, by=person.user, at=now)
        hear_appeal(check=refused, is_upheld=is_upheld, because="Heard.", by=lead, at=now)
        refused.refresh_from_db()
        assert refused.status == status
        assert (refused.requirement is None) == is_upheld

    def test_it_is_the_person_s_own_and_has_its_last_day(self, refused, person, lead, now):
        assert refusal(appeal, check=refused, by=lead, at=now) == ["not_your_profile"]
        # Decided on Tuesday 12 January 2027: ten working days later is the 26th.
        assert refusal(appeal, check=refused, by=person.user, at=now + timedelta(days=15)) == ["too_late"]
        appeal(check=refused, by=person.user, at=now + timedelta(days=14))

    def test_what_is_said_in_it_is_kept_until_it_is_heard(self, check, person, first, second, lead, now):
        # Northern Ireland's notes go with the decision, and so before anybody can appeal (V-22).
        Check.objects.filter(pk=check.pk).update(body=CheckBody.ACCESS_NI)
        comment_on_check(check=check, words="I was sixteen.", by=person.user, at=now)
        both(check, (NO, NO), (first, second), now)
        later = now + timedelta(days=9)
        appeal(check=check, by=person.user, at=later)
        assert purge_notes(at=later) == 1
        check.refresh_from_db()
        comment_on_check(check=check, words="They mistook me.", by=person.user, at=later)
        assert purge_notes(at=later + timedelta(days=40)) == 0
        assert [words for _note, words in told(check, lead).notes] == ["They mistook me."]
        heard = later + timedelta(days=41)
        hear_appeal(check=check, is_upheld=True, because="Heard.", by=lead, at=heard)
        assert purge_notes(at=heard) == 1 and not DisclosureNote.objects.exists()

    @pytest.mark.parametrize("place", ["second", "noted"])
    def test_nobody_hears_it_whose_part_in_it_was_deleted_with_the_notes(
        self, check, person, first, second, lead, now, place
    ):
        was_there = make.staff(Role.DISCLOSURE_ASSESSOR, Role.SAFEGUARDING_LEAD, email="both@leads.example")
        Check.objects.filter(pk=check.pk).update(body=CheckBody.ACCESS_NI)
        if place == "noted":
            note_disclosure(check=check, words="Ring the tutor.", by=was_there, at=now)
        both(check, (FINE, NO), (first, was_there if place == "second" else second), now)
        decide_escalated(check=check, view=NO, because="Too recent.", by=lead, at=now)
        assert purge_notes(at=now) == 1 and not Assessment.objects.exists()
        appeal(check=check, by=person.user, at=now + timedelta(days=13))
        words = {"check": check, "is_upheld": False, "because": "So.", "at": now + timedelta(days=13)}
        assert refusal(hear_appeal, by=was_there, **words) == ["had_a_part"]
        other = make.staff(Role.SAFEGUARDING_LEAD, email="other@leads.example")
        hear_appeal(by=other, **words)


class TestBar:
    def test_it_ends_everything_and_no_check_is_begun_again(self, check, person, lead, now):
        seat = in_a_visit(person, now)
        bar(ambassador=person, by=lead, at=now)
        seat.refresh_from_db()
        check.refresh_from_db()
        assert seat.ambassador is None and check.status == CheckStatus.BARRED
        officer = make.staff(Role.VETTING_OFFICER)
        assert refusal(begin_check, ambassador=person, by=officer, at=now) == ["barred"]
        assert refusal(bar, ambassador=person, by=lead, at=now) == ["state"]

    def test_it_ends_what_is_weighed_even_if_another_check_seems_to_be_the_last(
        self, check, person, lead, first, second, now
    ):
        make.decided_check(person, began_at=now + timedelta(days=1))
        bar(ambassador=person, by=lead, at=now)
        assert refusal(weigh, check=check, view=FINE, by=first, now=now) == ["state"]
        assert not Requirement.objects.counting_on(day_of(now)).filter(kind=RequirementKind.CRC).exists()

    def test_it_is_a_lead_s(self, check, person, first, now):
        assert refusal(bar, ambassador=person, by=first, at=now) == ["not_safeguarding_lead"]


class TestPurge:
    """Notes and views are deleted on their day, and a tombstone says that they were (V-22)."""

    def decided(self, check, first, second, now, body=CheckBody.DBS) -> None:
        Check.objects.filter(pk=check.pk).update(body=body)
        note_disclosure(check=check, words="Ring the tutor.", by=first, at=now)
        both(check, (FINE, FINE), (first, second), now)

    @pytest.mark.parametrize(
        ("body", "last"),
        [
            (CheckBody.DBS, date(2027, 2, 11)),
            (CheckBody.PVG, date(2027, 2, 11)),
            (CheckBody.ACCESS_NI, date(2027, 1, 12)),
        ],
    )
    def test_on_its_day_and_not_before(self, check, first, second, now, body, last):
        self.decided(check, first, second, now, body)
        day = now.replace(month=last.month, day=last.day)
        if body != CheckBody.ACCESS_NI:
            assert purge_notes(at=day - timedelta(days=1)) == 0
            assert DisclosureNote.objects.count() == 1
        assert purge_notes(at=day) == 1
        assert not DisclosureNote.objects.exists() and not Assessment.objects.exists()
        stone = Tombstone.objects.get()
        assert (stone.check_of, stone.deleted_on, stone.count) == (check, last, 3)
        assert purge_notes(at=day) == 0

    @pytest.mark.parametrize("views", [(), (FINE, NO)])
    def test_of_what_a_bar_ended_before_anybody_decided_they_go_as_well(
        self, check, person, first, second, lead, now, views
    ):
        note_disclosure(check=check, words="Ring the tutor.", by=first, at=now)
        comment_on_check(check=check, words="I was sixteen.", by=person.user, at=now)
        both(check, views, (first, second)[: len(views)], now)
        bar(ambassador=person, by=lead, at=now)
        assert purge_notes(at=now + timedelta(days=29)) == 0
        assert purge_notes(at=now + timedelta(days=30)) == 1
        assert not DisclosureNote.objects.exists() and not Assessment.objects.exists()

    def test_notes_of_what_is_not_decided_stay(self, check, first, now):
        note_disclosure(check=check, words="Ring the tutor.", by=first, at=now)
        assert purge_notes(at=now + timedelta(days=400)) == 0
        assert DisclosureNote.objects.exists()


def test_the_audit_record_names_who_weighed_and_nothing_of_what(check, first, second, now):
    note_disclosure(check=check, words="Ring the tutor.", by=first, at=now)
    both(check, (FINE, NO), (first, second), now)
    told = list(Entry.objects.filter(object_type="ambassadors.check").values_list("action", "actor"))
    assert told == [
        ("check.note", first.pk), ("check.view", first.pk), ("check.view", second.pk), ("check.escalate", None),
    ]  # fmt: skip


def test_a_newer_check_that_allows_less_gives_back_what_it_does_not_allow(person, first, now):
    Requirement.objects.filter(ambassador=person, kind=RequirementKind.CRC).update(barred_list=True)
    seats = [
        make.visit(
            ambassador=person,
            status=VisitStatus.CONFIRMED,
            time=(now + timedelta(days=days), now + timedelta(days=days, hours=1)),
        ).seats.get()
        for days in (30, 32, 34, 36)
    ]
    newer = make.check(person, issued_on=date(2027, 1, 4))
    clear_check(check=newer, by=make.staff(Role.VETTING_OFFICER), at=now)
    for seat in seats:
        seat.refresh_from_db()
    # More than three days within thirty take the barred list, which the newer check has not (V-15).
    assert [seat.ambassador is not None for seat in seats] == [True, True, True, False]


class TestConditions:
    """What two people bound somebody to is undone by no older paper, and by no officer alone."""

    @pytest.fixture
    def person(self) -> Ambassador:
        person = make.ambassador(name="Wanda Weighed", cleared=True)
        Requirement.objects.filter(ambassador=person, kind=RequirementKind.CRC).delete()
        return person

    def speak(self, person: Ambassador, day: date) -> list[str]:
        """The conditions of each check that speaks for them on a day."""
        rows = Requirement.objects.checks_on(day).filter(ambassador=person)
        return list(rows.values_list("conditions", flat=True))

    @pytest.mark.parametrize("issued_on", [date(2026, 11, 1), date(2026, 12, 15)])
    def test_they_bind_whichever_certificate_was_issued_first(self, person, first, second, now, issued_on):
        make.decided_check(person, issued_on=date(2026, 12, 1))
        newer = make.check(person, status=CheckStatus.ASSESSING, issued_on=issued_on)
        both(newer, (PAIRED, PAIRED), (first, second), now)
        assert self.speak(person, day_of(now)) == ["paired no_online"]
        # Nor does the earlier one speak again when they are over.
        Requirement.objects.filter(pk=newer.requirement.pk).update(valid_until=day_of(now))
        assert self.speak(person, day_of(now) + timedelta(days=1)) == []

    @pytest.mark.parametrize("other", [CheckBody.DBS, CheckBody.PVG])
    def test_no_officer_alone_undoes_them_by_taking_the_record_back(self, person, first, second, now, other):
        make.decided_check(person, body=other)
        newer = make.check(person, status=CheckStatus.ASSESSING, issued_on=date(2026, 12, 1))
        both(newer, (PAIRED, PAIRED), (first, second), now)
        take_back_requirement(requirement=newer.requirement, by=make.staff(Role.VETTING_OFFICER), at=now)
        assert self.speak(person, day_of(now)) == []

    def test_without_any_the_earlier_check_counts_again(self, person, first, second, now):
        make.decided_check(person)
        newer = make.check(person, status=CheckStatus.ASSESSING, issued_on=date(2026, 12, 1))
        both(newer, (FINE, FINE), (first, second), now)
        take_back_requirement(requirement=newer.requirement, by=make.staff(Role.VETTING_OFFICER), at=now)
        assert self.speak(person, day_of(now)) == [""]
