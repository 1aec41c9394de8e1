"""Inviting schools that never ask: how often, whom, and what comes of it by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings.enums import Channel, InvitationStatus, RequestStatus
from bookings.models import Invitation, InvitationEvent
from bookings.operations.inviting import follow_up, note_answer, note_call, write_to_school
from schools.models import Contact
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.choices import stop_letters
from stem.letters.kinds import LetterKind
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.policy.operations import set_value
from stem.rules import Refusal
from stem.terms import term_of
from tests import make
from tests.stem.administrators import administrator

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Hannah Lewis")


@pytest.fixture
def lead():
    return make.contact(lead=True)


def write(lead, by, at, words="") -> Invitation:
    return write_to_school(school=lead.school, words=words, by=by, at=at)


def call(lead, by, at, said=InvitationStatus.WAITING) -> Invitation:
    return note_call(school=lead.school, said=said, by=by, at=at)


def refused(act, *args) -> list[str]:
    before = (Invitation.objects.count(), InvitationEvent.objects.count(), Letter.objects.count())
    with pytest.raises(Refusal) as refusal:
        act(*args)
    assert (Invitation.objects.count(), InvitationEvent.objects.count(), Letter.objects.count()) == before
    return refusal.value.codes


def asked(lead, at, **columns) -> None:
    make.request(contact=lead, status=RequestStatus.SUBMITTED, submitted_at=at, **columns)


def status_of(invitation) -> InvitationStatus:
    return InvitationStatus(Invitation.objects.get(pk=invitation.pk).status)


class TestWriting:
    def test_one_letter_goes_to_whoever_leads_with_what_people_near_offer(self, lead, coordinator, now):
        make.ambassador(cleared=True, subjects=["civil_engineering"])
        write(lead, coordinator, now, words="  We met at the fair.\nDo come. ")
        [letter] = Letter.objects.all()
        wording = word_letter(letter, at=now)
        assert letter.recipient == lead.user
        assert wording.subject == "Shall somebody from science or engineering come to Beckside Academy?"
        for words in ("No ambassador of ours has been to", "speak of: Civil", "We met at the fair. Do come.\nHannah"):
            assert words in wording.text
        assert "requests/start/" in wording.text and "letters/stop/" in wording.text

    def test_it_says_so_where_somebody_has_been_there(self, lead, coordinator, now):
        make.coverage(lead.school, last_on=datetime(2020, 1, 1, tzinfo=UTC).date())
        write(lead, coordinator, now)
        assert "more than three years since" in word_letter(Letter.objects.get(), at=now).text

    def test_it_falls_silent_once_the_school_has_answered_or_somebody_else_leads(self, lead, coordinator, now):
        invitation = write(lead, coordinator, now)
        letter = Letter.objects.get()
        Contact.objects.filter(pk=lead.pk).update(status="ended", is_lead=False)
        assert word_letter(letter, at=now) is None
        Contact.objects.filter(pk=lead.pk).update(status="approved", is_lead=True)
        assert word_letter(letter, at=now) is not None
        note_answer(invitation=invitation, said=InvitationStatus.NOT_NOW, by=coordinator, at=now)
        assert word_letter(letter, at=now) is None

    def test_a_school_that_nobody_leads_is_helped_first(self, coordinator, now):
        assert refused(write, make.contact(), coordinator, now) == ["no_lead"]

    def test_whoever_has_turned_such_letters_off_is_not_written_to(self, lead, coordinator, now):
        stop_letters(user=lead.user, kind=LetterKind.INVITATIONS, at=now)
        assert refused(write, lead, coordinator, now) == ["not_wanted"]
        assert call(lead, coordinator, now).channel == Channel.CALL

    def test_a_letter_that_waits_is_not_followed_by_another(self, lead, coordinator, now):
        write(lead, coordinator, now)
        assert refused(write, lead, make.staff(Role.COORDINATOR), now) == ["waits"]

    def test_another_regions_coordinator_and_everybody_else_may_not(self, lead, now):
        region = Region.objects.create(name="Cornwall", slug="cornwall", nation="england")
        RegionArea.objects.create(region=region, area="TR")
        invitation = make.invitation()
        strangers = [make.staff(Role.COORDINATOR, regions=(region,)), make.staff(Role.ADMINISTRATOR), lead.user]
        for who in strangers:
            assert refused(write, lead, who, now) == ["not_coordinator"]
            assert refused(call, lead, who, now) == ["not_coordinator"]
            with pytest.raises(Refusal):
                note_answer(invitation=invitation, said=InvitationStatus.NEVER, by=who, at=now)
        assert status_of(invitation) == InvitationStatus.WAITING


class TestHowOften:
    def test_twice_a_term_whoever_and_however(self, lead, coordinator, now):
        write(lead, coordinator, now)
        call(lead, make.staff(Role.COORDINATOR), now + DAY)
        follow_up(at=now + 31 * DAY)
        later = now + 32 * DAY
        assert refused(write, lead, coordinator, later) == ["often_enough"]
        assert refused(call, lead, coordinator, later) == ["often_enough"]
        next_term = term_of(now.date()).ends_at
        assert write(lead, coordinator, next_term).status == InvitationStatus.WAITING

    def test_what_its_predecessor_had_counts_too(self, lead, coordinator, now):
        old = make.contact(lead=True)
        call(old, coordinator, now)
        make.succession(old=old.school, new=lead.school, status="confirmed")
        call(lead, coordinator, now + DAY)
        assert refused(call, lead, coordinator, now + 2 * DAY) == ["often_enough"]

    def test_a_call_twice_on_a_day_is_one(self, lead, coordinator, now):
        call(lead, coordinator, now)
        assert refused(call, lead, coordinator, now + timedelta(hours=1)) == ["rung_today"]

    def test_the_scheme_may_say_how_often(self, lead, coordinator, now):
        set_value("invitations_per_term", 1, from_day=now.date(), by=administrator(), at=now)
        write(lead, coordinator, now)
        assert refused(call, lead, coordinator, now) == ["often_enough"]

    def test_a_never_stands_for_a_year(self, lead, coordinator, now):
        call(lead, coordinator, now, said=InvitationStatus.NEVER)
        for days in (1, 200, 364):
            assert "said_never" in refused(write, lead, coordinator, now + days * DAY)
        assert write(lead, coordinator, now + 367 * DAY).status == InvitationStatus.WAITING


class TestWhatComesOfIt:
    def test_a_request_after_it_is_its_doing(self, lead, coordinator, now):
        asked(lead, now - DAY)
        invitation = write(lead, coordinator, now)
        assert follow_up(at=now + DAY) == 0
        asked(lead, now + 2 * DAY)
        assert (follow_up(at=now + 3 * DAY), follow_up(at=now + 3 * DAY)) == (1, 0)
        invitation.refresh_from_db()
        assert (invitation.status, invitation.answered_at) == (InvitationStatus.ASKED, now + 2 * DAY)
        assert [event.kind for event in invitation.events.all()] == ["write", "ask"]

    def test_of_two_the_last_before_it_has_it(self, lead, coordinator, now):
        letter, ring = write(lead, coordinator, now), call(lead, coordinator, now + DAY)
        asked(lead, now + 2 * DAY)
        follow_up(at=now + 3 * DAY)
        assert (status_of(letter), status_of(ring)) == (InvitationStatus.WAITING, InvitationStatus.ASKED)

    def test_after_thirty_days_there_is_no_answer_and_a_late_request_counts_all_the_same(self, lead, coordinator, now):
        invitation = write(lead, coordinator, now)
        follow_up(at=now + 30 * DAY - timedelta(seconds=1))
        assert status_of(invitation) == InvitationStatus.WAITING
        follow_up(at=now + 30 * DAY)
        assert status_of(invitation) == InvitationStatus.SILENT
        asked(lead, now + 100 * DAY)
        follow_up(at=now + 101 * DAY)
        assert status_of(invitation) == InvitationStatus.ASKED

    def test_a_request_after_half_a_year_has_nothing_to_do_with_it(self, lead, coordinator, now):
        invitation = write(lead, coordinator, now)
        asked(lead, now + 200 * DAY)
        follow_up(at=now + 201 * DAY)
        assert status_of(invitation) == InvitationStatus.SILENT

    def test_another_schools_request_is_none_of_it(self, lead, coordinator, now):
        invitation = write(lead, coordinator, now)
        asked(make.contact(), now + DAY)
        assert follow_up(at=now + 2 * DAY) == 0
        assert status_of(invitation) == InvitationStatus.WAITING

    def test_what_a_school_said_is_said_once(self, lead, coordinator, now):
        invitation = write(lead, coordinator, now)
        note_answer(invitation=invitation, said=InvitationStatus.WRONG_PERSON, by=coordinator, at=now)
        with pytest.raises(Refusal) as refusal:
            note_answer(invitation=invitation, said=InvitationStatus.NOT_NOW, by=coordinator, at=now)
        assert refusal.value.codes == ["state"]
        assert status_of(invitation) == InvitationStatus.WRONG_PERSON

    def test_a_call_may_keep_at_once_what_was_said(self, lead, coordinator, now):
        invitation = call(lead, coordinator, now, said=InvitationStatus.NOT_NOW)
        assert (invitation.status, invitation.answered_at) == (InvitationStatus.NOT_NOW, now)

    def test_whom_it_went_to_is_forgotten_after_three_years(self, lead, coordinator, now):
        invitation = write(lead, coordinator, now, words="We met at the fair.")
        follow_up(at=datetime(2030, 1, 12, 23, tzinfo=UTC))
        invitation.refresh_from_db()
        assert invitation.contact == lead and invitation.words
        follow_up(at=datetime(2030, 1, 13, 1, tzinfo=UTC))
        invitation.refresh_from_db()
        assert (invitation.contact, invitation.words, invitation.channel) == (None, "", Channel.LETTER)


STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "call", "never", "ask", "sweep"]), st.integers(min_value=0, max_value=60)),
    max_size=14,
)


class TestAnyOrder(TestCase):
    @given(steps=STEPS)
    def test_no_school_is_turned_to_more_than_twice_a_term_nor_in_the_year_after_a_never(self, steps):
        lead, coordinator, at = make.contact(lead=True), make.staff(Role.COORDINATOR), make.NOW
        for kind, days in steps:
            at += days * DAY
            try:
                if kind == "write":
                    write(lead, coordinator, at)
                elif kind in ("call", "never"):
                    call(lead, coordinator, at, InvitationStatus.NEVER if kind == "never" else InvitationStatus.WAITING)
                elif kind == "ask":
                    asked(lead, at)
                else:
                    follow_up(at=at)
            except Refusal:
                continue
        made = list(Invitation.objects.order_by("made_at"))
        for each in made:
            of_term = [one for one in made if term_of(one.made_at.date()) == term_of(each.made_at.date())]
            assert len(of_term) <= 2
            if each.status == InvitationStatus.NEVER:
                assert not any(each.made_at < one.made_at < each.made_at + 360 * DAY for one in made)
        assert sum(one.status == InvitationStatus.WAITING and one.channel == Channel.LETTER for one in made) <= 1
        assert Letter.objects.count() == sum(one.channel == Channel.LETTER for one in made)
