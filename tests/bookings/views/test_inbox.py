"""What waits for a coordinator."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, RequirementKind
from ambassadors.models import Application
from ambassadors.operations.references import accept_reference
from bookings.enums import RequestStatus, VisitStatus
from bookings.models import VisitEvent
from bookings.queries.inbox import inbox
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

OVER = (datetime(2026, 12, 15, 10, 0, tzinfo=UTC), datetime(2026, 12, 15, 11, 0, tzinfo=UTC))
SOON = (datetime(2027, 1, 18, 10, 0, tzinfo=UTC), datetime(2027, 1, 18, 11, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator", email="cora@scheme.example")


@pytest.fixture
def client(coordinator):
    return client_of(coordinator, second_factor=True)


def waiting(user) -> dict[str, list[str]]:
    """The inbox as codes and titles."""
    return {pile.code: [item.title for item in pile.items] for pile in inbox(user, at=make.NOW).piles}


def waiting_visit(*, matched_at: datetime):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)
    VisitEvent.objects.create(visit=visit, kind="match", status="matched", at=matched_at)
    return visit


def failed_letter(number: int) -> None:
    Letter.objects.create(
        fact="bookings.notifications.offer_made",
        key=f"key{number}",
        message_id=f"<{number}@scheme.example>",
        status="failed",
        posted_at=make.NOW,
        due_at=make.NOW,
        next_try_at=make.NOW,
    )


def one_of_each(number: int) -> None:
    """Something of every kind that waits."""
    at_risk(number)
    make.contact(approved=False)
    make.request(status=RequestStatus.SUBMITTED, times=(SOON,))
    make.visit()
    waiting_visit(matched_at=make.NOW - timedelta(days=4))
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=OVER, request=make.request(purpose="Long over"))
    make.clear(make.ambassador(name="Amina Applicant"))
    make.check(make.ambassador(name="Chip Checked"))
    failed_letter(number)
    make.answered(make.ambassador(name="Rita Read"), email=f"referee{number}@northern.example")
    talker = make.ambassador(name="Tal Talker")
    Application.objects.create(ambassador=talker, started_at=make.NOW, sent_at=make.NOW, wants_to_talk=True)
    answerer = make.ambassador(name="Ann Answerer")
    Application.objects.create(ambassador=answerer, started_at=make.NOW, sent_at=make.NOW, answered_at=make.NOW)


def at_risk(number: int = 0):
    """A confirmed visit by whose day its holder's declaration will have run out."""
    person = make.ambassador(name=f"Rosa Runsout {number}", cleared=True)
    person.requirements.filter(kind=RequirementKind.DECL).update(valid_until=make.NOW.date() + timedelta(days=10))
    wanted = make.request(purpose="At risk", status=RequestStatus.FULFILLED)
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, request=wanted)


def test_an_empty_inbox_says_so(client):
    said = client.get(reverse("coordinator_home")).content.decode()
    assert "Nothing waits for you" in said and reverse("requests") in said


def changed(kind: str, *, days_ago: int, **columns):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, **columns)
    VisitEvent.objects.create(visit=visit, kind=kind, status="confirmed", at=make.NOW - timedelta(days=days_ago))
    return visit


def test_what_was_changed_in_the_last_seven_days_is_one_press_away(client):
    moved = changed("change_time", days_ago=6, request=make.request(purpose="Moved lately"))
    changed("cancel_by_school", days_ago=8, request=make.request(purpose="Long called off"))
    changed("confirm", days_ago=1, request=make.request(purpose="Only confirmed"))

    home = client.get(reverse("coordinator_home"))
    listed = client.get(reverse("visits"), {"status": "changed"})

    assert f"{reverse('visits')}?status=changed" in home.text
    assert list(listed.context["page"].object_list) == [moved]
    assert "Moved on Wed 6 Jan 2027" in listed.text


def test_everything_that_waits_is_there_by_kind(coordinator):
    one_of_each(1)
    assert waiting(coordinator) == {
        "requests_to_read": ["Meet someone who builds bridges"],
        "requests_to_ask": ["Meet someone who builds bridges"],
        "visits_at_risk": ["At risk"],
        "visits_to_chase": ["Meet someone who builds bridges"],
        "visits_to_settle": ["Long over"],
        "contacts": ["Tess Teacher"],
        "checks": ["Chip Checked"],
        "talks": ["Tal Talker"],
        "references": ["Rita Read"],
        "answers": ["Ann Answerer"],
        "applications": ["Amina Applicant"],
        "letters": ["Offer made"],
    }


def test_a_reference_waits_for_nobody_who_said_the_first_word_about_it(coordinator):
    person = make.ambassador(name="Una Unsure", status=AmbassadorStatus.VETTING)
    referee = make.answered(person, doubts=True)
    assert waiting(coordinator) == {"references": ["Una Unsure"]}
    accept_reference(referee=referee, verified_how="Rang them", by=coordinator, at=make.NOW)
    assert waiting(coordinator) == {}
    colleague = make.staff(Role.COORDINATOR, Role.VETTING_OFFICER, email="cy@scheme.example")
    assert waiting(colleague) == {"references": ["Una Unsure"]}


def test_a_certificate_waits_since_it_was_seen(coordinator):
    seen_at = make.NOW - timedelta(days=2)
    make.check(make.ambassador(name="Chip Checked", cleared=True), moved_at=seen_at)
    (pile,) = inbox(coordinator, at=make.NOW).piles
    assert (pile.code, [item.since for item in pile.items]) == ("checks", [seen_at])


def test_a_request_says_why_it_needs_a_look(client):
    make.request(status=RequestStatus.SUBMITTED, times=(SOON,))
    said = client.get(reverse("coordinator_home")).content.decode()
    assert "Beckside Academy. Short notice: a date is sooner than we can promise." in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same_however_much_waits(rows, client, django_assert_num_queries):
    for number in range(rows):
        one_of_each(number)
    client.get(reverse("coordinator_home"))  # a new sign-in is written down once
    # session, person, roles, regions; requests, the policy, the week; visits; contacts; people; vetting; letters
    with django_assert_num_queries(12):
        client.get(reverse("coordinator_home"))


def test_only_the_oldest_are_listed_and_all_are_counted(coordinator):
    for number in range(7):
        make.contact(approved=False, asked_at=make.NOW - timedelta(days=number))
    (pile,) = inbox(coordinator, at=make.NOW).piles
    assert (len(pile.items), pile.total) == (5, 7)
    assert [item.since for item in pile.items] == [make.NOW - timedelta(days=number) for number in (6, 5, 4, 3, 2)]


@pytest.mark.parametrize(("days", "waits"), [(2, False), (3, True), (4, True)])
def test_a_school_has_three_days_to_say_yes(days, waits, coordinator):
    waiting_visit(matched_at=make.NOW - timedelta(days=days))
    assert ("visits_to_chase" in waiting(coordinator)) is waits


@pytest.mark.parametrize(("days", "waits"), [(13, False), (14, True)])
def test_a_visit_without_a_word_waits_after_two_weeks(days, waits, coordinator):
    end = make.NOW - timedelta(days=days)
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(end - timedelta(hours=1), end))
    assert ("visits_to_settle" in waiting(coordinator)) is waits


def test_a_request_for_which_someone_is_asked_does_not_wait(coordinator):
    make.offer()
    assert waiting(coordinator) == {}


def test_a_check_whose_certificate_one_saw_oneself_waits_for_a_colleague(coordinator):
    make.check(make.ambassador(), seen_by=coordinator)
    assert waiting(coordinator) == {}


def test_another_region_s_work_waits_for_others():
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    one_of_each(1)
    assert waiting(make.staff(Role.COORDINATOR, regions=(region,))) == {}


def test_teachers_and_people_without_a_second_factor_are_kept_out(coordinator):
    assert client_of(make.contact().user).get(reverse("coordinator_home")).status_code == 403
    assert client_of(coordinator).get(reverse("coordinator_home")).status_code == 302


@pytest.mark.parametrize(
    ("days", "words"), [(11, None), (8, "Late"), (3, "Very late")], ids=["in time", "late", "very late"]
)
def test_a_search_that_runs_out_of_time_comes_before_all_others(coordinator, days, words):
    starts_at = make.NOW + timedelta(days=days)
    wanted = make.request(status=RequestStatus.OPEN, times=((starts_at, starts_at + timedelta(hours=1)),))
    make.visit(request=wanted)
    piles = {pile.code: pile for pile in inbox(coordinator, at=make.NOW).piles}
    assert ("requests_late" in piles) == (words is not None)
    assert ("requests_to_ask" in piles) == (words is None)
    if words:
        [item] = piles["requests_late"].items
        assert item.alarm and item.alarm[0] == words
        assert item.detail.endswith("and nobody is asked")
