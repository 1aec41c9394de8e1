"""How many could come, while a school fills in its request."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.enums import RequestStatus
from bookings.models import Request
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

CLASS = {"subject": "civil_engineering", "stage": "ks3"}
ACTIVITY = {"activity": "careers_talk", "mode": "in_person", "people": "1"}
DAY = dict(zip(("day_1_0", "day_1_1", "day_1_2"), ("10", "Feb", "2027"), strict=True))
TIMES = {**DAY, "start_1": "10am", "finish_1": "11am"}


def live(request: Request, step: str, typed, *, user=None):
    return client_of(user or request.contact.user).post(reverse("could_come", args=[request.pk, step]), typed)


def said(request: Request, step: str, typed) -> str | None:
    how_many = live(request, step, typed).context["how_many"]
    return how_many and how_many.in_words


def page(request: Request, step: str):
    return client_of(request.contact.user).get(reverse("edit_request", args=[request.pk, step]))


def empty(**columns) -> Request:
    blank = dict.fromkeys(["subject", "stage", "activity", "mode"], "")
    return make.request(times=(), **{**blank, **columns})


def people(count: int, **columns) -> None:
    for _each in range(count):
        make.ambassador(cleared=True, **columns)


def test_every_step_shows_the_number_of_what_is_saved():
    people(7)
    request = make.request()

    steps = ("purpose", "class", "activity", "times", "people")
    assert ["At least 5 people could come." in page(request, step).text for step in steps] == [True] * 5


def test_a_new_request_has_no_number_until_there_is_a_subject():
    people(7)
    request = empty()

    assert "could come" not in page(request, "purpose").text
    assert "Choose a subject, and you see here how many people could come." in page(request, "class").text
    assert said(request, "class", {"subject": "", "stage": "ks3"}) is None
    assert said(request, "class", {"subject": "civil_engineering"}) == "At least 5 people could come."


def test_the_number_follows_what_is_typed_and_nothing_is_kept():
    people(3)
    people(2, stages=("ks1",))
    people(3, activities=("workshop",))
    people(6, postcode="TR1 1AA", in_person=False)
    request = empty(subject="civil_engineering")
    before = list(Request.objects.values())

    assert said(request, "class", {"subject": "biology", "stage": ""}) == "Nobody yet, as it stands."
    assert said(request, "class", {"subject": "civil_engineering", "stage": ""}) == "At least 5 people could come."
    assert said(request, "class", {"subject": "civil_engineering", "stage": "ks1"}) == "A few people could come."
    assert said(request, "activity", ACTIVITY) == "At least 5 people could come."
    assert said(request, "activity", {**ACTIVITY, "activity": "workshop"}) == "A few people could come."
    assert said(request, "activity", {**ACTIVITY, "mode": "online"}) == "At least 10 people could come."
    assert list(Request.objects.values()) == before


def test_times_narrow_it_down_to_who_is_free():
    for _each in range(5):
        make.hours(make.ambassador(cleared=True), days=(0,))
    request = make.request(times=())

    assert said(request, "times", {}) == "At least 5 people could come."
    assert said(request, "times", TIMES) == "Nobody yet, as it stands."
    assert said(request, "times", {**TIMES, "day_1_0": "8"}) == "At least 5 people could come."


def test_where_nobody_could_the_page_says_what_often_helps():
    assert "visit live online" in live(make.request(), "class", CLASS).text
    assert "so does a visit at the school" in live(make.request(mode="online"), "class", CLASS).text


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("class", {**CLASS, "stage": "'; --"}),
        ("activity", {"activity": "\x00", "mode": "nowhere", "people": "9" * 400}),
        ("activity", {"activity": "", "mode": "", "people": "-1"}),
        ("activity", {}),
        ("times", {**TIMES, "day_1_1": "Smarch"}),
        ("times", {**TIMES, "start_1": "half past never"}),
        ("times", {"day_1_0": "10", "day_2_2": "99999999"}),
        ("times", {**TIMES, "day_1_2": "1999"}),
    ],
)
def test_what_cannot_be_understood_is_as_if_it_were_not_said(step, typed):
    people(5)
    assert said(make.request(times=()), step, typed) == "At least 5 people could come."


@pytest.mark.parametrize("subject", ["alchemy", "\x00", "", "civil_engineering\x00"])
def test_a_subject_that_is_none_has_no_number(subject):
    people(5)
    assert said(make.request(), "class", {**CLASS, "subject": subject}) is None


def test_a_colleague_may_ask_and_nobody_else():
    request = make.request()
    colleague = make.contact(school=request.school).user
    refused = [make.contact().user, make.ambassador(cleared=True).user, None]

    assert live(request, "class", CLASS, user=colleague).status_code == 200
    met = [
        client_of(user).post(reverse("could_come", args=[request.pk, "class"]), CLASS).status_code for user in refused
    ]
    assert met == [404, 302, 302]


@pytest.mark.parametrize("step", ["purpose", "people", "nonsense"])
def test_steps_on_which_no_number_depends_have_no_such_address(step):
    assert live(make.request(), step, {}).status_code == 404


def test_what_has_been_sent_in_is_no_longer_counted():
    assert live(make.request(status=RequestStatus.OPEN), "class", CLASS).status_code == 404


def test_it_is_answered_by_post_alone():
    request = make.request()
    assert client_of(request.contact.user).get(reverse("could_come", args=[request.pk, "class"])).status_code == 405


def test_each_person_is_answered_only_so_often(settings):
    settings.PAGE_RATE_LIMITS = {"could_come": "2/m/user"}
    request = make.request()
    colleague = make.contact(school=request.school).user

    answers = [live(request, "class", CLASS) for _each in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert (answers[-1]["Content-Type"], answers[-1].text) == (
        "text/plain",
        "Too many questions at once. Wait a minute.",
    )
    assert live(request, "class", CLASS, user=colleague).status_code == 200
    assert page(request, "class").status_code == 200


def test_the_number_never_carries_a_name():
    people(6, name="Grace Findable")
    assert "Grace" not in live(make.request(), "class", CLASS).text + page(make.request(), "class").text


def statements(asked: CaptureQueriesContext) -> int:
    """How many were made, but for where a transaction begins and ends."""
    return sum("SAVEPOINT" not in query["sql"] for query in asked)


def test_a_number_takes_as_many_statements_for_many_people_as_for_few():
    request = make.request()
    client = client_of(request.contact.user)
    taken = []
    for count in (1, 6):
        people(count)
        for step in ("class", "activity", "times"):
            page, could_come = (reverse(name, args=[request.pk, step]) for name in ("edit_request", "could_come"))
            with CaptureQueriesContext(connection) as of_page:
                client.get(page)
            with CaptureQueriesContext(connection) as of_number:
                client.post(could_come, {**CLASS, **ACTIVITY, **TIMES})
            taken.append((statements(of_page), statements(of_number)))
    assert taken[:3] == taken[3:]
    assert max(number for pair in taken for number in pair) <= 12, taken
