"""Lets many tries start from one and the same database: what each of them does is undone at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def as_if_nothing_happened() -> Iterator[None]:
    """Whatever is done in here is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
