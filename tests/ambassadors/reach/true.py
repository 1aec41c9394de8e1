"""Whether the table of reach says what the rows say."""

from collections import defaultdict

from ambassadors.models import Ambassador, Reach
from ambassadors.reach.keeping import reach_of
from ambassadors.reach.rows import Row


def assert_reach_is_true() -> None:
    """Nobody is found by what is not on record of them, and everybody by what is."""
    written: dict[int, set[Row]] = defaultdict(set)
    for row in Reach.objects.values_list(*Row._fields):
        written[row[0]].add(Row(*row))
    told = reach_of(Ambassador.objects.values_list("pk", flat=True))
    assert dict(written) == {pk: rows for pk, rows in told.items() if rows}
