"""A course is written by administrators: a draft, kept from two hands at once, and its publication."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ambassadors.courses import shipped_text
from ambassadors.enums import Course
from ambassadors.learning.changes import changes_between
from ambassadors.learning.editions import begun_from, draft_of, edition_in_force, editions_of
from ambassadors.models import CourseDraft, CourseEdition
from ambassadors.operations.courses import discard_draft, go_back_to_version, publish_draft, save_draft
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
COURSE = Course.INDUCTION
TEXT = make.course_text()


@pytest.fixture
def ann(db):
    return make.staff(Role.ADMINISTRATOR, name="Ann Administrator")


@pytest.fixture
def bob(db):
    return make.staff(Role.ADMINISTRATOR, name="Bob Administrator")


def began() -> str:
    """What an editor who opens the page now begins from."""
    return begun_from(edition_in_force(COURSE), draft_of(COURSE))


def save(by, at, text=TEXT, began_from=None) -> CourseDraft:
    return save_draft(course=COURSE, text=text, began_from=began_from or began(), by=by, at=at)


def publish(by, at, *, note="New words.", retake_by=None, began_from=None) -> CourseEdition:
    start = began_from or began()
    return publish_draft(course=COURSE, began_from=start, note=note, retake_by=retake_by, by=by, at=at)


def refusal_of(operation, *arguments, **named) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        operation(*arguments, **named)
    return refusal.value


def test_a_fresh_installation_teaches_both_courses(db):
    assert [edition_in_force(course).number for course in Course] == [1, 1]
    assert [len(edition_in_force(course).content.lessons) for course in Course] == [13, 9]


def test_a_draft_teaches_nobody(ann, now):
    save(ann, now)
    assert (edition_in_force(COURSE).number, edition_in_force(COURSE).text) == (1, shipped_text(COURSE))


def test_a_published_draft_is_the_next_version_and_the_draft_is_gone(ann, now):
    save(ann, now)
    published = publish(ann, now)

    in_force = edition_in_force(COURSE)
    assert (in_force, in_force.number, in_force.text, in_force.published_by) == (published, 2, TEXT, ann)
    assert draft_of(COURSE) is None
    assert edition_in_force(Course.KEEPING_CHILDREN_SAFE).number == 1
    assert {"course.draft", "course.publish"} <= set(Entry.objects.values_list("action", flat=True))


def test_every_version_is_kept_with_its_words(ann, now):
    for number in range(3):
        save(ann, now, text=make.course_text(title=f"Title {number}"))
        publish(ann, now, note=f"Change {number}")

    assert [(edition.number, edition.content.title) for edition in editions_of(COURSE)] == [
        (4, "Title 2"),
        (3, "Title 1"),
        (2, "Title 0"),
        (1, "Induction"),
    ]


def test_going_back_makes_a_draft_that_becomes_the_next_version(ann, now):
    save(ann, now)
    publish(ann, now)

    go_back_to_version(course=COURSE, number=1, by=ann, at=now)
    publish(ann, now, note="Back to the first words.")

    assert (edition_in_force(COURSE).number, edition_in_force(COURSE).text) == (3, shipped_text(COURSE))


def test_going_back_takes_no_draft_away(ann, now):
    save(ann, now)
    refusal = refusal_of(go_back_to_version, course=COURSE, number=1, by=ann, at=now)
    assert refusal.told_to() == "There is a draft already. Publish it or discard it first."
    assert draft_of(COURSE).text == TEXT


def test_going_back_to_what_never_was_is_refused(ann, now):
    assert refusal_of(go_back_to_version, course=COURSE, number=9, by=ann, at=now).codes == ["no_version"]


# --- two at once


def test_the_second_of_two_editors_is_told_and_the_first_one_s_words_stand(ann, bob, now):
    opened = began()
    save(ann, now, text=make.course_text(title="Ann's"), began_from=opened)

    refusal = refusal_of(save, bob, now, make.course_text(title="Bob's"), opened)

    assert refusal.codes == ["changed_meanwhile"]
    assert refusal.told_to() == (
        "Ann Administrator saved this draft at midday, while you were writing. Nothing of yours is lost."
    )
    assert draft_of(COURSE).content.title == "Ann's"


def test_whoever_has_seen_the_other_s_words_may_save_over_them(ann, bob, now):
    save(ann, now)
    save(bob, now, text=make.course_text(title="Bob's"))
    assert (draft_of(COURSE).content.title, draft_of(COURSE).revision) == ("Bob's", 2)


def test_what_was_published_meanwhile_is_not_undone(ann, bob, now):
    opened = began()
    save(ann, now)
    publish(ann, now)
    assert refusal_of(save, bob, now, TEXT, opened).codes == ["changed_meanwhile"]


def test_a_draft_that_was_thrown_away_and_begun_anew_is_another_one(ann, bob, now):
    save(ann, now)
    opened = began()
    discard_draft(course=COURSE, began_from=opened, by=ann, at=now)
    save(ann, now, text=make.course_text(title="Anew"))
    assert refusal_of(save, bob, now, TEXT, opened).codes == ["changed_meanwhile"]


def test_nobody_publishes_or_discards_what_they_have_not_seen(ann, bob, now):
    save(ann, now)
    seen = began()
    save(bob, now, text=make.course_text(title="Later"))
    assert refusal_of(publish, ann, now, began_from=seen).codes == ["changed_meanwhile"]
    assert refusal_of(discard_draft, course=COURSE, began_from=seen, by=ann, at=now).codes == ["changed_meanwhile"]
    assert edition_in_force(COURSE).number == 1


def test_publishing_twice_publishes_once(ann, now):
    save(ann, now)
    opened = began()
    publish(ann, now, began_from=opened)
    assert refusal_of(publish, ann, now, began_from=opened).codes == ["no_draft"]
    assert CourseEdition.objects.count() == 1


def test_the_database_keeps_one_draft_and_one_version_of_a_number(ann):
    make.course_draft(course=COURSE)
    make.edition(number=2)
    for again in (
        lambda: make.course_draft(course=COURSE),
        lambda: make.edition(number=2),
        lambda: make.edition(number=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()


# --- what is refused


def test_a_text_with_faults_is_not_saved_and_each_is_named(ann, now):
    refusal = refusal_of(save, ann, now, TEXT.replace("- [x] Right", "- [ ] Right"))
    assert set(refusal.codes) == {"text"}
    assert refusal.reasons[0].truth == "Line 9: Mark exactly one answer as right, with “- [x]”."
    assert not CourseDraft.objects.exists()


def test_of_very_many_faults_the_first_are_named_and_the_rest_counted(ann, now):
    refusal = refusal_of(save, ann, now, "# T\n" + "## x\n" * 50)
    assert len(refusal.reasons) == 21
    assert refusal.reasons[-1].truth.startswith("And ")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_write(now, role):
    someone = make.staff(role)
    make.course_draft(course=COURSE)
    for operation, arguments in (
        (save_draft, {"text": TEXT, "began_from": began()}),
        (publish_draft, {"began_from": began(), "note": "x", "retake_by": None}),
        (discard_draft, {"began_from": began()}),
        (go_back_to_version, {"number": 1}),
    ):
        assert refusal_of(operation, course=COURSE, by=someone, at=now, **arguments).codes == ["not_administrator"]


@pytest.mark.parametrize(
    ("days", "codes"),
    [(13, ["retake_by"]), (0, ["retake_by"]), (-1, ["retake_by"]), (14, None), (366, None), (367, ["retake_by"])],
)
def test_the_day_of_a_major_change_leaves_time_and_is_not_forgotten(ann, now, days, codes):
    save(ann, now)
    day = now.date() + timedelta(days=days)
    if codes:
        assert refusal_of(publish, ann, now, retake_by=day).codes == codes
    else:
        assert publish(ann, now, retake_by=day).is_major


def test_what_has_changed_is_said(ann, now):
    save(ann, now)
    assert refusal_of(publish, ann, now, note="   ").codes == ["note"]


def test_passes_count_from_the_last_major_change(ann, now):
    counted = []
    for retake_by in (None, date(2027, 3, 1), None):
        save(ann, now)
        counted.append(publish(ann, now, retake_by=retake_by).counts_from)
    assert counted == [1, 3, 3]


def test_what_a_draft_changes_is_told_by_its_lessons():
    before = make.course_text(lessons=("one", "two"))
    after = make.course_text(lessons=("two", "three")).replace("Some words.", "Other words.", 1)
    changes = changes_between(
        *(CourseDraft(course=COURSE, text=text).content for text in (before, after)),
    )
    assert (changes.added, changes.changed, changes.removed) == (["Lesson three"], ["Lesson two"], ["Lesson one"])
    assert changes.quiz_changed and not changes.are_none
