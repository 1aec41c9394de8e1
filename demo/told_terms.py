"""Terms that the demonstration's scheme has told of: made figures, which go through the same door as real ones."""

import random
from datetime import datetime

from quality.operations.releases import keep_release
from quality.reports.facts import names_of_regions
from quality.suppression import Cell, Table
from quality.terms import closed_by

SEED = 5
STAGES = {"ks1": 60, "ks2": 190, "ks3": 260, "ks4": 160, "ks5": 70, "fe": 20}
PHASES = {"primary": 190, "secondary": 260, "special": 150, "16_plus": 160}
# The share of schools without a visit in 36 months, term by term; one term it rose.
NEVER = (0.74, 0.71, 0.72, 0.67, 0.64, 0.6)
# Of how many schools with pupils from 11 on what share had somebody for each age.
SECONDARIES = 320
YEARS = {"11": 0.3, "12": 0.38, "13": 0.41, "14": 0.36, "15": 0.28, "16": 0.24, "17": 0.17}
# The shares of schools that would invite somebody again: in one region fewer than elsewhere.
USUAL, LOWER = 0.92, 0.8
# The mean of what schools say of each question.
SAID = {"T1": 4.4, "T3": 4.3, "T4": 3.8, "T5": 4.5, "T6": 4.1}
RATED, RATED_LOWER = 4.4, 3.7


def tell_of_terms(*, at: datetime) -> None:
    """Tell of the last terms that are closed, the earliest first: from term to term fewer schools are left out."""
    terms = [closed_by(at)]
    while len(terms) < len(NEVER):
        terms.insert(0, terms[0].before)
    for number, (term, never) in enumerate(zip(terms, NEVER, strict=True)):
        chance, regions = random.Random(SEED + number), names_of_regions()
        months = [month.strftime("%Y-%m") for month in term.months]
        facts = [
            _facts(chance, key, months, never=never - 0.04 * at_place, is_lower=at_place == 0)
            for at_place, key in enumerate(sorted(regions))
        ]
        together: dict[str, Table] = {code: {} for each in facts for code in each}
        for code in together:
            together[code] = {key: cell for each in facts for key, cell in each[code].items()}
        keep_release(term=term, facts=together, regions=regions, at=at)


def _about(chance: random.Random, n: float) -> int:
    return round(n * chance.uniform(0.8, 1.2))


def _facts(chance: random.Random, region: str, months: list[str], *, never: float, is_lower: bool) -> dict[str, Table]:
    """What a term was like in one region."""
    asked = {phase: _about(chance, n) for phase, n in PHASES.items()}
    total = sum(asked.values())
    only: dict[str, Cell] = {
        "routes": Cell(_parts("technical", "other", _about(chance, 0.28 * total), total)),
        "parity": Cell(
            _parts("most", "rest", _about(chance, 0.36 * total), total),
            public={"pupils": 100_000, "pupils_most": 40_000},
        ),
        "rural": Cell(
            _parts("most", "rest", _about(chance, 0.15 * total), total),
            public={"pupils": 100_000, "pupils_most": 17_000},
        ),
        "tenth": Cell(_parts("tenth", "rest", _about(chance, 0.3 * total), total)),
        "later": Cell({"all": 14}, {f"L{n}": (14, 14 * (3.4 + n / 5)) for n in (1, 2, 3)}, public={"asked": 22}),
        "searches": Cell(_parts("nobody", "somebody", _about(chance, 22), 180)),
    }
    return {
        **_said(chance, region, months, asked, is_lower=is_lower),
        **_asked_for(chance, region),
        **{code: {(region, "all"): cell} for code, cell in only.items()},
        "stages": {(region, stage): Cell({"all": _about(chance, n)}) for stage, n in STAGES.items()},
        "never": {
            (region, phase): Cell(_parts("never", "met", round(3 * n * never * chance.uniform(0.96, 1.05)), 3 * n))
            for phase, n in PHASES.items()
        },
        "years": {
            (region, age): Cell(_parts("met", "missed", _about(chance, part * SECONDARIES), SECONDARIES))
            for age, part in YEARS.items()
        },
        "every_year": {(region, "all"): Cell(_parts("every", "missing", _about(chance, 32), SECONDARIES))},
    }


def _said(
    chance: random.Random, region: str, months: list[str], asked: dict[str, int], *, is_lower: bool
) -> dict[str, Table]:
    """What came back of forms, and what it says."""
    share, rated = (LOWER, RATED_LOWER) if is_lower else (USUAL, RATED)
    came = {phase: round(0.66 * n) for phase, n in asked.items()}
    total, n = sum(asked.values()), sum(came.values())
    return {
        "responses": {
            (region, side): Cell(_parts("came", "silent", _about(chance, part * total), total))
            for side, part in (("teacher", 0.66), ("ambassador", 0.75))
        },
        "again": {
            (region, phase): Cell(_parts("again", "not", round(rows * share), rows), public={"asked": asked[phase]})
            for phase, rows in came.items()
        },
        "index": {(region, "all"): Cell({"all": n}, {code: (n, mean * n) for code, mean in SAID.items()})},
        "months": {
            (region, month): Cell({"all": n // 4}, {"T9": (n // 4, n // 4 * chance.uniform(rated - 0.2, rated + 0.2))})
            for month in months
        },
    }


def _asked_for(chance: random.Random, region: str) -> dict[str, Table]:
    """What became of requests, by fifth."""
    fifths = range(1, 6)
    waits = {fifth: [max(1, _about(chance, 5 + 2 * fifth)) for _request in range(25)] for fifth in fifths}
    return {
        "unfilled": {
            (region, str(fifth)): Cell(_parts("unfilled", "found", _about(chance, 6 + fifth), 60)) for fifth in fifths
        },
        "waits": {
            (region, str(fifth)): Cell({"all": len(days)}, spread={day: days.count(day) for day in days})
            for fifth, days in waits.items()
        },
    }


def _parts(one: str, other: str, n: int, of: int) -> dict[str, int]:
    return {one: min(n, of), other: max(0, of - n)}
