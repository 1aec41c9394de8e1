"""Joining, one's profile, and one's times away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, HoldKind
from ambassadors.models import Ambassador
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

ANSWERS = {
    "full_name": "Ada Engineer",
    "known_as": "",
    "phone": "07700 900123",
    "organisation": "Northern Bridges",
    "job_title": "Bridge engineer",
    "route": "apprenticeship",
    "story": "I liked taking bicycles apart.",
    "subjects": ["civil_engineering", "physics"],
    "stages": ["ks3"],
    "activities": ["careers_talk"],
    "languages": "Welsh,  British Sign Language; welsh",
    "postcode": "ls14ap",
    "in_person": "on",
    "max_minutes": "45",
    "online": "on",
}


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def offered(person: Ambassador) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for kind, code in person.offerings.order_by("kind", "code").values_list("kind", "code"):
        kinds.setdefault(kind, []).append(code)
    return kinds


def away(start: timedelta, end: timedelta) -> dict[str, str]:
    today = timezone.localdate()
    days = {"starts_on": today + start, "ends_on": today + end}
    return {
        f"{name}_{part}": str(getattr(day, column))
        for name, day in days.items()
        for part, column in enumerate(("day", "month", "year"))
    }


def test_the_form_knows_the_name_someone_signed_up_with():
    page = client_of(make.user(name="Ada Engineer")).get(reverse("join_as_ambassador"))

    assert page.context["form"]["full_name"].value() == "Ada Engineer"


def test_joining_keeps_what_was_said_and_sends_it_in():
    user = make.user(email="ada@work.example", name="Ada Engineer")

    response = client_of(user).post(reverse("join_as_ambassador"), ANSWERS)

    person = Ambassador.objects.get(user=user)
    assert response["Location"] == reverse("ambassador_home")
    assert (person.status, person.email, person.postcode, person.max_minutes) == (
        AmbassadorStatus.VETTING,
        "ada@work.example",
        "LS1 4AP",
        45,
    )
    assert offered(person) == {
        "subject": ["civil_engineering", "physics"],
        "stage": ["ks3"],
        "activity": ["careers_talk"],
        "language": ["British Sign Language", "welsh"],
    }
    assert [letter.fact.rpartition(".")[2] for letter in Letter.objects.all()] == ["application_received"]


def test_joining_twice_makes_one_person():
    client = client_of(make.user())
    client.post(reverse("join_as_ambassador"), ANSWERS)

    second = client.post(reverse("join_as_ambassador"), {**ANSWERS, "full_name": "Somebody Else"})

    assert second["Location"] == reverse("ambassador_home")
    assert [person.full_name for person in Ambassador.objects.all()] == ["Ada Engineer"]


def test_a_draft_that_the_scheme_keeps_is_completed_and_not_doubled():
    draft = make.ambassador(status=AmbassadorStatus.DRAFT)

    client_of(draft.user).post(reverse("join_as_ambassador"), ANSWERS)

    person = Ambassador.objects.get()
    assert (person.pk, person.status, person.max_minutes) == (draft.pk, AmbassadorStatus.VETTING, 45)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"full_name": "   "}, "full_name", "Enter full name."),
        ({"phone": "soon"}, "phone", "Enter a phone number with its area code, or a mobile."),
        ({"phone": "0" * 41}, "phone", "Ensure this value has at most 40 characters (it has 41)."),
        ({"subjects": []}, "subjects", "Answer “Which subjects?”."),
        ({"subjects": ["alchemy"]}, "subjects", "Select a valid choice. alchemy is not one of the available choices."),
        ({"postcode": "LS99"}, "postcode", None),
        ({"postcode": "JE2 3AB"}, "postcode", None),
        ({"max_minutes": "1000"}, "max_minutes", "Ensure this value is less than or equal to 240."),
        ({"max_minutes": "an hour"}, "max_minutes", "Enter a whole number."),
        ({"story": "x" * 1501}, "story", "Ensure this value has at most 1500 characters (it has 1501)."),
        ({"full_name": "Ada\x00"}, "full_name", "Null characters are not allowed."),
        (
            {"languages": "x" * 41},
            "languages",
            "Give up to ten languages, each in at most 40 characters, with commas between.",
        ),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_changes_nothing(change, field, words):
    page = client_of(make.user()).post(reverse("join_as_ambassador"), {**ANSWERS, **change})

    assert list(errors(page)) == [field]
    if words:
        assert words in errors(page)[field]
    assert not Ambassador.objects.exists()


def test_someone_who_goes_nowhere_is_asked_to_choose():
    answers = {name: value for name, value in ANSWERS.items() if name not in ("in_person", "online")}

    page = client_of(make.user()).post(reverse("join_as_ambassador"), answers)

    assert errors(page) == {"in_person": ["Tick at least one: going to schools, or meeting a class online."]}


def test_an_empty_form_says_what_to_enter():
    page = client_of(make.user()).post(reverse("join_as_ambassador"), {"csrf": ""})

    assert sorted(errors(page)) == [
        "activities",
        "full_name",
        "in_person",
        "job_title",
        "max_minutes",
        "phone",
        "postcode",
        "route",
        "stages",
        "subjects",
    ]


def test_markup_in_a_story_is_shown_as_it_was_written():
    person = make.ambassador(story="<script>alert(1)</script>")

    page = client_of(person.user).get(reverse("edit_profile"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert(1)" not in page.text


def test_a_profile_is_changed_by_its_owner():
    person = make.ambassador(cleared=True)

    client_of(person.user).post(reverse("edit_profile"), {**ANSWERS, "job_title": "Chief engineer"})

    person.refresh_from_db()
    assert (person.job_title, person.status) == ("Chief engineer", AmbassadorStatus.ACTIVE)


def test_the_profile_shows_what_was_said_before():
    person = make.ambassador(subjects=("physics",))

    form = client_of(person.user).get(reverse("edit_profile")).context["form"]

    assert (form["subjects"].value(), form["postcode"].value()) == (["physics"], "LS1 4AP")


def test_someone_not_in_the_register_goes_and_joins():
    client = client_of(make.user())
    for name in ("edit_profile", "go_away"):
        assert client.get(reverse(name))["Location"] == reverse("join_as_ambassador")


def test_days_away_are_kept_and_listed():
    person = make.ambassador(cleared=True)
    client = client_of(person.user)

    client.post(reverse("go_away"), away(timedelta(days=10), timedelta(days=12)))

    hold = person.holds.get()
    assert (hold.kind, hold.set_by) == (HoldKind.AWAY, person.user)
    assert (hold.ends_on - hold.starts_on) == timedelta(days=2)
    assert client.get(reverse("go_away")).context["periods"] == [hold]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (12, 10, "The last day comes before the first. Change one of them."),
        (-12, -10, "These days are over. Give days that are still to come."),
    ],
)
def test_days_that_cannot_be_are_refused(start, end, words):
    person = make.ambassador(cleared=True)

    page = client_of(person.user).post(reverse("go_away"), away(timedelta(days=start), timedelta(days=end)))

    assert errors(page) == {"ends_on": [words]}
    assert not person.holds.exists()


def test_other_people_s_reasons_are_not_listed_among_days_away():
    person = make.ambassador(cleared=True)
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=timezone.localdate(), truth="Private")

    page = client_of(person.user).get(reverse("go_away"))

    assert page.context["periods"] == []
    assert "Private" not in page.text


def test_a_break_begins_and_ends():
    person = make.ambassador(cleared=True)
    client = client_of(person.user)

    client.post(reverse("take_a_break"))
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.PAUSED

    client.post(reverse("come_back"))
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.ACTIVE


def test_a_break_is_not_begun_by_looking():
    person = make.ambassador(cleared=True)

    assert client_of(person.user).get(reverse("take_a_break")).status_code == 405


def test_someone_being_vetted_has_no_break_to_take():
    person = make.ambassador()

    client_of(person.user).post(reverse("take_a_break"))

    person.refresh_from_db()
    assert person.status == AmbassadorStatus.VETTING
