"""Suspended: out of every visit at once, two people to end it, and nobody else can tell (rules V-70 to V-72)."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ambassadors.eligibility import bookable, reasons_not_bookable
from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from ambassadors.operations.holds import lift_hold
from bookings.enums import VisitStatus
from bookings.models import Seat, Visit
from bookings.operations.standing import hold_back
from quality.models import Suspension
from quality.operations.suspensions import lift_suspension, propose_lift, remind_of_reviews, review_suspension, suspend
from stem.accounts.models import BrowserSession
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from tests import make
from tests.clients import client_of
from tests.quality.test_held import main_of

pytestmark = pytest.mark.django_db
BECAUSE = "An allegation at a youth club"
ON_ANOTHER_DAY = "on_0=1&on_1=3&on_2=2027&nation=ENG"
# What guards a form differs at each look.
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


@pytest.fixture
def deputy():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Dev Deputy")


@pytest.fixture
def person():
    return make.ambassador(name="Sam Stone", cleared=True)


def suspended(person, lead, now, *, tell: bool = False) -> Suspension:
    return suspend(ambassador=person, because=BECAUSE, tell=tell, by=lead, at=now)


def away_with_no_end(person, officer, now, *, truth: str = "") -> Hold:
    return hold_back(ambassador=person, kind=HoldKind.AWAY, truth=truth, starts_on=day_of(now), by=officer, at=now)


def facts_to(user) -> list[str]:
    return sorted(letter.fact_name for letter in Letter.objects.filter(recipient=user))


def test_everything_follows_in_one_act(person, lead, now):
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    client_of(person.user)
    assert BrowserSession.objects.filter(user=person.user).exists()

    suspension = suspended(person, lead, now)

    assert not Seat.objects.filter(ambassador=person).exists()
    assert facts_to(visit.request.contact.user) == ["ambassador_withdrew"]
    assert not BrowserSession.objects.filter(user=person.user).exists()
    assert not bookable(day_of(now), Nation.ENG).filter(pk=person.pk).exists()
    person.refresh_from_db()
    assert person.status == "active"
    # Ten working days from Tuesday 12 January.
    assert suspension.review_by == date(2027, 1, 26)
    assert [event.kind for event in suspension.events.all()] == ["suspend"]
    assert Entry.objects.filter(action__in=["hold.set", "suspension.suspend"], actor=lead).count() == 2


def test_the_person_is_written_to_only_where_they_may_be_told(person, lead, now, outbox):
    suspended(person, lead, now)
    other = make.ambassador(name="Toni Told", cleared=True)
    suspended(other, lead, now, tell=True)
    send_due(at=now)
    assert (facts_to(person.user), facts_to(other.user)) == ([], ["suspended"])
    assert "It says nothing about what will be found" in outbox[0].body
    assert BECAUSE not in outbox[0].body and "Lena Lead" in outbox[0].body


def test_no_letter_says_that_anybody_is_suspended(person, lead, now, outbox):
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    suspended(person, lead, now)
    send_due(at=now)
    assert outbox
    assert not any("suspen" in (message.subject + message.body).lower() for message in outbox)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_nobody_else_may_and_nothing_changes(role, person, now):
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    with pytest.raises(Refusal) as refused:
        suspended(person, make.staff(role), now)
    assert refused.value.codes == ["not_safeguarding_lead"]
    assert Visit.objects.get(pk=visit.pk).status == VisitStatus.CONFIRMED and not Hold.objects.exists()


def test_nobody_suspends_themselves(lead, now):
    with pytest.raises(Refusal) as refused:
        suspended(make.ambassador(user=lead, cleared=True), lead, now)
    assert refused.value.codes == ["own_record"]


def test_twice_is_refused_in_words_and_is_once(person, lead, deputy, now):
    suspended(person, lead, now)
    for who in (lead, deputy):
        with pytest.raises(Refusal) as refused:
            suspended(person, who, now)
        assert refused.value.codes == ["suspended_before"]
    assert Suspension.objects.count() == Hold.objects.count() == 1


class TestLifting:
    def test_two_leads_lift_it_and_what_ran_out_meanwhile_still_counts(self, person, lead, deputy, now):
        suspension = suspended(person, lead, now)
        person.requirements.filter(kind="DECL").update(valid_until=day_of(now))
        propose_lift(suspension=suspension, note="Nothing in it.", by=lead, at=now)
        assert facts_to(deputy) == ["suspension_waits"] and facts_to(lead) == []

        lift_suspension(suspension=suspension, by=deputy, at=now)

        assert reasons_not_bookable(person, day_of(now), Nation.ENG) == []
        tomorrow = day_of(now) + timedelta(days=1)
        assert [reason.code for reason in reasons_not_bookable(person, tomorrow, Nation.ENG)] == ["DECL"]

    def test_whoever_proposed_it_is_not_the_second(self, person, lead, now):
        suspension = suspended(person, lead, now)
        propose_lift(suspension=suspension, note="Nothing in it.", by=lead, at=now)
        with pytest.raises(Refusal) as refused:
            lift_suspension(suspension=suspension, by=lead, at=now)
        assert refused.value.codes == ["same_person"]
        assert Hold.objects.get().lifted_at is None

    def test_it_is_not_lifted_before_it_is_proposed_nor_twice(self, person, lead, deputy, now):
        suspension = suspended(person, lead, now)
        with pytest.raises(Refusal) as refused:
            lift_suspension(suspension=suspension, by=deputy, at=now)
        assert refused.value.codes == ["state"]
        propose_lift(suspension=suspension, note="Nothing in it.", by=lead, at=now)
        lift_suspension(suspension=suspension, by=deputy, at=now)
        with pytest.raises(Refusal) as refused:
            lift_suspension(suspension=suspension, by=deputy, at=now)
        assert refused.value.codes == ["state"]

    @pytest.mark.parametrize("roles", [[Role.VETTING_OFFICER], [Role.SAFEGUARDING_LEAD]])
    def test_no_other_way_lifts_the_hold(self, roles, person, lead, now):
        suspension = suspended(person, lead, now)
        with pytest.raises(Refusal) as refused:
            lift_hold(hold=suspension.hold, by=make.staff(*roles), at=now)
        assert refused.value.codes[0] in {"two_people", "not_safeguarding_lead"}

    def test_after_it_was_lifted_they_can_be_suspended_again(self, person, lead, deputy, now):
        suspension = suspended(person, lead, now)
        propose_lift(suspension=suspension, note="Nothing in it.", by=lead, at=now)
        lift_suspension(suspension=suspension, by=deputy, at=now)
        assert suspended(person, lead, now) != suspension

    def test_a_review_takes_the_proposal_back(self, person, lead, deputy, now):
        suspension = suspended(person, lead, now)
        propose_lift(suspension=suspension, note="Nothing in it.", by=lead, at=now)
        review_suspension(suspension=suspension, note="There is more.", by=deputy, at=now)
        with pytest.raises(Refusal):
            lift_suspension(suspension=suspension, by=deputy, at=now)


class TestReviewing:
    def test_a_review_moves_the_next_one_on_and_is_written_down(self, person, lead, now):
        suspension = suspended(person, lead, now)
        review_suspension(suspension=suspension, note="Still waiting.", by=lead, at=now + timedelta(days=7))
        suspension.refresh_from_db()
        assert suspension.review_by == date(2027, 2, 2)
        with pytest.raises(Refusal) as refused:
            review_suspension(suspension=suspension, note=" ", by=lead, at=now)
        assert refused.value.codes == ["no_note"]

    def test_the_same_review_pressed_twice_is_one(self, person, lead, deputy, now):
        suspension = suspended(person, lead, now)
        for who in (lead, lead, deputy):
            review_suspension(suspension=suspension, note="Still waiting.", by=who, at=now)
        assert [event.by for event in suspension.events.filter(kind="review")] == [lead, deputy]

    def test_a_missing_review_is_told_to_every_lead_once(self, person, lead, deputy, now):
        suspended(person, lead, now)
        due = now + timedelta(days=14)
        assert remind_of_reviews(at=due) == 0
        for later in (1, 2):
            assert remind_of_reviews(at=due + timedelta(days=later)) == 1
        assert facts_to(lead) == facts_to(deputy) == ["suspension_waits"]


def seen_after(act, person, readers, now) -> list[str]:
    """What each reader meets on each page, and every letter that leaves, once this was done; then it is undone."""
    told = []
    with transaction.atomic():
        act(person)
        mail.outbox.clear()
        send_due(at=now)
        told += sorted(f"{message.to} {message.subject} {message.body}" for message in mail.outbox)
        for client, addresses in readers:
            for address in addresses:
                answer = client.get(address)
                told.append(f"{address} {answer.status_code} {TOKEN.sub('', main_of(answer.content.decode()))}")
        transaction.set_rollback(True)
    return told


def test_a_school_a_coordinator_and_a_search_meet_the_same_as_of_someone_who_is_away(person, lead, now, monkeypatch):
    """Byte for byte: suspended, or away with no end date (V-71)."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    offer = make.offer(ambassador=person)
    officer = make.staff(Role.VETTING_OFFICER)
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    readers = [
        (
            client_of(visit.request.contact.user),
            ["/school/", reverse("visit", args=[visit.pk]), reverse("request", args=[visit.request_id])],
        ),
        (
            coordinator,
            [
                *(reverse(name) for name in ("coordinator_home", "requests", "visits")),
                *(reverse("coordinate_request", args=[each.request_id]) for each in (visit, offer.visit)),
                reverse("visit", args=[visit.pk]),
                *(reverse(name) for name in ("vetting_board", "ambassadors")),
                f"{reverse('ambassadors')}?q=sam+stone",
                *(reverse(name, args=[person.pk]) for name in ("ambassador", "set_hold")),
                f"{reverse('ambassador', args=[person.pk])}?{ON_ANOTHER_DAY}",
            ],
        ),
    ]

    def away(someone) -> None:
        away_with_no_end(someone, officer, now)

    def suspension(someone) -> None:
        suspended(someone, lead, now)

    before = seen_after(lambda _: None, person, readers, now)
    of_away, of_suspended = (seen_after(act, person, readers, now) for act in (away, suspension))
    assert of_suspended == of_away != before
    assert "Sam Stone" in str(before)
    assert "Unavailable" in str(of_suspended)
    assert "Set by" not in str(of_suspended)


def pressed_and_read(person, act, client) -> list[str]:
    """What an officer meets who has the hold lifted by its address, and the record after it; then it is undone."""
    with transaction.atomic():
        hold = act()
        said = client.post(reverse("lift_hold", args=[hold.pk]), follow=True).content.decode()
        Hold.objects.filter(pk=hold.pk).update(lifted_at=hold.set_at, lifted_by=hold.set_by)
        lifted = client.get(reverse("ambassador", args=[person.pk])).content.decode()
        again = client.post(reverse("lift_hold", args=[hold.pk]), follow=True).content.decode()
        transaction.set_rollback(True)
    return [TOKEN.sub("", main_of(each)) for each in (said, lifted, again)]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VETTING_OFFICER])
def test_whoever_presses_and_whoever_looks_later_meets_the_same_too(role, person, lead, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    officer = make.staff(Role.VETTING_OFFICER)
    client = client_of(make.staff(role), second_factor=True)
    of_away, of_suspended = (
        pressed_and_read(person, act, client)
        for act in (
            lambda: away_with_no_end(person, officer, now, truth="Travelling"),
            lambda: suspended(person, lead, now).hold,
        )
    )
    assert of_away == of_suspended
    assert "This hold is not yours to change." in of_suspended[0]
    assert "Lifted" in of_suspended[1]
    assert "Travelling" not in str(of_away)


def test_whoever_noted_an_absence_reads_and_ends_it(person, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    officer = make.staff(Role.VETTING_OFFICER)
    client = client_of(officer, second_factor=True)
    hold = away_with_no_end(person, officer, now, truth="Travelling")
    assert "Travelling" in client.get(reverse("ambassador", args=[person.pk])).content.decode()
    said = client.post(reverse("lift_hold", args=[hold.pk]), follow=True).content.decode()
    assert "The hold is lifted." in said


def test_days_away_that_end_by_themselves_are_any_officer_s_to_read_and_to_lift(person, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    client = client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)
    hold = make.hold(person, starts_on=day_of(now), ends_on=day_of(now) + timedelta(days=9))
    assert "Set by" in client.get(reverse("ambassador", args=[person.pk])).content.decode()
    client.post(reverse("lift_hold", args=[hold.pk]))
    assert Hold.objects.get().lifted_at == now


def test_a_lead_ends_an_absence_whose_author_has_gone_and_nobody_else_does(person, lead, now):
    hold = away_with_no_end(person, make.staff(Role.VETTING_OFFICER, name="Olga Officer"), now, truth="Travelling")
    client = client_of(lead, second_factor=True)
    asked = client.get(reverse("suspend", args=[person.pk])).content.decode()
    assert "Travelling" in asked and "Olga Officer" in asked
    address = reverse("end_absence", args=[hold.pk])
    assert client_of(make.staff(Role.COORDINATOR), second_factor=True).post(address).status_code == 403
    assert "The absence is over." in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 404
    assert Hold.objects.get().lifted_by == lead
    suspension = suspended(person, lead, now)
    assert client.post(reverse("end_absence", args=[suspension.hold_id])).status_code == 404
