"""Letting the other side read what was written on a form: by somebody who has read it, and as they pass it on."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.enums import SeatStatus
from quality import notifications, permissions
from quality.enums import FeedbackSide
from quality.models import Feedback
from quality.queries import words_on
from quality.querysets import SILENCE
from quality.workflow import FEEDBACK
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def share_words(*, feedback: Feedback, words: Mapping[str, str], by: "User", at: datetime) -> None:
    """Let the other side read these words of a form, by question: as they were written, or with something left out.

    It is a reading, and is told to the other side once, when both forms are in or the wait is over (G-02). Said again
    it replaces what was shared. Refuses with `not_quality`, `state`, or `no_words` where nothing is left to read or a
    question was not answered in words.
    """
    feedback = Feedback.objects.locked(feedback)
    permissions.check_may_read_feedback(by, feedback)
    FEEDBACK.check(feedback, "share")
    kept = {code: text.strip() for code, text in words.items() if text.strip()}
    if not kept or not set(kept) <= {each.code for each in words_on(feedback)}:
        raise refuse("no_words", Kind.INPUT, _("Nothing is left to share: keep some of the words, or go back."))
    if feedback.shared_at is not None and kept == feedback.shared_words:
        return
    FEEDBACK.move(feedback, "share", by=by, at=at, shared_words=kept, shared_at=feedback.shared_at or at)
    _tell(feedback, at=at)


@transaction.atomic
def take_back_words(*, feedback: Feedback, by: "User", at: datetime) -> None:
    """Let nobody read them any more; again it is done once.

    Refuses with `not_quality`, or `state` before it is read.
    """
    feedback = Feedback.objects.locked(feedback)
    permissions.check_may_read_feedback(by, feedback)
    FEEDBACK.check(feedback, "take_back")
    if feedback.shared_at is not None:
        FEEDBACK.move(feedback, "take_back", by=by, at=at, shared_words={}, shared_at=None)


def _tell(feedback: Feedback, *, at: datetime) -> None:
    """Owe the other side a letter, each reader one however often it is shared; it leaves once they may know."""
    visit = feedback.visit
    assert visit.ends_at is not None
    is_revealed = Feedback.objects.revealed(at).filter(pk=feedback.pk).exists()
    due_at = at if is_revealed else max(at, visit.ends_at + SILENCE)
    fact = notifications.words_shared
    if feedback.side == FeedbackSide.AMBASSADOR:
        post(fact, to=visit.request.contact.user, due_at=due_at, feedback_id=feedback.pk, seat_id=0)
        return
    for seat in visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador__user"):
        assert seat.ambassador is not None
        if seat.ambassador.user is not None:
            post(fact, to=seat.ambassador.user, due_at=due_at, feedback_id=feedback.pk, seat_id=seat.pk)
