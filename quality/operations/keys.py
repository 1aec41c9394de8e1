"""Changing the key under which everything is kept that only its readers may read."""

from ambassadors.operations.keys import bring_over, rotate_record_keys
from quality.models import Concern, ConcernEvent, Glass


def rotate_all_record_keys() -> dict[str, int]:
    """Encrypt what vetting keeps, and each worry with what was done about it, anew under the first key; how many rows.

    It may be run again. Refuses with `unreadable` at the first row that no key fits; what was brought over before
    stands.
    """
    return {
        **rotate_record_keys(),
        "worries": bring_over(Concern.objects.all(), "account"),
        "worry_delays": bring_over(Concern.objects.filter(delayed_because__isnull=False), "delayed_because"),
        "worry_notes": bring_over(ConcernEvent.objects.filter(sealed_note__isnull=False), "sealed_note"),
        "broken_glass": bring_over(Glass.objects.all(), "reason"),
    }
