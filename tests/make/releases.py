"""Terms of which was told."""

from datetime import date

from quality.models import Release
from quality.operations.releases import keep_release
from quality.suppression import Cell, Table
from stem.geography.models import Region
from stem.terms import Term
from tests.make.bookings import NOW

SIDES = ("teacher", "ambassador")
LAST_TERM = Term(date(2026, 9, 1))


def facts(*regions: str) -> dict[str, Table]:
    """What a busy term was like, in each of these regions alike."""
    months = [f"2026-{month:02}" for month in range(9, 13)]
    return {
        "responses": {
            (r, side): Cell({"came": 70, "silent": 30}) for r in regions for side in ("teacher", "ambassador")
        },
        "again": {
            (r, phase): Cell({"again": 60 + 10 * at, "not": 10}, public={"asked": 90})
            for at, r in enumerate(regions)
            for phase in ("primary", "secondary")
        },
        "index": {(r, "all"): Cell({"all": 70}, sums={f"T{n}": (70, 280.0) for n in (1, 3, 4, 5, 6)}) for r in regions},
        "months": {(r, month): Cell({"all": 20}, sums={"T9": (20, 74.0)}) for r in regions for month in months},
        "later": {
            (r, "all"): Cell({"all": 20}, {f"L{n}": (20, 78.0) for n in (1, 2, 3)}, public={"asked": 30})
            for r in regions
        },
        "stages": {(r, stage): Cell({"all": 40}) for r in regions for stage in ("ks2", "ks3", "ks4")},
        "routes": {(r, "all"): Cell({"technical": 30, "other": 70}) for r in regions},
        "parity": {
            (r, "all"): Cell({"most": 31, "rest": 69}, public={"pupils": 1000, "pupils_most": 400}) for r in regions
        },
        "rural": {
            (r, "all"): Cell({"most": 20, "rest": 80}, public={"pupils": 1000, "pupils_most": 180}) for r in regions
        },
        "never": {(r, phase): Cell({"never": 50, "met": 30}) for r in regions for phase in ("primary", "secondary")},
        "tenth": {(r, "all"): Cell({"tenth": 40, "rest": 60}) for r in regions},
        "unfilled": {(r, fifth): Cell({"unfilled": 8, "found": 32}) for r in regions for fifth in "12345"},
        "waits": {(r, fifth): Cell({"all": 32}, spread={3 * int(fifth): 32}) for r in regions for fifth in "12345"},
        "searches": {(r, "all"): Cell({"nobody": 12, "somebody": 88}) for r in regions},
    }


def release(*regions: Region, term: Term = LAST_TERM, **tables: Table) -> Release:
    """A term of which was told, of these regions; with some tables of their own."""
    names = {str(region.pk): region.name for region in regions}
    made = keep_release(term=term, facts={**facts(*names), **tables}, regions=names, at=NOW)
    assert made is not None
    return made
