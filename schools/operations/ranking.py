"""Rank schools by how disadvantaged their pupils are, each among those of its kind."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, F, Window
from django.db.models.functions import PercentRank

from schools.enums import Measure
from schools.models import Disadvantage, School

# Among fewer schools a place says more about who else happens to be there than about the school.
FEWEST = 20
# Rows written in one short transaction: on SQLite others wait for so long.
BATCH = 500
DECIMALS = 4

# A school's place: the census it is from, the percentile, and among how many schools.
Place = tuple[int, float, int]


def rank_by_disadvantage() -> int:
    """Give every open school its place by free school meals within its nation, phase and census; how many changed.

    The places are reckoned in one query, and only what differs is written. A sweep: it may run twice, or be cut short.
    """
    kept = {
        school: (vintage, percentile, among)
        for school, vintage, percentile, among in Disadvantage.objects.by_measure(Measure.FSM)
        .order_by()
        .values_list("school_id", "vintage", "percentile", "among")
    }
    wanted = dict(_places())
    changed = [(school, place) for school, place in wanted.items() if kept.get(school) != place]
    gone = sorted(kept.keys() - wanted.keys())
    for start in range(0, len(changed), BATCH):
        _write(changed[start : start + BATCH])
    for start in range(0, len(gone), BATCH):
        Disadvantage.objects.by_measure(Measure.FSM).filter(school__in=gone[start : start + BATCH]).delete()
    return len(changed) + len(gone)


def _places() -> Iterator[tuple[int, Place]]:
    """The place of each school of which the measure and its census are known and enough others stand beside it.

    Schools that are alike share one place, in the middle: as many are above as below, whichever way one counts.
    """
    alike = [F("nation"), F("phase"), F("fsm_year")]
    up, down = F("fsm_percent").asc(), F("fsm_percent").desc()
    rows = (
        School.objects.open()
        .filter(fsm_percent__isnull=False, fsm_year__isnull=False)
        .order_by()
        .annotate(
            below=Window(PercentRank(), partition_by=alike, order_by=up),
            above=Window(PercentRank(), partition_by=alike, order_by=down),
            among=Window(Count("pk"), partition_by=alike),
        )
        .filter(among__gte=FEWEST)
        .values_list("pk", "fsm_year", "below", "above", "among")
    )
    for school, year, below, above, among in rows.iterator(chunk_size=2000):
        assert year is not None
        yield school, (year, round((below + 1 - above) / 2, DECIMALS), among)


def _write(places: list[tuple[int, Place]]) -> None:
    """Keep these places. A school that has just been deleted has none."""
    with transaction.atomic():
        keys = [school for school, _place in places]
        held = School.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
        there = set(held.values_list("pk", flat=True))
        Disadvantage.objects.bulk_create(
            [
                Disadvantage(school_id=school, measure=Measure.FSM, vintage=year, percentile=percentile, among=among)
                for school, (year, percentile, among) in places
                if school in there
            ],
            update_conflicts=True,
            unique_fields=["school", "measure"],
            update_fields=["vintage", "percentile", "among"],
        )
