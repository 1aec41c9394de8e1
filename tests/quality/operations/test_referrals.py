"""Nobody's part is ended, and no worry of harm closed, before it is said whether they are referred (C-04, C-05)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.operations.departures import leave_scheme
from quality.enums import ConcernLevel, ConcernOutcome, ConcernStatus, Referral
from quality.keeping import kept_until
from quality.models import Concern
from quality.operations.concern_steps import close_concern, propose_close
from quality.operations.concerns import triage_concern
from quality.operations.referrals import answer_referral, confirm_not_met, record_report
from stem.accounts.roles import Role
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

AT = make.AFTER
REFERRED = {"referral": Referral.REFERRED, "referred_on": day_of(AT), "referral_reference": "DBS 1", "note": "Removed"}
NOT_MET = {"referral": Referral.NOT_MET, "note": "The officer agrees: no risk"}


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


@pytest.fixture
def deputy():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Dev Deputy")


@pytest.fixture
def person():
    return make.ambassador(name="Sam Stone", cleared=True)


def of_harm(person, lead) -> Concern:
    concern = make.concern()
    harm = ConcernLevel.HARM_THRESHOLD
    triage_concern(concern=concern, level=harm, note="The head rang", about=person, by=lead, at=AT)
    concern.refresh_from_db()
    return concern


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(**{"at": AT, **arguments})
    return caught.value.codes


def leave(person) -> str:
    leave_scheme(ambassador=person, by=person.user, at=AT)
    person.refresh_from_db()
    return person.status


class TestTheGate:
    def test_nobody_ends_their_part_before_it_is_said(self, person, lead):
        concern, officer = of_harm(person, lead), make.staff(Role.VETTING_OFFICER)
        for by in (person.user, officer):
            assert refused(leave_scheme, ambassador=person, by=by) == ["not_now"]
        person.refresh_from_db()
        assert person.status == "active"
        answer_referral(concern=concern, **REFERRED, by=lead, at=AT)
        assert leave(person) == "left"

    def test_its_words_tell_nobody_why(self, person, lead):
        of_harm(person, lead)
        with pytest.raises(Refusal) as caught:
            leave_scheme(ambassador=person, by=person.user, at=AT)
        assert caught.value.told_to() == "This cannot be done on a page just now. Please ring us."

    def test_one_who_says_that_it_is_not_met_is_not_enough(self, person, lead, deputy):
        concern = of_harm(person, lead)
        assert refused(confirm_not_met, concern=concern, by=deputy) == ["not_proposed"]
        answer_referral(concern=concern, **NOT_MET, by=lead, at=AT)
        assert refused(confirm_not_met, concern=concern, by=lead) == ["same_person"]
        assert refused(leave_scheme, ambassador=person, by=person.user) == ["not_now"]
        confirm_not_met(concern=concern, by=deputy, at=AT)
        assert leave(person) == "left"

    def test_of_two_worries_each_has_to_be_answered(self, person, lead):
        first, second = of_harm(person, lead), of_harm(person, lead)
        answer_referral(concern=first, **REFERRED, by=lead, at=AT)
        assert refused(leave_scheme, ambassador=person, by=person.user) == ["not_now"]
        answer_referral(concern=second, **REFERRED, by=lead, at=AT)
        assert leave(person) == "left"

    def test_a_suspension_without_such_a_worry_keeps_nobody(self, person, lead):
        make.suspension(person)
        assert leave(person) == "left"


class TestTheAnswer:
    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"referred_on": None}, "referred_on"),
            ({"referred_on": day_of(AT) + timedelta(days=1)}, "referred_on"),
            ({"referral_reference": " "}, "referral_reference"),
            ({"note": " "}, "no_note"),
        ],
    )
    def test_a_referral_has_its_day_its_reference_and_why(self, said, code, person, lead):
        concern = of_harm(person, lead)
        assert refused(answer_referral, concern=concern, **{**REFERRED, **said}, by=lead) == [code]

    def test_it_is_said_once(self, person, lead):
        concern = of_harm(person, lead)
        answer_referral(concern=concern, **REFERRED, by=lead, at=AT)
        assert refused(answer_referral, concern=concern, **NOT_MET, by=lead) == ["not_owed"]

    def test_of_somebody_who_is_none_of_ours_there_is_none_to_say(self, lead):
        assert refused(answer_referral, concern=of_harm(None, lead), **REFERRED, by=lead) == ["not_owed"]

    def test_the_database_itself_takes_no_one_for_two(self, person, lead):
        of_harm(person, lead)
        with pytest.raises(IntegrityError, match="worry_is_referred_or_two_say_why_not"), transaction.atomic():
            Concern.objects.update(referral="not_met", referral_by=lead, referral_second=lead)


class TestClosing:
    def dealt_with(self, person, **columns) -> Concern:
        concern = make.concern(about=person, status=ConcernStatus.ACTIONS, level=ConcernLevel.HARM_THRESHOLD)
        Concern.objects.filter(pk=concern.pk).update(**columns)
        return concern

    def test_harm_is_not_closed_before_it_is_said(self, person, lead):
        concern = self.dealt_with(person)
        assert refused(propose_close, concern=concern, note="Done", by=lead) == ["referral"]
        answer_referral(concern=concern, **REFERRED, by=lead, at=AT)
        propose_close(concern=concern, note="Done", by=lead, at=AT)

    @pytest.mark.parametrize(
        ("since", "code"), [(None, None), (day_of(AT), "report"), (day_of(AT + timedelta(1)), None)]
    )
    def test_from_the_day_the_law_asks_it_an_offence_is_reported_first(self, since, code, lead, settings):
        settings.MANDATORY_REPORTING_FROM = since
        concern = self.dealt_with(None, is_reportable=True)
        if code:
            assert refused(propose_close, concern=concern, note="Done", by=lead) == [code]
            told = {"police_told_at": AT, "authority_told_at": None, "delayed_because": "No signal"}
            record_report(concern=concern, **told, by=lead, at=AT)
        propose_close(concern=concern, note="Done", by=lead, at=AT)

    @pytest.mark.parametrize(
        ("when", "code"), [(None, "police_told_at"), (AT + timedelta(minutes=1), "authority_told_at")]
    )
    def test_a_report_was_made_to_somebody_and_in_the_past(self, when, code, lead):
        told = {"police_told_at": None, "authority_told_at": when, "delayed_because": ""}
        assert refused(record_report, concern=make.concern(), **told, by=lead) == [code]

    @pytest.mark.parametrize(
        ("finding", "stays"), [(each, each not in ("false", "malicious")) for each in ConcernOutcome.values]
    )
    def test_what_was_false_leaves_the_person_s_record_and_is_kept(self, finding, stays, person, lead, deputy):
        concern = self.dealt_with(person, finding=finding)
        answer_referral(concern=concern, **REFERRED, by=lead, at=AT)
        propose_close(concern=concern, note="Done", by=lead, at=AT)
        close_concern(concern=concern, by=deputy, at=AT)
        concern.refresh_from_db()
        assert (concern.ambassador == person) is stays
        assert ("Sam Stone" in concern.events.last().words) is not stays


@pytest.mark.parametrize(
    ("level", "is_reportable", "until"),
    [
        (ConcernLevel.HARM_THRESHOLD, False, date(2037, 2, 3)),
        (ConcernLevel.HARM_THRESHOLD, True, date(2102, 2, 3)),
        (ConcernLevel.CHILD_WELFARE, True, date(2102, 2, 3)),
        (ConcernLevel.CHILD_WELFARE, False, date(2033, 2, 3)),
        (ConcernLevel.LOW_LEVEL, False, None),
    ],
)
def test_how_long_it_is_kept(level, is_reportable, until):
    assert kept_until(level, on=date(2027, 2, 3), is_reportable=is_reportable) == until
