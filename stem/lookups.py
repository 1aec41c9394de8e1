"""Lookups that both databases answer alike from their ordinary B-trees."""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import StartsWith

_MARKS = re.compile(r"[\[*?]")


class Begins(StartsWith):
    """`filter(Begins(F("email"), "ada."))`: what begins with these letters, capitals told apart.

    SQLite's LIKE minds no capitals and so uses no plain index, where GLOB does; PostgreSQL's LIKE uses an index of the
    class `varchar_pattern_ops`, such as every column of text with `db_index` or `unique` has.
    """

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """By GLOB, with its own marks taken for letters."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} GLOB %s", [*parameters, _MARKS.sub(r"[\g<0>]", str(self.rhs)) + "*"]


_UNPACK = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
}


def among(column: str, keys: Sequence[int]) -> Q:
    """Rows whose key is one of thousands, handed over as one value."""
    return Q(**{f"{column}__in": RawSQL(_UNPACK[connection.vendor], [json.dumps(list(keys))])})  # noqa: S611  no text of anybody's
