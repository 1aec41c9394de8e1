"""The rated visits of all, one after another, and what is usual among them (rules S-01 to S-03)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.db.models.fields.json import KT

from bookings.enums import SeatKind, SeatStatus
from quality.enums import FeedbackSide
from quality.histories import WINDOW
from quality.models import CaseMix, Conflict, Feedback
from quality.models.case_mix import Kind
from quality.settling import went_ahead
from quality.statistics import ESTIMATED_FROM, Rating, Usual, adjusted, case_mix, counted, estimate
from stem.moments import day_of

PORTION = 5000


def ratings_of_all(at: datetime) -> Iterator[Rating]:
    """Each rating of 24 months by whoever led the visit, in the order of their days, in one query that is streamed.

    Of a form it reads the rating alone. Who led together is rated together. Visits whose two sides are too close are
    not rated (G-04).
    """
    forms = Feedback.objects.submitted().exclude(visit__in=Conflict.objects.values("visit"))
    forms = forms.filter(
        side=FeedbackSide.TEACHER,
        visit__starts_at__gt=at - WINDOW,
        visit__starts_at__lte=at,
        visit__seats__kind=SeatKind.LEAD,
        visit__seats__status=SeatStatus.TAKEN,
    )
    rows = forms.order_by("visit__starts_at", "visit").values_list(
        F("visit__seats__ambassador"),
        F("visit__request__school"),
        F("visit__request__activity"),
        F("visit__request__stage"),
        F("visit__starts_at"),
        KT("answers__T9"),
        KT("answers__TF1"),
    )
    kinds: dict[Kind, Kind] = {}
    for person, school, activity, stage, starts_at, rated, held in rows.iterator(chunk_size=PORTION):
        if rated in ("1", "2", "3", "4", "5") and went_ahead({"TF1": held}):
            kind = Kind(activity, stage)
            yield Rating(person, school, kinds.setdefault(kind, kind), day_of(starts_at), float(rated))


def mix_of(ratings: Iterator[Rating], *, on: date) -> CaseMix:
    """What is usual among these, unsaved; the defaults, and no kind of visit told from others, below 200 of them."""
    kept = counted(ratings)
    if len(kept) < ESTIMATED_FROM:
        usual = Usual()
        return CaseMix(reckoned_on=on, ratings=len(kept), mu=usual.mu, sigma=usual.sigma, k=usual.k, kinds=[])
    mu, means = case_mix(kept)
    people: dict[int, list[float]] = {}
    sizes: Counter[Any] = Counter()
    for each in kept:
        people.setdefault(each.person, []).append(adjusted(each.score, each.stratum, mu, means))
        sizes[each.stratum] += 1
    usual = estimate(people.values())
    kinds = [[*kind, n, means[kind]] for kind, n in sorted(sizes.items())]
    return CaseMix(reckoned_on=on, ratings=len(kept), mu=usual.mu, sigma=usual.sigma, k=usual.k, kinds=kinds)
