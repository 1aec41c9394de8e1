"""The page on which a teacher says when a visit could be: closed days, periods, and lessons without an end."""

import pytest
from django.urls import reverse

from bookings.models import PossibleTime, Request
from schools.enums import SpanKind
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def draft():
    made = make.request(times=())
    make.school_year(school=made.school)
    make.closure(made.school, day=make.FIRST_DAY.replace(month=3), kind=SpanKind.INSET, name="Marking day")
    return made


def row(day: str = "10", month: str = "2", **typed: str) -> dict[str, str]:
    """The first row, with a day in 2027."""
    return {"day_1_0": day, "day_1_1": month, "day_1_2": "2027", **typed}


CLOCK = {"start_1": "10am", "finish_1": "11am"}


def post(draft: Request, **answers: str):
    return client_of(draft.contact.user).post(reverse("edit_request", args=[draft.pk, "times"]), answers)


def kept() -> list[str]:
    return [each.in_words for each in PossibleTime.objects.all()]


@pytest.mark.parametrize(
    ("day", "month", "words"),
    [
        ("10", "3", "Wednesday 10 March 2027 is an INSET day."),
        ("16", "2", "Tuesday 16 February 2027 is in half term."),
        ("26", "3", "Friday 26 March 2027 is a bank holiday."),
        ("13", "2", "Saturday 13 February 2027 is at a weekend."),
        ("20", "8", "Friday 20 August 2027 is not in term."),
        ("13", "4", "Tuesday 13 April 2027 is one of the first two school days of a term."),
    ],
)
def test_a_day_without_visitors_is_refused_beside_it_and_taken_with_a_reason(draft, day, month, words):
    page = post(draft, **row(day, month, **CLOCK))
    assert page.context["form"].errors["day_1"] == [f"{words} Choose another day, or say below why then all the same."]
    assert "Why then all the same?" in page.text and kept() == []

    post(draft, **row(day, month, **CLOCK), all_the_same="Our science week")

    [time] = kept()
    assert time.endswith(", all the same: Our science week")


def test_the_weeks_of_exams_are_closed_to_the_classes_that_sit_them(draft):
    post(draft, **row("20", "5", **CLOCK))
    assert len(kept()) == 1
    Request.objects.update(stage="ks4", year_groups="Years 10 and 11")
    page = post(draft, **row("20", "5", **CLOCK))
    assert "is in the weeks when this class sits exams." in page.context["form"].errors["day_1"][0]


def test_why_is_asked_only_where_a_day_is_closed(draft):
    page = client_of(draft.contact.user).get(reverse("edit_request", args=[draft.pk, "times"]))
    assert "Why then all the same?" not in page.text
    PossibleTime.objects.create(
        request=draft,
        starts_at=make.FIRST_TIME[0].replace(month=3),
        ends_at=make.FIRST_TIME[1].replace(month=3),
        all_the_same="Our science week",
    )
    page = client_of(draft.contact.user).get(reverse("edit_request", args=[draft.pk, "times"]))
    assert "Why then all the same?" in page.text and 'value="Our science week"' in page.text


def test_the_look_over_it_says_that_a_day_has_closed_since_and_leads_there(draft):
    post(draft, **row(**CLOCK))
    make.closure(draft.school, day=make.FIRST_DAY, name="Snow")
    page = client_of(draft.contact.user).get(reverse("check_request", args=[draft.pk]))
    words = "Wednesday 10 February 2027 is a day when your school is closed (Snow)."
    assert page.context["missing"] == [(words, "times")]


class TestPeriods:
    @pytest.fixture(autouse=True)
    def _periods(self, draft):
        make.period(draft.school)
        made = make.period(draft.school, name="Club")
        made.weekdays = "2"
        made.save()

    def test_are_chosen_in_place_of_times(self, draft):
        post(draft, **row(period_1="1"))
        assert kept() == ["Wednesday 10 February 2027, 11am to midday"]
        page = client_of(draft.contact.user).get(reverse("edit_request", args=[draft.pk, "times"]))
        form = page.context["form"]
        assert (form.initial["period_1"], form.initial.get("start_1")) == ("0", None)
        assert "Period 3, 11am to midday" in page.text

    @pytest.mark.parametrize(
        ("answers", "field", "words"),
        [
            ({**row(period_1="1", start_1="10am")}, "period_1", "Choose a period or type times, not both."),
            ({**row("11", period_1="0")}, "period_1", "There is no such period on that day: it is on Wed."),
            ({"period_1": "1"}, "day_1", "Enter the date."),
            ({**row(period_1="7")}, "period_1", None),
        ],
    )
    def test_that_cannot_be_are_refused(self, draft, answers, field, words):
        page = post(draft, **answers)
        assert list(page.context["form"].errors) == [field]
        assert words is None or page.context["form"].errors[field] == [words]
        assert kept() == []


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [(None, None, "10am to 11am"), ("09:00", "09:50", "10am to 10:50am"), ("09:00", "10:40", "10am to 11:40am")],
)
def test_a_time_without_a_finish_is_one_lesson_of_the_school_s(draft, starts, ends, found):
    if starts:
        make.period(draft.school, starts=starts, ends=ends)
    post(draft, **row(start_1="10am"))
    assert kept() == [f"Wednesday 10 February 2027, {found}"]


def test_the_page_costs_the_same_with_dates_and_periods(draft, django_assert_num_queries):
    client, page = client_of(draft.contact.user), reverse("edit_request", args=[draft.pk, "times"])
    client.get(page)
    # session, person, contact, roles; the request and its times; the policy; the school’s days; its periods;
    # who could come, and how they stand
    with django_assert_num_queries(11):
        client.get(page)
