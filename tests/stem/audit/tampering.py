"""Somebody with the owner's rights, who lifts what refuses them and writes where nobody may."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from stem.accounts.models import User
from stem.audit.models import Entry, Seal
from stem.audit.sealing import seal_entries


def entries(count: int, *, at: datetime, by: User | None = None) -> list[Entry]:
    """So many entries, a minute apart."""
    return [
        Entry.objects.create(
            at=at + timedelta(minutes=number, microseconds=number),
            actor=by,
            action="ambassador.read",
            object_type="ambassadors.ambassador",
            object_id=str(number),
        )
        for number in range(count)
    ]


def sealed(*batches: int, at: datetime, by: User | None = None) -> list[list[int]]:
    """Batches of so many entries, each sealed; the numbers of their entries."""
    found = []
    for count in batches:
        found.append([entry.pk for entry in entries(count, at=at, by=by)])
        assert seal_entries(at=at) == count
    return found


def by_force(order: str, *values: object) -> None:
    """Carry this order out although the triggers would refuse it; they stand again afterwards."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(order, values)


@contextmanager
def unguarded() -> Iterator[None]:
    """Within this nothing refuses."""
    tables = [model._meta.db_table for model in (Entry, Seal)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a key that is yet to be checked would hold the table
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)
