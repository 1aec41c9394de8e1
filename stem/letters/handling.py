"""What the scheme's staff may do to a letter that has not gone."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from stem.audit.record import record
from stem.letters.models import Letter
from stem.letters.workflow import LETTER

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def hold_letter(*, letter: Letter, by: "User", at: datetime) -> None:
    """Keep a waiting letter back until it is released; others that it was to leave with go without it.

    Refuses with `state` when it is already leaving or gone.
    """
    # Those others may have left by the time it is released, and under their Message-ID it would look like a repeat.
    LETTER.move(Letter.objects.locked(letter), "hold", by=by, at=at, gathered_in="")


@transaction.atomic
def release_letter(*, letter: Letter, by: "User", at: datetime) -> None:
    """Let a held letter go when it is due, or at the next sweep when that has passed.

    Refuses with `state` when it is not held.
    """
    LETTER.move(Letter.objects.locked(letter), "release", by=by, at=at)


@transaction.atomic
def cancel_letter(*, letter: Letter, by: "User", at: datetime) -> None:
    """Stop a letter for good.

    Refuses with `state` when it is already leaving or gone.
    """
    LETTER.move(Letter.objects.locked(letter), "cancel", by=by, at=at)


@transaction.atomic
def retry_letter(*, letter: Letter, by: "User", at: datetime) -> None:
    """Give a failed letter its tries again, the first at once; one that is gathered leaves with what waits by then.

    Refuses with `state` when it has not failed.
    """
    letter = Letter.objects.locked(letter)
    LETTER.move(letter, "retry", by=by, at=at, gathered_in="")
    letter.attempts, letter.next_try_at = 0, at
    letter.save(update_fields=["attempts", "next_try_at"])


@transaction.atomic
def edit_letter(*, letter: Letter, subject: str, body: str, by: "User", at: datetime) -> None:
    """Put staff's words in place of the template's; placeholders for links become links as the letter leaves.

    The same words again change nothing.

    Refuses with `state` when it is already leaving or gone.
    """
    letter = Letter.objects.locked(letter)
    # Whatever may still be cancelled may still be worded differently.
    LETTER.check(letter, "cancel")
    if (letter.subject, letter.body) == (subject, body):
        return
    letter.subject, letter.body = subject, body
    letter.save(update_fields=["subject", "body"])
    letter.events.create(kind="edit", status=letter.status, by=by, at=at)
    record("letter.edit", letter, by=by, at=at)
