"""The pairs of records that may be one person's, kept for whoever looks at them."""

from datetime import datetime
from math import floor

from django.db import transaction
from django.utils import translation

from ambassadors.models import Ambassador, LikelyPair
from ambassadors.queries.duplicates import possible_duplicates, told_apart
from stem.moments import day_of
from stem.policy.values import value


def find_likely_pairs(*, at: datetime) -> int:
    """Look through the register for people who are in it twice, and keep what was found in place of what was; how many.

    A sweep: it may run twice. Nothing is merged by it (rule V-92).
    """
    review = value("duplicate_review", on=day_of(at)) / 100
    # The words of the reasons are kept as they stand in the source, and put into the reader's language on the page.
    with translation.override(None):
        found = possible_duplicates(above=review, within=True).pairs
    rows = [
        LikelyPair(
            one_id=min(pair.a.pk, pair.b.pk),
            other_id=max(pair.a.pk, pair.b.pk),
            likely=floor(pair.probability * 100),
            odds=round(sum(reason.weight for reason in pair.because), 3),
            because=[[reason.field, reason.words, round(reason.weight, 1)] for reason in pair.because],
            found_at=at,
        )
        for pair in found
    ]
    with transaction.atomic():
        # Looking took a while: some may be gone, or part of another, or were told apart meanwhile.
        here, apart = set(Ambassador.objects.unmerged().values_list("pk", flat=True)), told_apart()
        rows = [row for row in rows if {row.one_id, row.other_id} <= here]
        rows = [row for row in rows if frozenset((row.one_id, row.other_id)) not in apart]
        LikelyPair.objects.all().delete()
        # Of two sweeps at once the second one's rows are the first one's.
        LikelyPair.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)
