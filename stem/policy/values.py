"""Read what the scheme has decided. Read once a request or task, and hand plain numbers to pure code (rule CF-01)."""

from datetime import date

from stem.policy.keys import KEYS
from stem.policy.models import PolicyValue


def value(key: str, *, on: date) -> int:
    """The number that holds on a day; its default when nothing else was decided. An unknown key is a `KeyError`."""
    default = KEYS[key].default
    decided = PolicyValue.objects.holding_on(on).filter(key=key).values_list("value", flat=True).last()
    return default if decided is None else decided


def values(*, on: date) -> dict[str, int]:
    """Every number that holds on a day, in one query."""
    decided = PolicyValue.objects.holding_on(on).filter(key__in=KEYS).values_list("key", "value")
    return {**{key.code: key.default for key in KEYS.values()}, **dict(decided)}
