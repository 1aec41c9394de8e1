"""The page on which someone says how far they go."""

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

ANSWERS = {"postcode": "ls29jt", "in_person": "on", "minutes": "45", "other_minutes": "", "online": "on"}


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def post(person, answers, **headers):
    return client_of(person.user).post(reverse("my_reach"), answers, headers=headers)


def reach_saved(person) -> tuple:
    person.refresh_from_db()
    return (person.postcode, person.in_person, person.max_minutes, person.online)


def test_the_page_shows_how_far_someone_has_said_they_go():
    make.school()
    page = client_of(make.ambassador(max_minutes=75).user).get(reverse("my_reach"))

    assert "1 school within 75 minutes" in page.text
    form = page.context["form"]
    assert (form["postcode"].value(), form["minutes"].value(), form["other_minutes"].value()) == (
        "LS1 4AP",
        "other",
        75,
    )


def test_someone_without_a_postcode_sees_no_map_and_no_complaint():
    person = make.ambassador(status=AmbassadorStatus.DRAFT)
    type(person).objects.update(postcode="", lat=None, lon=None)

    page = client_of(person.user).get(reverse("my_reach"))

    assert page.context["reach"] is None


@pytest.mark.parametrize(
    ("change", "saved"),
    [
        ({}, ("LS2 9JT", True, 45, True)),
        ({"minutes": "other", "other_minutes": "75"}, ("LS2 9JT", True, 75, True)),
        ({"minutes": "30", "other_minutes": "an hour"}, ("LS2 9JT", True, 30, True)),
        ({"in_person": "", "minutes": ""}, ("LS2 9JT", False, 60, True)),
        ({"online": ""}, ("LS2 9JT", True, 45, False)),
    ],
    ids=["usual", "a number of their own", "a number nobody asked for", "only online", "only at schools"],
)
def test_what_is_said_is_saved(change, saved):
    person = make.ambassador(cleared=True)

    answer = post(person, {**ANSWERS, **change})

    assert answer["Location"] == reverse("edit_profile")
    assert reach_saved(person) == saved


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"postcode": "LS99"}, "postcode", "Enter a full UK postcode, like LS2 9JT."),
        ({"postcode": ""}, "postcode", "Enter home postcode."),
        (
            {"in_person": "", "online": ""},
            "in_person",
            "Tick at least one: going to schools, or meeting a class online.",
        ),
        ({"minutes": ""}, "minutes", "Choose how long the journey may be."),
        *(
            (
                {"minutes": "other", "other_minutes": typed},
                "other_minutes",
                "Enter the longest journey in minutes, from 10 to 240.",
            )
            for typed in ("", "9", "241", "an hour")
        ),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_changes_nothing(change, field, words):
    person = make.ambassador(cleared=True)

    page = post(person, {**ANSWERS, **change})

    assert errors(page) == {field: [words]}
    assert reach_saved(person) == ("LS1 4AP", True, 60, True)


def test_to_look_saves_nothing():
    make.school()
    person = make.ambassador(cleared=True)

    page = post(person, {**ANSWERS, "then": "show"})

    assert "1 school within 45 minutes" in page.text
    assert page.context["form"]["postcode"].value() == "ls29jt"
    assert reach_saved(person) == ("LS1 4AP", True, 60, True)


def test_while_someone_types_only_the_map_comes():
    make.school()

    part = post(make.ambassador(), {**ANSWERS, "then": "show"}, hx_request="true")

    assert "1 school within 45 minutes" in part.text
    assert "<h1" not in part.text


@pytest.mark.parametrize("change", [{"postcode": ""}, {"in_person": ""}, {"minutes": "other", "other_minutes": "x"}])
def test_while_an_answer_is_missing_no_map_is_drawn(change):
    make.school()

    part = post(make.ambassador(), {**ANSWERS, **change, "then": "show"}, hx_request="true")

    assert (part.status_code, part.text.strip()) == (200, "")


def test_a_half_typed_postcode_is_told_what_is_missing():
    part = post(make.ambassador(), {**ANSWERS, "postcode": "LS2", "then": "show"}, hx_request="true")
    assert "Enter a full UK postcode, like LS2 9JT." in part.text
