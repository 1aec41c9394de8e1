"""Asking for a visit: step by step, the look over it all, and what becomes of it."""

import pytest
from django.urls import reverse

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Request, RequestEvent, Visit
from bookings.operations.requests import open_request, submit_request
from schools.enums import PersonKind
from schools.models import School
from stem.accounts.roles import Role
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

ANSWERS: dict[str, dict[str, str]] = {
    "purpose": {"purpose": "Meet someone who builds bridges", "outcome_1": "Name three jobs"},
    "class": {"subject": "civil_engineering", "stage": "ks3", "year_groups": "Year 8", "pupils": "28"},
    "activity": {"activity": "careers_talk", "mode": "in_person", "people": "1"},
    "times": {
        **dict(zip(("day_1_0", "day_1_1", "day_1_2"), ("10", "Feb", "2027"), strict=True)),
        "start_1": "10am",
        "finish_1": "11am",
    },
    "people": {
        "supervising_adult": "Sam Supervisor",
        "supervising_email": "s@school.example",
        "safeguarding_lead": "Dee Lead",
        "safeguarding_phone": "01632 960002",
    },
}


def client_for(request: Request):
    return client_of(request.contact.user)


def url(name: str, request: Request, *args) -> str:
    return reverse(name, args=[request.pk, *args])


def answer(request: Request, step: str, **answers):
    return client_for(request).post(url("edit_request", request, step), {**ANSWERS[step], **answers})


def snapshot() -> list:
    requests = Request.objects.order_by("pk")
    return [*requests.values(), *[list(each.possible_times.values("starts_at", "ends_at")) for each in requests]]


def test_five_steps_lead_from_nothing_to_a_request_that_is_being_worked_on():
    client = client_of(make.contact().user)

    page = client.post(reverse("start_request"))
    for step, answers in ANSWERS.items():
        assert page["Location"].endswith(f"/{step}/")
        page = client.post(page["Location"], answers)
    check = page["Location"]
    assert "Still to answer" not in client.get(check).text
    sent = client.post(check)["Location"]

    request = Request.objects.get()
    assert request.status == RequestStatus.OPEN
    assert [(time.starts_at, time.ends_at) for time in request.possible_times.all()] == [make.FIRST_TIME]
    assert request.reference in client.get(sent).text
    assert Visit.objects.get().status == VisitStatus.FINDING


def test_pressing_ask_twice_begins_one_draft():
    client = client_of(make.contact().user)

    first, second = (client.post(reverse("start_request"))["Location"] for _ in range(2))

    assert first == second
    assert Request.objects.count() == 1


def test_each_page_says_which_step_it_is():
    request = make.request()

    pages = [client_for(request).get(url("edit_request", request, step)).text for step in ANSWERS]

    assert [f"Step {number} of 5" in page for number, page in enumerate(pages, start=1)] == [True] * 5


def test_a_step_that_is_none_does_not_exist():
    request = make.request()

    assert client_for(request).get(url("edit_request", request, "nonsense")).status_code == 404


def test_an_answer_changed_from_the_look_over_leads_back_to_it():
    request = make.request()
    page = url("edit_request", request, "class") + "?from=check"

    answered = client_for(request).post(page, {**ANSWERS["class"], "pupils": "31"})

    assert answered["Location"] == url("check_request", request)
    assert Request.objects.get().pupils == 31


@pytest.mark.parametrize(("nation", "words"), [(Nation.SCO, "S1 to S3"), (Nation.NIR, "Year 8 to Year 10")])
def test_years_are_called_what_the_school_s_nation_calls_them(nation, words):
    request = make.request()
    School.objects.update(nation=nation)

    assert words in client_for(request).get(url("edit_request", request, "class")).text


# --- refusals: one clear sentence, and nothing changed


@pytest.mark.parametrize(
    ("step", "answers", "field", "words"),
    [
        ("purpose", {"purpose": ""}, "purpose", "Answer “What is the visit for?”."),
        ("purpose", {"outcome_1": " "}, "outcome_1", "Answer “What will pupils know or do afterwards?”."),
        ("class", {"subject": "alchemy"}, "subject", None),
        ("class", {"subject": ""}, "subject", "Answer “Which subject?”."),
        ("class", {"pupils": "0"}, "pupils", "Enter 1 or more for “How many pupils?”."),
        ("class", {"pupils": "lots"}, "pupils", "Enter a whole number for “How many pupils?”."),
        ("class", {"pupils": "9" * 40}, "pupils", "Enter 2000 or less for “How many pupils?”."),
        (
            "class",
            {"year_groups": "Year 8\x00"},
            "year_groups",
            "Type “Which year groups?” again: a character in it cannot be kept.",
        ),
        ("purpose", {"aims": "women_only"}, "aims", None),
        ("activity", {"language": "Klingon"}, "language", None),
        ("activity", {"people": "16"}, "people", "Enter 15 or less for “How many ambassadors?”."),
        (
            "activity",
            {"activity": "virtual_talk"},
            "mode",
            "An online talk is live online. Choose that, or another kind of visit.",
        ),
        ("times", {"day_1_0": "31"}, "day_1", "Enter a real date, such as 12 1 2027."),
        ("times", {"day_1_2": "2026"}, "day_1", "Give a time that is still to come."),
        ("times", {"day_1_2": "0001"}, "day_1", "Give a time that is still to come."),
        ("times", {"day_1_2": "9999"}, "day_1", "Give a date within the next two years."),
        ("times", {"start_1": "soon"}, "start_1", "Enter a time with am or pm, such as 9:15am or 2pm."),
        ("times", {"start_1": ""}, "start_1", "Enter when it starts."),
        ("times", {"finish_1": "9am"}, "finish_1", "The finish has to be later than the start."),
        (
            "people",
            {"supervising_email": "sam"},
            "supervising_email",
            "Enter an e-mail address in full, such as name@people.example.",
        ),
        ("people", {"arrival": "x" * 1001}, "arrival", None),
    ],
)
def test_what_cannot_be_is_said_beside_its_question_and_changes_nothing(step, answers, field, words):
    request = make.request()
    before = snapshot()

    page = answer(request, step, **answers)

    assert list(page.context["form"].errors) == [field]
    assert words is None or page.context["form"].errors[field] == [words]
    assert snapshot() == before


def test_no_time_at_all_is_said_once():
    request = make.request()

    page = client_for(request).post(url("edit_request", request, "times"), {"start_1": ""})

    assert page.context["form"].errors == {"day_1": ["Give at least one time."]}


def test_empty_rows_count_for_nothing_and_a_row_that_is_emptied_is_gone():
    request = make.request()

    client_for(request).post(
        url("edit_request", request, "times"),
        {"day_3_0": "10", "day_3_1": "2", "day_3_2": "2027", "start_3": "10:00", "finish_3": "11:00"},
    )

    assert [time.starts_at for time in request.possible_times.all()] == [make.FIRST_TIME[0]]


def test_the_same_time_twice_is_refused():
    request = make.request()
    before = snapshot()
    second = {name.replace("_1", "_2", 1): value for name, value in ANSWERS["times"].items()}

    page = answer(request, "times", **second)

    assert page.context["form"].non_field_errors() == [
        "Two of the times start at the same moment. Change or remove one."
    ]
    assert snapshot() == before


def test_what_is_missing_is_listed_with_the_step_that_asks_for_it():
    request = make.request(subject="", safeguarding_lead="", times=())

    page = client_for(request).post(url("check_request", request))

    assert [step for _words, step in page.context["missing"]] == ["class", "people", "times"]
    assert Request.objects.get().status == RequestStatus.DRAFT


def test_hostile_words_are_shown_and_never_run():
    request = make.request(purpose="<script>alert(1)</script>", topic="{{ 7|add:7 }}")

    page = client_for(request).get(url("check_request", request)).text

    assert "<script>alert(1)" not in page
    assert "{{ 7|add:7 }}" in page


# --- the look over it


def test_sending_in_twice_is_sending_in_once():
    request = make.request()
    client = client_for(request)

    first, second = (client.post(url("check_request", request)) for _ in range(2))

    assert (first["Location"], second["Location"]) == (url("request_sent", request), url("request", request))
    assert [event.kind for event in RequestEvent.objects.all()] == ["submit", "open"]
    assert Visit.objects.count() == 1


def test_a_time_too_soon_is_allowed_with_a_kind_warning():
    soon = tuple(moment.replace(month=1, day=15) for moment in make.FIRST_TIME)
    request = make.request(times=(soon,))

    page = client_for(request).get(url("check_request", request))
    client_for(request).post(url("check_request", request))

    assert "a coordinator reads it first" in page.text
    assert Request.objects.get().status == RequestStatus.SUBMITTED


@pytest.mark.parametrize(
    ("words", "thought"),
    [
        ("For Sam Patel in Year 8", "Does this name a child?"),
        ("We want a female engineer", "Tell us what you want pupils to take from the visit"),
        ("Could a young woman come", "Tell us what you want pupils to take from the visit"),
        ("Meet someone who builds bridges in Year 8", None),
        ("Only pupils who are interested", None),
    ],
)
def test_words_worth_a_second_thought_are_pointed_out_and_never_refused(words, thought):
    request = make.request(purpose=words)

    page = client_for(request).get(url("check_request", request))
    client_for(request).post(url("check_request", request))

    assert [said.startswith(thought) for said in page.context["second_thoughts"]] == ([True] if thought else [])
    assert Request.objects.get().status == RequestStatus.OPEN


def test_throwing_a_draft_away_asks_first():
    request = make.request()
    client = client_for(request)

    assert "Throw this draft away?" in client.get(url("discard_request", request)).text
    assert Request.objects.count() == 1
    client.post(url("discard_request", request))
    assert Request.objects.count() == 0


@pytest.mark.parametrize("name", ["check_request", "discard_request"])
def test_what_was_sent_in_is_no_draft_any_more(name):
    request = make.request(status=RequestStatus.OPEN)

    assert client_for(request).post(url(name, request))["Location"] == url("request", request)
    assert Request.objects.get().status == RequestStatus.OPEN


# --- the record


def test_a_request_tells_its_history_without_who_was_asked():
    request = make.request()
    submit_request(request=request, by=request.contact.user, at=make.NOW)
    make.offer(visit=Visit.objects.get(), ambassador=make.ambassador(cleared=True))

    page = client_for(request).get(url("request", request))

    assert [event.title for event in page.context["asked"].history] == [
        "Request sent in",
        "We began to look for someone",
    ]
    assert "Ada Engineer" not in page.text


def test_a_coordinator_is_led_to_where_they_work_on_it():
    request = make.request(status=RequestStatus.OPEN)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)

    assert client.get(url("request", request))["Location"] == url("coordinate_request", request)


def test_withdrawing_asks_first():
    request = make.visit().request
    client = client_for(request)

    assert "Withdraw this request?" in client.get(url("withdraw_request", request)).text
    assert Request.objects.get().status == RequestStatus.OPEN
    client.post(url("withdraw_request", request))
    assert Request.objects.get().status == RequestStatus.WITHDRAWN


def test_a_request_that_someone_accepted_is_not_withdrawn_here():
    request = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED).request

    page = client_for(request).post(url("withdraw_request", request), follow=True)

    assert "Someone has accepted. Cancel the visit itself, so that they are told." in page.text
    assert Request.objects.get().status == RequestStatus.FULFILLED


def test_asking_again_leaves_only_the_times_to_answer():
    earlier = make.visit().request
    make.person(school=earlier.school)
    make.person(school=earlier.school, kind=PersonKind.SAFEGUARDING)

    page = client_for(earlier).post(url("ask_again", earlier))["Location"]
    draft = Request.objects.get(status=RequestStatus.DRAFT)
    after = client_for(earlier).post(page, ANSWERS["times"])["Location"]

    assert page == f"{url('edit_request', draft, 'times')}?from=check"
    assert after == url("check_request", draft)
    assert client_for(earlier).get(after).context["missing"] == []


@pytest.mark.parametrize(
    "name", ["check_request", "discard_request", "request", "request_sent", "withdraw_request", "ask_again"]
)
def test_another_school_s_request_does_not_exist(name):
    request = make.request()
    before = snapshot()
    stranger = client_of(make.contact().user)

    assert stranger.post(url(name, request)).status_code == 404
    assert snapshot() == before


def test_a_record_asks_as_much_for_three_visits_as_for_one(django_assert_num_queries):
    request = make.request()
    submit_request(request=request, by=request.contact.user, at=make.NOW)
    client = client_for(request)
    for more in (1, 2):
        for _ in range(more):
            make.visit(
                request=request, ambassador=make.ambassador(cleared=True), status=VisitStatus.CANCELLED_BY_SCHOOL
            )
        client.get(url("request", request))
        with django_assert_num_queries(10):
            client.get(url("request", request))


def test_what_needs_a_look_says_so_when_it_is_in():
    soon = tuple(moment.replace(month=1, day=15) for moment in make.FIRST_TIME)
    request = make.request(times=(soon,))
    client_for(request).post(url("check_request", request))

    assert "a coordinator reads it first" in client_for(request).get(url("request_sent", request)).text
    open_request(request=request, by=make.staff(Role.COORDINATOR), at=make.NOW)
    assert "We are looking for someone" in client_for(request).get(url("request_sent", request)).text
