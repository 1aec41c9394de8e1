"""Whoever holds every page and every file of a term, knows how they came about, and wants to know of a few people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from quality.suppression import CELL_LEAST, Table

# A cell of a table as it was before anything was put together: row, column, part.
Unknown = tuple[str, str, str]
# That these together lie between two bounds.
Known = tuple[frozenset[Unknown], float, float]
MOST = 10_000


def figures_of(told: Mapping[str, Any]) -> Iterable[tuple[list[str], list[str], Mapping[str, Any]]]:
    """Every cell that is told of a table, with the rows and columns that it is of."""
    rows, columns = told["rows"], told["columns"]
    for row, cells, total in zip(rows, told["cells"], told["row_totals"], strict=True):
        yield from ((row, column, cell) for column, cell in zip(columns, cells, strict=True))
        yield row, [name for column in columns for name in column], total
    everywhere = [name for row in rows for name in row]
    yield from ((everywhere, column, cell) for column, cell in zip(columns, told["column_totals"], strict=True))
    if rows:
        yield everywhere, [name for column in columns for name in column], told["total"]


def known_of(told: Mapping[str, Any], table: Table, part: str, *, rounding: int) -> list[Known]:
    """What the figures of a table say of the sums of its cells."""
    parts, known = sorted({name for cell in table.values() for name in cell.parts}), []
    for rows, columns, cell in figures_of(told):
        keys = [(row, column) for row in rows for column in columns if (row, column) in table]
        if "n" not in cell:
            continue
        everybody = frozenset((*key, name) for key in keys for name in parts)
        # Told to the nearest five, it is five at least: they know the rule.
        fewest = CELL_LEAST if rounding else 0
        least, most = (max(fewest, cell["n"] - rounding), cell["n"] + rounding) if cell["n"] else (0, 0)
        known.append((everybody, least, most))
        if isinstance(cell.get("share"), int):
            told_of = frozenset((*key, part) for key in keys)
            bounds = (cell["share"] - 0.5) / 100, (cell["share"] + 0.5) / 100
            known.append((told_of, bounds[0] * least, bounds[1] * most))
            known.append((everybody - told_of, (1 - bounds[1]) * least, (1 - bounds[0]) * most))
    return known


# --- an employer's page and its file

# Some people who were there, each once at least; and how often they and any others were there beyond that.
PEOPLE, BEYOND, TOGETHER = ("1st", "2nd", "3rd", "4th", "5th"), "beyond", "together"
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Rule:
    """What everybody may know of how an employer is told: of how many people and visits, and how it is rounded."""

    people: int = CELL_LEAST
    visits: int = CELL_LEAST + 1
    visits_together: int = 2 * CELL_LEAST - 1
    rounding: int = 2


def known_of_employer(
    told: Mapping[str, Any], period: str, rule: Rule, own: Mapping[str, int], *, several: bool = False
) -> list[Known]:
    """What an employer's figures of a term or a year say of others' visits, to a reader who knows `own`, by region."""
    if not told:
        return []
    known: list[Known] = []
    lines = told["regions"] or [[[EVERYWHERE], told["visits"]]]
    for regions, visits in lines if told["regions"] else ():
        mine = sum(own.get(region, 0) for region in regions)
        least = rule.visits_together if len(regions) > 1 else rule.visits
        known.append((frozenset(_cells(period, regions, rule)), *_bounds(visits, mine, least, rule)))
    everybody = frozenset(cell for regions, _visits in lines for cell in _cells(period, regions, rule))
    # Of each subject that is named so many spoke as of a region.
    least = max(rule.visits_together if several else rule.visits, rule.visits * len(told["fields"]))
    known.append((everybody, *_bounds(told["visits"], sum(own.values()), least, rule)))
    # Everybody goes alone, for an hour: this says the same once more.
    known.append((everybody, *_bounds(told["hours"], sum(own.values()), least, rule)))
    return [*known, *((frozenset({cell}), 1, MOST) for cell in everybody if cell[2] in PEOPLE)]


def _cells(period: str, regions: Iterable[str], rule: Rule) -> list[Unknown]:
    """A region that is told of by itself as its people's shares; of several together no more is known than the sum."""
    names = list(regions)
    if len(names) > 1:
        return [(period, name, TOGETHER) for name in names]
    return [(period, names[0], who) for who in (*PEOPLE[: rule.people], BEYOND)]


def _bounds(visits: int | None, own: int, least: int, rule: Rule) -> tuple[int, int]:
    """Between which numbers others' visits lie; "fewer than 5" is told as None."""
    low, high = (1, CELL_LEAST - 1) if visits is None else (visits - rule.rounding, visits + rule.rounding)
    return max(low - own, least, 0), high - own


# --- what they make of it


def found_out(known: list[Known]) -> dict[Unknown, int]:
    """Each cell that can be but one number, by tightening what is possible until nothing moves."""
    least: dict[Unknown, float] = {key: 0 for keys, *_bounds in known for key in keys}
    most: dict[Unknown, float] = dict.fromkeys(least, MOST)
    moved = True
    while moved:
        moved = False
        for keys, low, high in known:
            total_least, total_most = sum(least[key] for key in keys), sum(most[key] for key in keys)
            for key in keys:
                up = floor(high - (total_least - least[key]) + 1e-9)
                down = ceil(low - (total_most - most[key]) - 1e-9)
                if up < most[key] or down > least[key]:
                    moved = True
                    least[key], most[key] = max(least[key], down), min(most[key], up)
                    assert least[key] <= most[key], "What is told is not what they know the rule to be."
                    total_least, total_most = sum(least[each] for each in keys), sum(most[each] for each in keys)
    return {key: int(least[key]) for key in least if least[key] == most[key]}


def small(found: Mapping[Unknown, int]) -> dict[Unknown, int]:
    """Those that tell of a few people."""
    return {key: count for key, count in found.items() if 0 < count < CELL_LEAST}
