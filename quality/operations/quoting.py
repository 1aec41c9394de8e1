"""Letting an employer read what a school wrote, or no longer."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from quality import permissions
from quality.employers.words import reasons_not_to_quote
from quality.models import Comment, EmployerQuote
from stem.audit.record import record
from stem.rules import refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def let_employer_read(*, comment: Comment, by: "User", at: datetime) -> None:
    """Let the employer of whoever came read these words with its next term, without any name; twice is once.

    Whoever says so has read them once more. Refuses with `not_quality`, or as `reasons_not_to_quote` does.
    """
    comment = Comment.objects.locked(comment)
    permissions.check_may_read_feedback(by, comment.feedback)
    refuse_if_any(reasons_not_to_quote(comment, at=at))
    chosen = {"chosen_by": by, "chosen_at": at}
    quote, is_new = EmployerQuote.objects.get_or_create(comment=comment, defaults=chosen)
    if is_new:
        record("employer_quote.choose", quote, by=by, at=at)


@transaction.atomic
def keep_from_employer(*, comment: Comment, by: "User", at: datetime) -> None:
    """Let no employer read these words, from this moment; twice is once. Refuses with `not_quality`."""
    comment = Comment.objects.locked(comment)
    permissions.check_may_read_feedback(by, comment.feedback)
    for quote in EmployerQuote.objects.filter(comment=comment):
        record("employer_quote.take_back", quote, by=by, at=at)
        quote.delete()
