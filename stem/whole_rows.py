"""Many rows added in one statement from one value: objects, or values each bound by itself, take longer to pass than to
store."""

import json
from collections.abc import Sequence

from django.db import connection
from django.db.models import Model

BATCH = 2_000


def insert_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Add rows of this model, each a list of plain values for these columns (by their names in the database)."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(name) for name in columns)
    unpack = _unpack(model, columns)
    for at in range(0, len(rows), BATCH):
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({names}) {unpack}", [json.dumps(rows[at : at + BATCH])])


def _unpack(model: type[Model], columns: Sequence[str]) -> str:
    """How this database reads a list of lists from one JSON value."""
    if connection.vendor == "sqlite":
        cells = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(columns)))
        return f"SELECT {cells} FROM json_each(%s)"  # noqa: S608  only places in a list
    types = {field.column: field.rel_db_type(connection) for field in model._meta.concrete_fields}
    cells = ", ".join(f"(row ->> {place})::{types[name]}" for place, name in enumerate(columns))
    return f"SELECT {cells} FROM json_array_elements(%s::json) AS given (row)"  # noqa: S608  and the types of columns
