"""Post a letter: in the transaction of the fact that it tells, so that neither stands without the other."""

import json
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django_q.tasks import async_task

from stem.letters.drafts import Fact
from stem.letters.hours import from_by_day, next_gathering
from stem.letters.models import Letter

if TYPE_CHECKING:
    from stem.accounts.models import User

SWEEP = "stem.letters.tasks.send_due_letters"
SWEEP_QUEUED = "letters.sweep_queued"


def post(
    fact: Fact,
    *,
    to: "User | None" = None,
    due_at: datetime,
    at: datetime | None = None,
    key: str | None = None,
    language: str = "",
    **ids: int | str,
) -> Letter:
    """Owe someone a letter that tells `fact` about these ids; posting the same one again does nothing.

    `to` is None for a reader without an account: the fact's envelope knows the address. Where one fact can be true
    twice of the same ids (a visit moved, and moved again), a `key` or one more id tells the times apart. A fact that is
    marked as one that can wait leaves in its reader's working hours, at `due_at` or at the next of them.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Post a letter inside the transaction of its fact.")
    if not all(isinstance(value, int | str) for value in ids.values()):
        raise TypeError("A letter carries ids and short strings; its fact function fetches the rest.")
    path, leaves_at = path_of(fact), leaving_time(fact, due_at)
    letter, is_new = Letter.objects.get_or_create(
        key=letter_key(path, to.pk if to else None, key if key is not None else ids),
        defaults={
            "fact": path,
            "ids": ids,
            "is_confidential": getattr(fact, "is_confidential", False),
            "is_trial": getattr(fact, "is_trial", False),
            "is_gathered": getattr(fact, "is_gathered", False),
            "recipient": to,
            "language": language or (to.language if to else settings.LANGUAGE_CODE),
            "posted_at": at or due_at,
            "due_at": leaves_at,
            "next_try_at": leaves_at,
            "message_id": new_message_id(),
        },
    )
    if is_new:
        wake_on_commit()
    return letter


def leaving_time(fact: Fact, due_at: datetime) -> datetime:
    """When a letter that is due then leaves: with its reader's other news, by day, or just then, as its fact says."""
    if getattr(fact, "is_gathered", False):
        return next_gathering(due_at)
    return from_by_day(due_at) if getattr(fact, "is_by_day", False) else due_at


def new_message_id() -> str:
    """A name for a message, which no other has."""
    return f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"


def path_of(fact: Fact) -> str:
    """How a letter names its fact: by its app's notifications, in whichever module of that room it is written.

    So that a letter that waits still finds its words when they have moved.
    """
    app, room, _module = fact.__module__.partition(".notifications")
    return f"{app}{room}.{fact.__qualname__}"


def letter_key(path: str, recipient_id: int | None, what: str | dict[str, int | str]) -> str:
    """What makes two letters the same letter; hashed, so that it has one length and quotes nobody."""
    return sha256(json.dumps([path, recipient_id, what], sort_keys=True).encode()).hexdigest()


def wake_on_commit() -> None:
    """Ask for a sweep once this transaction stands; many letters in one transaction ask once.

    After the commit, because a queue in Redis would otherwise start before the letters can be seen. Robust, because
    the letters are safe whether or not the queue can be reached: the next minute's sweep finds them.
    """
    if all(queue_sweep not in entry for entry in connection.run_on_commit):
        transaction.on_commit(queue_sweep, robust=True)


def queue_sweep() -> None:
    """Queue one sweep, unless one is queued that has not begun."""
    if cache.add(SWEEP_QUEUED, True, timeout=60):
        async_task(SWEEP, group="letters")
