"""Reading what was written on forms, before anyone of the other side does (rule 2.2)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from quality import permissions
from quality.eligibility import reasons_cannot_be_held, reasons_cannot_be_passed_on, reasons_cannot_be_struck
from quality.enums import CommentStatus, Escalation, OddityKind
from quality.keywords import is_urgent
from quality.models import Comment, Feedback, Told
from quality.oddities import plain_words
from quality.operations.cases import open_case_about_words
from quality.operations.concerns import raise_concern
from quality.operations.doubts import flag
from quality.operations.sharing import share_words, take_back_words
from quality.queries import words_on
from quality.redacting import strike_out
from quality.settling import is_private
from quality.workflow import COMMENT
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse, refuse_if_any
from stem.workdays import add_working_days

if TYPE_CHECKING:
    from stem.accounts.models import User


def queue_comments(feedback: Feedback, *, at: datetime) -> None:
    """Put each answer in words of a form that comes in before its readers, by the day on which it is to be read.

    The very same words about two visits put both forms on the list of what is odd (rule G-08).
    """
    day, nation = day_of(at), feedback.visit.request.school.nation
    read_by = add_working_days(day, value("reading_days", on=day), nation)
    for each in words_on(feedback):
        comment = Comment.objects.create(
            feedback=feedback,
            code=each.code,
            is_private=is_private(feedback.answers),
            is_urgent=is_urgent(each.answer),
            likeness=_likeness(each.answer),
            read_by=read_by,
        )
        for alike in Comment.objects.alike(comment).select_related("feedback"):
            for form in (feedback, alike.feedback):
                flag(form, OddityKind.SAME_WORDS, at=at)


def _likeness(words: str) -> str:
    """A keyed hash by which the very same words are found again; "" of too few to be told from chance."""
    plain = plain_words(words)
    return salted_hmac("quality.comment", plain, algorithm="sha256").hexdigest() if plain else ""


@transaction.atomic
def release_comment(*, comment: Comment, by: "User", at: datetime) -> None:
    """Let the other side read it as it was written, once it may (G-02).

    Refuses with `not_quality`, `state`, or `private` where whoever wrote it wants it to stay.
    """
    comment = _held(comment, "release", by)
    refuse_if_any(reasons_cannot_be_passed_on(comment))
    COMMENT.move(comment, "release", by=by, at=at)
    _pass_on(comment, comment.words, by=by, at=at)


@transaction.atomic
def redact_comment(*, comment: Comment, struck: Collection[int], by: "User", at: datetime) -> None:
    """Let the other side read it without the words at these places; they see that something was left out.

    Refuses with `not_quality`, `state`, `private`, `nothing_struck`, or `no_words` where nothing would be left.
    """
    comment = _held(comment, "redact", by)
    passed = strike_out(comment.words, struck)
    refuse_if_any([*reasons_cannot_be_passed_on(comment), *reasons_cannot_be_struck(comment, passed)])
    COMMENT.move(comment, "redact", by=by, at=at)
    _pass_on(comment, passed, by=by, at=at)


@transaction.atomic
def keep_comment(*, comment: Comment, by: "User", at: datetime) -> None:
    """Pass nothing of it on: it was read, and stays with us. Refuses with `not_quality` or `state`."""
    comment = _held(comment, "keep", by)
    COMMENT.move(comment, "keep", by=by, at=at)


@transaction.atomic
def hold_comment(*, comment: Comment, because: str, until: date, by: "User", at: datetime) -> None:
    """Put it off until a day, for this reason; the same again at once is one.

    Refuses with `not_quality`, `state`, `no_note` or `until`.
    """
    comment, why = _held(comment, "hold", by), because.strip()
    refuse_if_any(reasons_cannot_be_held(because, until, on=day_of(at)))
    last = comment.events.last()
    if last is None or (last.kind, last.note, comment.read_by) != ("hold", why, until):
        COMMENT.move(comment, "hold", by=by, at=at, note=why, read_by=until)


@transaction.atomic
def escalate_comment(*, comment: Comment, to: Escalation, note: str, by: "User", at: datetime) -> None:
    """Hand it on, with why: to the safeguarding leads word for word, or as a case about whoever came.

    Nothing of it is passed on to the other side. Refuses with `not_quality`, `state`, `no_note`, or `not_about_person`
    where a case would be about nobody.
    """
    comment, why = _held(comment, "escalate", by), note.strip()
    if not why:
        raise refuse("no_note", Kind.INPUT, _("Write down why, for whoever reads it next."))
    if to == Escalation.CONCERN:
        words = _("Written on a form after a visit:\n%(words)s\n\nWhy it is handed on:\n%(why)s")
        told = Told(
            told_by=by.full_name,
            told_by_role=_("Reads what is written on forms"),
            contact=by.email,
            words=words % {"words": comment.words, "why": why},
        )
        raise_concern(told=told, school_told=False, visit=comment.feedback.visit, by=by, at=at)
    else:
        open_case_about_words(comment.feedback, at=at)
    COMMENT.move(comment, "escalate", by=by, at=at, reason=to.value, note=why)


@transaction.atomic
def take_back_comment(*, comment: Comment, by: "User", at: datetime) -> None:
    """Undo the decision: it waits again, and nobody of the other side reads it any more.

    What was decided stays on record, and so does that it was taken back (G-03). Refuses with `not_quality` or `state`.
    """
    comment = _held(comment, "take_back", by)
    was_passed_on = comment.status in (CommentStatus.RELEASED, CommentStatus.REDACTED)
    COMMENT.move(comment, "take_back", by=by, at=at, read_by=min(comment.read_by, day_of(at)))
    if was_passed_on:
        _pass_on(comment, "", by=by, at=at)


def _held(comment: Comment, move: str, by: "User") -> Comment:
    """The comment, with its form, both locked in the order of every reader, for somebody who may decide about it."""
    Feedback.objects.locked(comment.feedback)
    comment = Comment.objects.select_related("feedback__visit").locked(comment)
    permissions.check_may_read_feedback(by, comment.feedback)
    COMMENT.check(comment, move)
    return comment


def _pass_on(comment: Comment, words: str, *, by: "User", at: datetime) -> None:
    """Let the other side read this of it, beside what they read of the rest of the form; nothing where it is ""."""
    form = comment.feedback
    passed = {**form.shared_words, comment.code: words}
    if any(passed.values()):
        share_words(feedback=form, words=passed, by=by, at=at)
    else:
        take_back_words(feedback=form, by=by, at=at)
