"""Between two tests with transactions of their own the tables are emptied, the audit record among them.

Its triggers refuse that, as they should to anybody. So the tests' database, and no other, has those on
deleting lifted for the moment of the emptying; what they refuse within a test they refuse all the same.

Only tables that hold something are emptied, and row by row: to truncate, PostgreSQL makes each table and each of its
indexes anew on the disk, which took longer than most tests.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from stem.audit.models import Entry, Seal

APPEND_ONLY = {model._meta.db_table: model._meta.constraints[0].name for model in (Entry, Seal)}
NAMED = re.compile(r'"(\w+)"')


@contextmanager
def emptying_allowed() -> Iterator[None]:
    """Within this, Django's way of emptying tables may empty the record as well."""
    operations = type(connection.ops)
    carry_out: Callable[[Any, Sequence[str]], None] = operations.execute_sql_flush

    def lift_and_empty(self: Any, orders: Sequence[str]) -> None:
        emptying = [order for order in orders if order.startswith(("TRUNCATE", "DELETE"))]
        with transaction.atomic(), connection.cursor() as cursor:
            before, after = LIFTING[connection.vendor](cursor)
            deleting = [f'DELETE FROM "{table}"' for table in _holding(cursor, NAMED.findall("".join(emptying)))]
            for order in [*before, *deleting, *after]:
                cursor.execute(order)
        carry_out(self, [order for order in orders if order not in emptying])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", lift_and_empty)
        yield


def _holding(cursor: Any, tables: list[str]) -> list[str]:
    """Those of these tables that hold a row."""
    asked = " UNION ALL ".join(f"""SELECT '{table}' WHERE EXISTS (SELECT 1 FROM "{table}")""" for table in tables)
    cursor.execute(asked)
    return [table for (table,) in cursor.fetchall()]


def _on_sqlite(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_only_added_to_delete'")
    found = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]


def _on_postgresql(cursor: Any) -> tuple[list[str], list[str]]:
    orders = [
        [f'ALTER TABLE "{table}" {verb} TRIGGER "{name}_change"' for table, name in APPEND_ONLY.items()]
        for verb in ("DISABLE", "ENABLE")
    ]
    # A table is not altered while what refers to its rows has yet to be looked at.
    return orders[0], ["SET CONSTRAINTS ALL IMMEDIATE", *orders[1]]


LIFTING = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
