"""Finding what begins so, letter for letter, in an ordinary B-tree of either database."""

import re
from typing import Any

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
