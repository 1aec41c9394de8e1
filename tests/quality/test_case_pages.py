"""The list of cases, the page of one, and what somebody reads who was asked about their visit."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookings.enums import VisitStatus
from bookings.models import Visit
from quality.enums import CaseOutcome, CaseRule, CaseStatus, FeedbackSide
from quality.models import Case
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

NOON = make.AFTER + timedelta(days=30)


@pytest.fixture(autouse=True)
def _now_is_a_month_after(monkeypatch):
    monkeypatch.setattr("quality.views.cases.timezone.now", lambda: NOON)


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def client(cora) -> Client:
    return client_of(cora, second_factor=True)


@pytest.fixture
def case(ada) -> Case:
    """A poor visit, as the teacher answered."""
    visit = make.visit(ambassador=ada, status=VisitStatus.DELIVERED)
    answers = {**make.TEACHER_SAYS, "T9": "2", "T12": "Sam Small held his breath"}
    form = make.feedback(visit=visit, answers=answers)
    make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR, answers=make.AMBASSADOR_SAYS)
    return make.case(ada, visit=visit, form=form)


def visit_before(person, weeks: int) -> Visit:
    """One that took place so many weeks before the usual day."""
    start, end = (each - timedelta(weeks=weeks) for each in make.FIRST_TIME)
    return make.visit(ambassador=person, status=VisitStatus.DELIVERED, time=(start, end))


def shown(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, case: Case, **answers: str) -> str:
    response = client.post(reverse(name, args=[case.pk]), answers, follow=True)
    case.refresh_from_db()
    return response.content.decode()


def test_what_is_due_first_stands_first_and_what_is_late_is_red(client, ada):
    cases = [make.case(ada, visit=visit_before(ada, weeks)) for weeks in range(3)]
    for case, days in zip(cases, (1, -1, 0), strict=True):
        Case.objects.filter(pk=case.pk).update(act_by=NOON.date() + timedelta(days=days))
    page = shown(client, "cases")
    order = [page.index(reverse("case", args=[case.pk])) for case in cases]
    assert order[1] < order[2] < order[0]
    assert page.index("Late") < page.index("Today") < page.index("tag-waiting")


def test_one_reads_those_of_ones_own_region(case, ada):
    elsewhere = Region.objects.create(name="Far", slug="far")
    RegionArea.objects.create(region=elsewhere, area="ZE")
    theirs = client_of(make.staff(Role.QUALITY_MANAGER, regions=(elsewhere,)), second_factor=True)
    assert str(ada) not in shown(theirs, "cases", show="all")
    assert theirs.get(reverse("case", args=[case.pk])).status_code == 404


def test_a_case_shows_each_question_with_its_answer_and_nothing_else_of_the_form(client, case):
    page = shown(client, "case", case.pk)
    assert "Overall, how useful was the visit for your pupils?" in page
    assert "Slightly useful" in page
    assert "Sam Small" not in page


def test_from_taking_it_on_to_a_pause(client, case, ada, cora):
    assert "You see to it now." in post(client, "take_case", case)
    assert "Rang the teacher" in post(client, "note_on_case", case, note="Rang the teacher")
    post(client, "ask_for_reply", case, words="What went well?")
    assert case.status == CaseStatus.ASKED
    theirs = client_of(ada.user)
    mine = shown(theirs, "review", case.pk)
    assert "What went well?" in mine
    assert "Slightly useful" in mine
    assert "Sam Small" not in mine
    assert "Rang the teacher" not in mine
    post(theirs, "review", case, words="They were older than I had been told.")
    assert case.status == CaseStatus.HEARD
    assert "They were older than I had been told." in shown(client, "case", case.pk)
    day = {"until_0": "31", "until_1": "7", "until_2": "2027"}
    post(client, "decide_case", case, outcome="pause", note="Both heard.", told="Let us talk in summer.", **day)
    assert (case.decision, ada.holds.get().ends_on) == (CaseOutcome.PAUSE, date(2027, 7, 31))
    assert "Let us talk in summer." in shown(theirs, "review", case.pk)
    assert "Both heard." not in shown(theirs, "review", case.pk)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"note": "So."}, "There is a problem"),
        ({"outcome": "pause", "note": "So.", "told": "So."}, "Ask them for their side first"),
        ({"outcome": "fired", "note": "So."}, "Choose one of the answers offered"),
        ({"outcome": "support", "note": ""}, "Why, for the record"),
        ({"outcome": "support", "note": "x" * 4001}, "Use 4000 characters or fewer"),
    ],
)
def test_a_decision_that_cannot_be_says_why_and_changes_nothing(client, case, ada, answers, said):
    page = post(client, "decide_case", case, **answers)
    assert said in page
    assert case.status == CaseStatus.OPEN
    assert not ada.holds.exists()


def test_what_was_never_told_to_them_is_on_no_page_of_theirs(case, ada):
    theirs = client_of(ada.user)
    assert "We have asked you nothing" in shown(theirs, "reviews")
    assert theirs.get(reverse("review", args=[case.pk])).status_code == 404


def test_an_answer_is_given_once(case, ada, client):
    post(client, "ask_for_reply", case, words="How was it?")
    theirs = client_of(ada.user)
    post(theirs, "review", case, words="Fine.")
    page = post(theirs, "review", case, words="Not fine.")
    assert case.reply == "Fine."
    assert "Not fine." not in page


def test_a_case_about_a_school_offers_no_question_to_anybody(client, case):
    school = case.visit.request.school
    about = Case.objects.create(
        rule=CaseRule.R9, school=school, visit=case.visit, opened_at=make.AFTER, act_by=date(2027, 2, 10), evidence=[]
    )
    page = shown(client, "case", about.pk)
    assert school.name in page
    assert reverse("ask_for_reply", args=[about.pk]) not in page
    assert "pause" not in shown(client, "decide_case", about.pk)


def test_the_list_is_read_in_as_many_queries_at_one_as_at_three(client, case, ada, django_assert_max_num_queries):
    for weeks in (1, 2):
        make.case(ada, visit=visit_before(ada, weeks))
    with django_assert_max_num_queries(12):
        shown(client, "cases")
    with django_assert_max_num_queries(12):
        shown(client, "case", case.pk)
