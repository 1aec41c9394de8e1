"""What the scheme's staff may do to a text that has not gone. Its words are nobody's to change."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from stem.texts.models import Text
from stem.texts.workflow import TEXT

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def hold_text(*, text: Text, by: "User", at: datetime) -> None:
    """Keep a waiting text back until it is released, or too late.

    Refuses with `state` when it is already leaving or gone.
    """
    TEXT.move(Text.objects.locked(text), "hold", by=by, at=at)


@transaction.atomic
def release_text(*, text: Text, by: "User", at: datetime) -> None:
    """Let a held text go when it is due, or at the next sweep when that has passed.

    Refuses with `state` when it is not held.
    """
    TEXT.move(Text.objects.locked(text), "release", by=by, at=at)


@transaction.atomic
def cancel_text(*, text: Text, by: "User", at: datetime) -> None:
    """Stop a text for good.

    Refuses with `state` when it is already leaving or gone.
    """
    TEXT.move(Text.objects.locked(text), "cancel", by=by, at=at)


@transaction.atomic
def retry_text(*, text: Text, by: "User", at: datetime) -> None:
    """Give a failed text its tries again, the first at once; where it is too late for it, the sweep says so.

    Refuses with `state` when it has not failed.
    """
    TEXT.move(Text.objects.locked(text), "retry", by=by, at=at, attempts=0, kills=0, next_try_at=at)
