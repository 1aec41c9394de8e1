"""Let one process at a time do something, of all that work on the same database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Wait for the turn to do `what`, and have it until the end of the block.

    A turn is never left behind: it ends with the process that has it, even one that is killed. PostgreSQL keeps it by
    its session, across machines (an advisory lock; the connection must not be shared by a pool of transactions). SQLite
    has one machine, and the turn is a lock on an empty file beside the database.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [what])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [what])
        return
    database = Path(connection.settings_dict["NAME"])
    if not database.exists():
        # Kept in the memory of this process, which nobody else works on.
        yield
        return
    with database.with_name(f"{database.name}-{what}-turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
