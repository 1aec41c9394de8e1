"""What the database holds, in a few bytes: whether anything changed while something was refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection

# What a mere visit may leave behind: that somebody was here, what they read, and what the queue keeps of its work.
OF_NO_ACCOUNT = frozenset(
    {
        *("django_session", "accounts_browsersession", "audit_entry"),
        *("django_q_ormq", "django_q_task", "django_q_schedule"),
    }
)
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def tables() -> list[str]:
    """Every table whose rows mean something."""
    models = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return sorted({model._meta.db_table for model in models} - OF_NO_ACCOUNT)


def digest() -> dict[str, str]:
    """Each table's rows, as a hash of all of them."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = f"{len(rows)} rows {sha256(chr(10).join(rows).encode(errors='replace')).hexdigest()[:16]}"
    return found


@dataclass
class Watch:
    """Tells whether the rows are as they were; looks only where something was written."""

    before: dict[str, str] = field(default_factory=digest)
    wrote: bool = False

    def changed(self) -> list[str]:
        """The tables that do not hold what they held."""
        if not self.wrote:
            return []
        now = digest()
        return [table for table, held in self.before.items() if now[table] != held]

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note from here on whether anything is written that counts."""
        self.wrote = False

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.lstrip().upper().startswith(WRITES) and not any(f'"{table}"' in sql for table in OF_NO_ACCOUNT):
                self.wrote = True
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield
