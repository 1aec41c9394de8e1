"""Changing the key under which certificate numbers, notes and the addresses of people's own calendars are kept."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ambassadors.models import Check, DisclosureNote, OwnCalendar, SuppressionKey
from stem.encryption import Unreadable, reencrypted
from stem.rules import Kind, refuse

# Rows held at once: a stop loses no more than these, and they are brought over by the next run.
BATCH = 500


def rotate_record_keys() -> dict[str, int]:
    """Encrypt every number, note, calendar's address and the key of those who said no anew under the first key.

    How many of each. It may be run again.

    Refuses with `unreadable` at the first row that no key fits; what was brought over before stands.
    """
    return {
        "numbers": bring_over(Check.objects.filter(number__isnull=False), "number"),
        "notes": bring_over(DisclosureNote.objects.all(), "words"),
        "calendars": bring_over(OwnCalendar.objects.filter(address__isnull=False), "address"),
        # What it has made of addresses stands: only what hides it changes.
        "suppression_keys": bring_over(SuppressionKey.objects.all(), "sealed"),
    }


def bring_over(rows: QuerySet[Any], column: str) -> int:
    """Encrypt one column of these rows anew, so many at a time; how many rows."""
    count, last = 0, 0
    while batch := _in_one_go(rows.filter(pk__gt=last).order_by("pk")[:BATCH], column, reencrypted):
        count, last = count + len(batch), batch[-1]
    return count


@transaction.atomic
def _in_one_go(rows: QuerySet[Any], column: str, change: Callable[[bytes], bytes]) -> list[int]:
    """Bring these rows over, held meanwhile; their keys."""
    held = list(rows.select_for_update(no_key=True))
    for row in held:
        try:
            changed = change(getattr(row, column))
        except Unreadable:
            words = _("Row %(row)s cannot be read with any of the keys. Add the key that it was kept under.")
            raise refuse("unreadable", Kind.STATE, words % {"row": row.pk}) from None
        # Not by the row's own hand: history is never saved twice, and what it says stays the same here.
        rows.model._base_manager.filter(pk=row.pk).update(**{column: changed})
    return [row.pk for row in held]
