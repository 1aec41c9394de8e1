"""The page of quality: how much of each kind waits for its reader, and how much of that is late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookings.enums import VisitStatus
from quality.enums import CaseStatus, PollStatus
from quality.models import Case
from quality.overview import piles_for
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

NOON = make.AFTER + timedelta(days=30)
# Sign-in, its part and its regions; the five piles, the number that says when a form is late, who answers, and the
# latest report.
QUERIES = 12


@pytest.fixture(autouse=True)
def _now_is_a_month_after(monkeypatch):
    monkeypatch.setattr("quality.views.overview.timezone.now", lambda: NOON)


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


def form_of(number: int = 0, **answers: str):
    start, end = (each + timedelta(days=number) for each in make.FIRST_TIME)
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED, time=(start, end))
    return make.feedback(visit=visit, answers={**make.TEACHER_SAYS, **answers})


def waiting(user, at=NOON) -> dict[str, tuple[int, int]]:
    return {pile.page: (pile.waiting, pile.late) for pile in piles_for(user, at=at)}


def test_what_waits_is_counted_and_what_is_late_of_it(cora):
    form = form_of()
    make.comment(form)
    make.comment(form_of(1), read_by=NOON.date())
    make.oddity(form)
    make.poll(form.visit, status=PollStatus.VOID)
    assert waiting(cora) == {
        "comments": (2, 1),
        "cases": (0, 0),
        "feedback_list": (2, 2),
        "oddities": (1, 0),
        "polls": (1, 0),
    }
    assert waiting(cora, at=form.submitted_at)["feedback_list"] == (2, 0)


@pytest.mark.parametrize(
    ("status", "reply_by", "late"),
    [
        (CaseStatus.OPEN, None, 1),
        (CaseStatus.ASKED, NOON.date(), 0),
        (CaseStatus.ASKED, NOON.date() - timedelta(days=1), 1),
        (CaseStatus.HEARD, NOON.date(), 1),
    ],
)
def test_a_case_is_not_late_while_they_have_time_to_answer(cora, status, reply_by, late):
    case = make.case(make.ambassador(cleared=True), status=status)
    Case.objects.filter(pk=case.pk).update(reply_by=reply_by)
    assert waiting(cora)["cases"] == (1, late)


def test_what_is_decided_waits_for_nobody(cora):
    make.case(make.ambassador(cleared=True), status=CaseStatus.DECIDED)
    assert waiting(cora)["cases"] == (0, 0)


def test_only_ones_own_regions_are_counted():
    kent = Region.objects.create(name="Kent", slug="kent", nation="england")
    RegionArea.objects.create(region=kent, area="CT")
    make.comment(form_of())
    assert set(waiting(make.staff(Role.COORDINATOR, regions=(kent,))).values()) == {(0, 0)}


def test_the_page_leads_to_each_of_them_and_says_how_late_it_is(cora):
    make.comment(form_of())
    make.comment(form_of(1))
    page = client_of(cora, second_factor=True).get(reverse("quality_home")).text
    for name in (
        "comments",
        "cases",
        "feedback_list",
        "oddities",
        "polls",
        "reports",
        "employers",
        "words_for_employers",
    ):
        assert f'href="{reverse(name)}"' in page
    assert "2, of which 2 late" in page and "Nothing waits" in page
    assert "of 100; the aim is 70" in page


def test_an_administrator_finds_reports_and_employers_and_nothing_that_was_said():
    make.comment(form_of())
    page = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True).get(reverse("quality_home")).text
    assert reverse("reports") in page and reverse("employers") in page
    assert "What waits for you" not in page and reverse("comments") not in page and "of 100" not in page


def test_a_quality_manager_comes_here_from_sign_in():
    client = client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True)
    assert client.get(reverse("home")).url == reverse("quality_home")
    assert reverse("employers") not in client.get(reverse("quality_home")).text.replace(
        reverse("words_for_employers"), ""
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_as_much_of_the_database_however_much_waits(rows, cora, django_assert_num_queries):
    for number in range(rows):
        form = form_of(number)
        make.comment(form)
        make.oddity(form)
        make.case(make.ambassador(cleared=True))
    client: Client = client_of(cora, second_factor=True)
    client.get(reverse("quality_home"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("quality_home"))
