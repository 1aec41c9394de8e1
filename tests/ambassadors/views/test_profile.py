"""The pages on which people say who they are and what they offer, and where each of them leads."""

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from ambassadors.hours import MyTime
from ambassadors.models import Ambassador
from ambassadors.queries.time import time_of
from stem.accounts.models import User
from stem.curriculum import SUBJECTS
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

ABOUT = {"full_name": "Ada Engineer", "known_as": "Addie", "phone": "07700 900123"}
WORK = {
    "job_title": "Bridge engineer",
    "organisation": "Northern Bridges",
    "employer_size": "small",
    "speaks_of": ["work", "study"],
    "route": "apprenticeship",
    "story": "I liked taking bicycles apart.",
}
PAGES = {
    "about_me": ABOUT,
    "my_work": WORK,
    "my_subjects": {"subjects": ["civil_engineering", "physics"]},
    "my_stages": {"stages": ["ks3", "ks5"]},
    "my_activities": {"activities": ["careers_talk"]},
    "my_languages": {"languages": ["Welsh"], "others": "Tamil,  british sign language; welsh"},
    "my_time": {"when": "school", "visits_a_term": "2", "visits_a_month": "", "notice_days": 7, "rest_days": 0},
}


def draft() -> Ambassador:
    """Someone who has only just begun."""
    user = make.user(name="", email="new@people.example")
    return Ambassador.objects.create(user=user, email=user.email, registered_at=make.NOW)


def post(person: Ambassador, name: str, answers: dict, **headers):
    return client_of(person.user).post(reverse(name), {"csrf": "", **answers}, headers=headers)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def offered(person: Ambassador) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for kind, code in person.offerings.order_by("kind", "code").values_list("kind", "code"):
        kinds.setdefault(kind, []).append(code)
    return kinds


def test_each_page_saves_its_part_by_itself():
    person = draft()

    for name, answers in PAGES.items():
        assert post(person, name, answers).status_code == 302

    person.refresh_from_db()
    said = {**ABOUT, **{name: value for name, value in WORK.items() if name != "speaks_of"}}
    assert {name: getattr(person, name) for name in said} == said
    assert (person.speaks_of_work, person.speaks_of_study) == (True, True)
    assert time_of(person) == MyTime(visits_a_term=2, notice_days=7)
    assert offered(person) == {
        "subject": ["civil_engineering", "physics"],
        "stage": ["ks3", "ks5"],
        "activity": ["careers_talk"],
        "language": ["British Sign Language", "Tamil", "Welsh"],
    }
    assert person.status == AmbassadorStatus.DRAFT


def test_the_pages_lead_from_one_to_the_next_and_leave_out_what_is_optional_or_done():
    person = draft()
    make_offer = {"my_stages": PAGES["my_stages"]}
    for name, answers in make_offer.items():
        post(person, name, answers)

    led = [
        post(person, name, PAGES[name])["Location"] for name in ("about_me", "my_work", "my_subjects", "my_activities")
    ]

    assert led == [reverse(name) for name in ("my_work", "my_subjects", "my_activities", "my_reach")]


def test_someone_who_takes_part_comes_back_to_their_profile_and_is_told():
    person = make.ambassador(cleared=True)

    page = client_of(person.user).post(reverse("my_stages"), PAGES["my_stages"], follow=True)

    assert page.redirect_chain == [(reverse("edit_profile"), 302)]
    assert "Your profile has been saved." in page.text


@pytest.mark.parametrize("name", ["my_languages", "my_time"])
def test_what_is_optional_is_passed_over_with_one_press_and_changes_nothing(name):
    person = draft()

    answer = post(person, name, {"then": "on"})

    assert answer.status_code == 302
    assert answer["Location"] not in (reverse(name), reverse("edit_profile"))
    assert (offered(person), time_of(person)) == ({}, MyTime())


def test_what_is_not_optional_cannot_be_passed_over():
    assert list(errors(post(draft(), "my_stages", {"then": "on"}))) == ["stages"]


@pytest.mark.parametrize("name", PAGES)
def test_what_was_said_is_shown_again(name):
    person = draft()
    post(person, name, PAGES[name])

    form = client_of(person.user).get(reverse(name)).context["form"]

    shown = {field: form[field].value() for field in PAGES[name] if field != "others"}
    assert shown == {
        field: sorted([*value, "British Sign Language"]) if field == "languages" else value
        for field, value in PAGES[name].items()
        if field != "others"
    }


def test_a_language_that_is_not_listed_is_shown_written_out():
    person = draft()
    post(person, "my_languages", PAGES["my_languages"])

    assert client_of(person.user).get(reverse("my_languages")).context["form"]["others"].value() == "Tamil"


def test_a_name_holds_for_the_account_as_well():
    person = draft()
    post(person, "about_me", ABOUT)
    assert User.objects.get(pk=person.user_id).known_as == "Addie"


@pytest.mark.parametrize(
    ("name", "change", "field", "words"),
    [
        ("about_me", {"full_name": "   "}, "full_name", "Enter full name."),
        (
            "about_me",
            {"full_name": "Ada\x00"},
            "full_name",
            "Type “Full name” again: a character in it cannot be kept.",
        ),
        ("about_me", {"phone": "soon"}, "phone", "Enter a phone number with its area code, or a mobile."),
        ("my_work", {"job_title": ""}, "job_title", "Enter job title."),
        ("my_work", {"route": ""}, "route", "Answer “How did you come into your work?”."),
        (
            "my_work",
            {"speaks_of": []},
            "speaks_of",
            "Tick what you could tell pupils about: your work, your studies, or both.",
        ),
        ("my_work", {"story": "x" * 1501}, "story", "Use 1500 characters or fewer for “Your route in your own words”."),
        (
            "my_subjects",
            {"subjects": []},
            "subjects",
            "Tick at least one subject: whatever comes nearest to your work.",
        ),
        (
            "my_subjects",
            {"subjects": ["alchemy"]},
            "subjects",
            "Choose one of the answers offered for “Subjects”.",
        ),
        ("my_stages", {"stages": []}, "stages", "Tick at least one age."),
        ("my_activities", {"activities": []}, "activities", "Tick at least one kind of visit."),
        (
            "my_languages",
            {"others": "x" * 41},
            "others",
            "Give up to ten languages, each in at most 40 characters, with commas between.",
        ),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_changes_nothing(name, change, field, words):
    person = draft()
    before = (Ambassador.objects.values().get(), offered(person))

    page = post(person, name, {**PAGES[name], **change})

    assert errors(page) == {field: [words]}
    assert "There is a problem" in page.text
    assert (Ambassador.objects.values().get(), offered(person)) == before


def test_subjects_that_the_job_title_suggests_come_first_and_are_not_ticked_for_anyone():
    person = make.ambassador(job_title="Bridge engineer", subjects=())

    layout = client_of(person.user).get(reverse("my_subjects")).context["layout"]

    assert [(box.code, box.is_ticked) for box in layout.suggested] == [("civil_engineering", False)]


def test_every_subject_stands_on_the_page_once_whatever_is_suggested_or_sought():
    person = make.ambassador(job_title="Data scientist")
    for sought in ("", "data", "weather", "nothing of the kind"):
        page = post(person, "my_subjects", {"sought": sought, "then": "find"}).text
        boxes = [line for line in page.splitlines() if 'name="subjects"' in line]
        assert len(boxes) == len(SUBJECTS)
        assert len({line.split('value="')[1].split('"')[0] for line in boxes}) == len(SUBJECTS)


def test_looking_for_a_subject_keeps_the_ticks_and_saves_nothing():
    person = make.ambassador(subjects=("physics",))

    page = post(person, "my_subjects", {"subjects": ["geology"], "sought": "weather", "then": "find"})

    layout = page.context["layout"]
    assert [box.code for box in layout.found] == ["meteorology"]
    ticked = [box.code for shelf in layout.shelves for box in shelf.boxes if box.is_ticked]
    assert ticked == ["geology"]
    assert offered(person)["subject"] == ["physics"]


def test_while_someone_types_only_the_subjects_come():
    part = post(make.ambassador(), "my_subjects", {"sought": "weather", "then": "find"}, hx_request="true")
    assert "Weather and climate" in part.text
    assert "<h1" not in part.text


def test_a_wrong_answer_keeps_the_ticks_that_were_made():
    page = post(make.ambassador(subjects=()), "my_subjects", {"subjects": ["geology", "alchemy"]})
    assert [box.code for shelf in page.context["layout"].shelves for box in shelf.boxes if box.is_ticked] == ["geology"]


def test_the_profile_tells_all_and_each_part_has_its_way_to_change_it():
    person = make.ambassador(cleared=True, story="<script>alert(1)</script>", employer_size="micro")

    page = client_of(person.user).get(reverse("edit_profile"))

    for words in (
        *("Bridge engineer", "Northern Bridges", "Civil and structural engineering"),
        *("LS1 4AP", "As often as you are needed", "Fewer than 10 people"),
    ):
        assert words in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    for name in (*PAGES, "my_reach", "my_photo"):
        assert f'href="{reverse(name)}?back=profile"' in page.text
    assert f'href="{reverse("as_schools_see_me")}"' in page.text


@pytest.mark.parametrize(("back", "page"), [("check", "send_application"), ("profile", "edit_profile")])
def test_who_changes_one_part_comes_back_to_where_they_began(back, page):
    client = client_of(draft().user)

    response = client.post(f"{reverse('my_stages')}?back={back}", {"stages": ["ks3"]}, follow=True)

    assert response.redirect_chain == [(reverse(page), 302)]
    assert "Your profile has been saved." in response.text


@pytest.mark.parametrize("back", ["", "elsewhere", "https://evil.example/"])
def test_any_other_way_back_is_the_next_task(back):
    response = client_of(draft().user).post(f"{reverse('my_stages')}?back={back}", {"stages": ["ks3"]})

    assert response["Location"] not in {reverse("edit_profile"), reverse("send_application"), back}


def test_a_page_leads_back_to_where_its_owner_came_from():
    for person, back in ((draft(), "join_as_ambassador"), (make.ambassador(cleared=True), "edit_profile")):
        assert client_of(person.user).get(reverse("my_work")).context["back_url"] == reverse(back)
