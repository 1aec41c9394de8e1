"""Between two tests with transactions of their own the tables are emptied, the audit record among them.

Its triggers refuse that, as they should to anybody. So the tests' database, and no other, has those on
deleting lifted for the moment of the emptying; what they refuse within a test they refuse all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from stem.audit.models import Entry, Seal

APPEND_ONLY = {model._meta.db_table: model._meta.constraints[0].name for model in (Entry, Seal)}


@contextmanager
def emptying_allowed() -> Iterator[None]:
    """Within this, Django's way of emptying tables may empty the record as well."""
    operations = type(connection.ops)
    empty: Callable[[Any, Sequence[str]], None] = operations.execute_sql_flush

    def lift_and_empty(self: Any, orders: Sequence[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            before, after = LIFTING[connection.vendor](cursor)
            for order in before:
                cursor.execute(order)
            empty(self, orders)
            for order in after:
                cursor.execute(order)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", lift_and_empty)
        yield


def _on_sqlite(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_only_added_to_delete'")
    found = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]


def _on_postgresql(cursor: Any) -> tuple[list[str], list[str]]:
    orders = [
        [f'ALTER TABLE "{table}" {verb} TRIGGER "{name}_truncate"' for table, name in APPEND_ONLY.items()]
        for verb in ("DISABLE", "ENABLE")
    ]
    return orders[0], orders[1]


LIFTING = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
