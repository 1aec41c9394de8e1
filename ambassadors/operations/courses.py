"""Writing a course: a draft, kept from two hands at once, and its publication as the next version."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors import permissions
from ambassadors.courses.reading import faults_in, plain_lines
from ambassadors.enums import Course
from ambassadors.learning.editions import begun_from, draft_of, edition_in_force, edition_numbered
from ambassadors.models import CourseDraft, CourseEdition
from stem.audit.record import record
from stem.moments import day_of
from stem.promises import kept
from stem.rules import Kind, Reason, Refusal, refuse
from stem.wording import clock_in_words, day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# Whoever has to take a course again needs time for it, and a day that they do not forget.
FEWEST_DAYS, MOST_DAYS = 14, 366
MOST_FAULTS = 20


@transaction.atomic
def save_draft(*, course: Course, text: str, began_from: str, by: "User", at: datetime) -> CourseDraft:
    """Keep the next version of a course as it is written so far, once it can be read as one.

    Refuses with `not_administrator`, `text` for every fault by its line, or `changed_meanwhile` when a colleague has
    saved, published or discarded since the writer began.
    """
    permissions.check_may_edit_courses(by)
    text = plain_lines(text).strip() + "\n"
    _check_whole(text)
    draft = _draft_to_change(course, began_from)
    if draft is None:
        draft = CourseDraft(course=course, text=text, saved_by=by, saved_at=at)
        with kept(CourseDraft, course_draft_once=_changed(None)):
            draft.save()
    else:
        draft.text, draft.saved_by, draft.saved_at, draft.revision = text, by, at, draft.revision + 1
        draft.save(update_fields=["text", "saved_by", "saved_at", "revision"])
    record("course.draft", draft, by=by, at=at)
    return draft


@transaction.atomic
def discard_draft(*, course: Course, began_from: str, by: "User", at: datetime) -> None:
    """Throw the draft away. Refuses with `not_administrator`, `no_draft` or `changed_meanwhile`."""
    permissions.check_may_edit_courses(by)
    draft = _draft_there(course, began_from)
    record("course.discard", draft, by=by, at=at)
    draft.delete()


@transaction.atomic
def go_back_to_version(*, course: Course, number: int, by: "User", at: datetime) -> CourseDraft:
    """Make a draft of an earlier version, to be published as the next one.

    Refuses with `not_administrator`, `no_version`, or `draft_in_the_way`.
    """
    permissions.check_may_edit_courses(by)
    edition = edition_numbered(course, number)
    if edition is None:
        raise refuse("no_version", Kind.STATE, _("There is no such version."))
    in_the_way = Reason("draft_in_the_way", Kind.STATE, _("There is a draft already. Publish it or discard it first."))
    if CourseDraft.objects.filter(course=course).exists():
        raise Refusal(in_the_way)
    draft = CourseDraft(course=course, text=edition.text, saved_by=by, saved_at=at)
    with kept(CourseDraft, course_draft_once=in_the_way):
        draft.save()
    record("course.draft", draft, by=by, at=at)
    return draft


@transaction.atomic
def publish_draft(
    *, course: Course, began_from: str, note: str, retake_by: date | None, by: "User", at: datetime
) -> CourseEdition:
    """Make the draft the version that people learn from. With a day, those who passed an earlier one take it again.

    Their passes end in the sweep that follows. Refuses with `not_administrator`, `no_draft`, `changed_meanwhile`,
    `note` when nothing is said of what has changed, or `retake_by` when the day is too near or too far.
    """
    permissions.check_may_edit_courses(by)
    draft = _draft_there(course, began_from)
    if not note.strip():
        raise refuse("note", Kind.INPUT, _("Say in one line what has changed."))
    _check_day(retake_by, at)
    before = edition_in_force(course)
    number = before.number + 1
    edition = CourseEdition(
        course=course,
        number=number,
        text=draft.text,
        note=note.strip(),
        counts_from=before.counts_from if retake_by is None else number,
        retake_by=retake_by,
        published_by=by,
        published_at=at,
    )
    with kept(CourseEdition, course_edition_once=_changed(None)):
        edition.save()
    draft.delete()
    record("course.publish", edition, by=by, at=at)
    return edition


def _check_whole(text: str) -> None:
    """The text is a course. Refuses with `text`, once for each fault."""
    faults = faults_in(text)
    reasons = [Reason("text", Kind.INPUT, str(fault)) for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        words = ngettext("And %(more)d more.", "And %(more)d more.", more) % {"more": more}
        reasons.append(Reason("text", Kind.INPUT, words))
    if reasons:
        raise Refusal(*reasons)


def _check_day(retake_by: date | None, at: datetime) -> None:
    """The day leaves people time, and comes within a year. Refuses with `retake_by`."""
    if retake_by is None:
        return
    today = day_of(at)
    if retake_by < today + timedelta(days=FEWEST_DAYS):
        earliest = day_in_words(today + timedelta(days=FEWEST_DAYS))
        words = _("Give people two weeks or more: %(day)s at the earliest.") % {"day": earliest}
        raise refuse("retake_by", Kind.INPUT, words)
    if retake_by > today + timedelta(days=MOST_DAYS):
        raise refuse("retake_by", Kind.INPUT, _("Give a day within a year from now."))


def _draft_to_change(course: Course, began_from: str) -> CourseDraft | None:
    """The draft as it stands, held; None when there is none. Refuses with `changed_meanwhile`."""
    # A colleague may be publishing it: after the wait it is gone, and that is what the writer is told.
    draft = CourseDraft.objects.of(course).held().first()
    if begun_from(edition_in_force(course), draft) != began_from:
        raise Refusal(_changed(draft))
    return draft


def _draft_there(course: Course, began_from: str) -> CourseDraft:
    """The draft, held. Refuses with `no_draft` or `changed_meanwhile`."""
    gone = refuse("no_draft", Kind.STATE, _("There is no draft any more: it has been published or discarded."))
    if draft_of(course) is None:
        raise gone
    draft = _draft_to_change(course, began_from)
    if draft is None:
        raise gone
    return draft


def _changed(draft: CourseDraft | None) -> Reason:
    """Somebody else was quicker."""
    words = _("This course has changed while you were at it. Look at what is there now before you go on.")
    if draft is not None:
        words = _("%(name)s saved this draft at %(time)s, while you were writing. Nothing of yours is lost.") % {
            "name": draft.saved_by,
            "time": clock_in_words(draft.saved_at),
        }
    return Reason("changed_meanwhile", Kind.STATE, words)
