"""Read what the scheme has decided. Read once a request or task, and hand plain numbers to pure code (rule CF-01)."""

from datetime import date

from django.db.models import JSONField, Subquery, Value
from django.db.models.functions import Coalesce

from stem.policy.keys import KEYS
from stem.policy.models import PolicyValue


def value(key: str, *, on: date) -> int:
    """The number that holds on a day; its default when nothing else was decided. An unknown key is a `KeyError`."""
    default = KEYS[key].default
    decided = PolicyValue.objects.holding_on(on).filter(key=key).values_list("value", flat=True).last()
    return default if decided is None else decided


def value_as_column(key: str, *, on: date) -> Coalesce:
    """The same number as a column of a query that is made anyway."""
    decided = PolicyValue.objects.holding_on(on).filter(key=key).reverse().values("value")[:1]
    return Coalesce(Subquery(decided), Value(KEYS[key].default, output_field=JSONField()))


def values(*, on: date) -> dict[str, int]:
    """Every number that holds on a day, in one query."""
    decided = PolicyValue.objects.holding_on(on).filter(key__in=KEYS).values_list("key", "value")
    return {**{key.code: key.default for key in KEYS.values()}, **dict(decided)}
