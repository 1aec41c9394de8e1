"""How administrators write the courses, as a browser meets it."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import Course
from ambassadors.learning.editions import draft_of, edition_in_force
from ambassadors.models import CourseDraft, CourseEdition
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
COURSE = Course.INDUCTION
TEXT = make.course_text()


@pytest.fixture
def client(db):
    return client_of(make.staff(Role.ADMINISTRATOR, name="Ann Administrator"), second_factor=True)


def page(name: str, *arguments) -> str:
    return reverse(name, args=[COURSE, *arguments])


def began(client) -> str:
    return client.get(page("edit_course")).context["form"]["began_from"].value()


def save(client, text=TEXT, began_from=None):
    return client.post(page("edit_course"), {"text": text, "began_from": began_from or began(client)})


def publish(client, **answers):
    shown = client.get(page("publish_course"))
    sent = {
        "began_from": shown.context["form"]["began_from"].value(),
        "note": "New words.",
        "change": "small",
        **answers,
    }
    return client.post(page("publish_course"), sent)


def day(days: int) -> dict[str, str]:
    then = timezone.localdate() + timedelta(days=days)
    return {"retake_by_0": str(then.day), "retake_by_1": str(then.month), "retake_by_2": str(then.year)}


def test_a_first_draft_begins_from_the_version_in_force(client):
    form = client.get(page("edit_course")).context["form"]
    assert form["text"].value() == edition_in_force(COURSE).text


def test_a_draft_is_written_looked_at_and_published(client):
    assert save(client)["Location"] == page("course_versions")
    assert "Lesson two" in client.get(page("preview_course")).text
    assert "Some words." in client.get(page("preview_lesson", "two")).text

    assert publish(client)["Location"] == page("course_versions")

    shown = client.get(page("course_versions"))
    assert "New words." in shown.text
    assert (edition_in_force(COURSE).number, draft_of(COURSE)) == (2, None)


def test_a_browser_s_line_ends_make_no_change(client):
    save(client, edition_in_force(COURSE).text.replace("\n", "\r\n"))
    assert draft_of(COURSE).text == edition_in_force(COURSE).text
    assert "As in the version in force" in client.get(page("publish_course")).text


def test_faults_are_named_by_their_lines_and_what_was_typed_stays(client):
    typed = TEXT.replace("- [x] Right", "- [ ] Right", 1) + "<b>"
    shown = save(client, typed)
    assert "Line 9: Mark exactly one answer as right, with “- [x]”." in shown.text
    assert shown.context["form"]["text"].value() == typed
    assert not CourseDraft.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 150_001, "# a\x00b", "\u202e", "<script>alert(1)</script>"])
def test_what_is_no_course_is_refused_in_words(client, text):
    shown = save(client, text)
    assert shown.status_code == 200
    assert shown.context["form"].errors
    assert "<script>alert" not in shown.text
    assert not CourseDraft.objects.exists()


def test_the_second_editor_sees_both_texts_and_may_then_save(client):
    other = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    opened = began(other)
    save(client, make.course_text(title="Ann's title"))

    shown = save(other, make.course_text(title="The other title"), opened)

    assert "Ann Administrator saved this draft at" in shown.text
    assert "# Ann's title" in html.unescape(shown.text)
    assert "# The other title" in html.unescape(shown.text)
    assert draft_of(COURSE).content.title == "Ann's title"
    again = {name: shown.context["form"][name].value() for name in ("text", "began_from")}
    assert other.post(page("edit_course"), again).status_code == 302
    assert draft_of(COURSE).content.title == "The other title"


def test_a_major_change_names_its_day(client):
    save(client)
    assert list(publish(client, change="major").context["form"].errors["retake_by"]) == [
        "Give the day by which people take it again."
    ]
    assert list(publish(client, change="major", **day(3)).context["form"].errors) == ["retake_by"]
    publish(client, change="major", **day(40))
    assert CourseEdition.objects.get().retake_by == timezone.localdate() + timedelta(days=40)


def test_a_small_change_has_no_day_whatever_stands_in_the_field(client):
    save(client)
    publish(client, **day(40))
    assert CourseEdition.objects.get().retake_by is None


def test_nothing_is_published_that_was_not_chosen(client):
    save(client)
    shown = publish(client, change="", note="")
    assert sorted(shown.context["form"].errors) == ["change", "note"]
    assert not CourseEdition.objects.exists()


def test_discarding_asks_first(client):
    save(client)
    shown = client.get(page("discard_draft"))
    assert draft_of(COURSE) is not None
    client.post(page("discard_draft"), {"began_from": shown.context["form"]["began_from"].value()})
    assert draft_of(COURSE) is None


def test_going_back_is_two_presses(client):
    save(client)
    publish(client)
    assert "# Induction" in client.get(page("course_version", 1)).text
    client.post(page("go_back_to_version", 1))
    publish(client, note="Back to the first words.")
    assert (edition_in_force(COURSE).number, edition_in_force(COURSE).content.title) == (3, "Induction")


@pytest.mark.parametrize("name", ["preview_course", "publish_course", "discard_draft"])
def test_without_a_draft_there_is_none_to_look_at(client, name):
    assert client.get(page(name)).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 999_999_999_999])
def test_a_version_that_never_was_is_hidden(client, number):
    assert client.get(page("course_version", number)).status_code == 404


def test_the_list_says_how_many_have_passed_and_that_a_draft_waits(client):
    person = make.ambassador(cleared=True)
    make.passed_quiz(person, person.requirements.filter(kind="INDUCT").get())
    save(client)
    shown = client.get(reverse("courses"))
    assert "1 person has passed it here." in shown.text
    assert "Nobody has passed it here yet." in shown.text
    assert shown.text.count("A draft waits") == 1
