"""Post a text: in the transaction of the fact that it tells, beside the letter that tells the same."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.cache import cache
from django.db import connection, transaction
from django_q.tasks import async_task

from stem.letters.post import letter_key
from stem.texts.drafts import TextFact
from stem.texts.hours import when_to_send
from stem.texts.models import Text
from stem.texts.port import are_texts_on

if TYPE_CHECKING:
    from stem.accounts.models import User

SWEEP = "stem.texts.tasks.send_due_texts"
SWEEP_QUEUED = "texts.sweep_queued"


def post_text(
    fact: TextFact, ids: dict[str, int | str], *, to: "User", until: datetime, at: datetime, at_any_hour: bool = False
) -> Text | None:
    """Owe someone a text that tells `fact` about these ids; posting the same one again does nothing.

    It is of use `until` then, and tried no longer. At night it waits for the morning, unless that is too late, or it
    may come `at_any_hour`. None where no texts are sent, or it would be too late from the first.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Post a text inside the transaction of its fact.")
    if not are_texts_on() or until <= at:
        return None
    path = f"{fact.__module__}.{fact.__qualname__}"
    due_at = at if at_any_hour else when_to_send(at, until=until)
    text, is_new = Text.objects.get_or_create(
        key=letter_key(path, to.pk, ids),
        defaults={
            "fact": path,
            "ids": ids,
            "recipient": to,
            "posted_at": at,
            "due_at": due_at,
            "next_try_at": due_at,
            "until": until,
            "at_any_hour": at_any_hour,
            "reference": uuid4().hex,
        },
    )
    if is_new and due_at <= at:
        wake_on_commit()
    return text


def wake_on_commit() -> None:
    """Ask for a sweep once this transaction stands; many texts in one transaction ask once. As with letters."""
    if all(queue_sweep not in entry for entry in connection.run_on_commit):
        transaction.on_commit(queue_sweep, robust=True)


def queue_sweep() -> None:
    """Queue one sweep, unless one is queued that has not begun."""
    if cache.add(SWEEP_QUEUED, True, timeout=60):
        async_task(SWEEP, group="texts")
