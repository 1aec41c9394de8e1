"""The tables of a report, and how a cell of each is told: pure. Every one goes through the door of `suppression`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from quality.statistics import Usual, cusum, in_funnel
from quality.suppression import PERCENT_LEAST, Cell, Line, Table, atoms, may_be_told, rounded, share

# What is told of everybody in a row, where it has no parts.
ALL = "all"
# The share of schools that would invite somebody again, against which hubs and kinds of school are held (rule S-06).
TARGET = 0.9
# Below so many of a hundred forms nothing is said of what they say (rule S-23).
RESPONSE_LEAST = 50
# What stakeholders of 2010 found very important (rule 2.1), by the questions that ask for it: careers described (T1,
# T3), the full range and routes by need (T4), impartial (T5), stereotypes and those least likely to progress (T6).
WEIGHTS_2010: Mapping[str, float] = {"T1": 0.097, "T3": 0.097, "T4": 0.315, "T5": 0.196, "T6": 0.295}
# Shares of visits that are held against the share of pupils there (rules E-50, E-53).
BY_PUPILS = ("parity", "rural")
# A mean at either end of the scale would tell that everybody gave the same answer (rule N-04).
LOWEST_MEAN, HIGHEST_MEAN = 1.1, 4.9


class How(StrEnum):
    """What is told of a cell."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True)
class Told:
    """One table: how its cells are told, of which part, and whether it stands on what teachers answered."""

    code: str
    how: How
    part: str = ALL
    of_forms: bool = False
    # Whether it says of how many. Of one population one table does: two that were put together differently could be
    # taken from one another.
    counted: bool = False

    @property
    def base(self) -> int:
        """How many there are at least in a cell."""
        return PERCENT_LEAST if self.how is How.SHARE else 0


TABLES: Mapping[str, Told] = {
    each.code: each
    for each in (
        Told("responses", How.SHARE, "came"),
        Told("again", How.SHARE, "again", of_forms=True, counted=True),
        Told("index", How.MEAN, of_forms=True),
        Told("months", How.MEAN, of_forms=True),
        Told("later", How.MEAN, of_forms=True),
        Told("stages", How.COUNT, counted=True),
        Told("routes", How.SHARE, "technical"),
        Told("parity", How.SHARE, "most"),
        Told("rural", How.SHARE, "most"),
        Told("never", How.SHARE, "never"),
        Told("years", How.SHARE, "met"),
        Told("every_year", How.SHARE, "every"),
        Told("tenth", How.SHARE, "tenth"),
        Told("unfilled", How.SHARE, "unfilled"),
        Told("waits", How.MEDIAN),
        Told("searches", How.SHARE, "nobody"),
    )
}


def told(code: str, table: Table) -> dict[str, Any]:
    """Everything that is ever told of this table, as it is kept: each cell, row, column and the total."""
    kind = TABLES[code]
    safe = atoms(table, partial(may_be_told, base=kind.base))
    tell = partial(_cell, kind)
    return {
        "rows": [list(row) for row in safe.rows],
        "columns": [list(column) for column in safe.columns],
        "cells": [[tell(safe.cells[row, column]) for column in safe.columns] for row in safe.rows],
        "row_totals": [tell(safe.row(row)) for row in safe.rows],
        "column_totals": [tell(safe.column(column)) for column in safe.columns],
        "total": tell(safe.total),
    }


def _cell(kind: Told, cell: Cell) -> dict[str, Any]:
    """A cell that may be told, as it is told: its number to the nearest five, and no figure finer than its kind's."""
    answer: dict[str, Any] = {"n": rounded(cell.n)} if kind.counted else {}
    asked = cell.public.get("asked", 0)
    if kind.of_forms and asked and 100 * cell.n < RESPONSE_LEAST * asked:
        return {"low": True}
    if not cell.n:
        return {**answer, "none": True}
    if kind.how is How.SHARE:
        answer["share"] = share(cell.parts.get(kind.part, 0), cell.n)
    if kind.code == "again":
        answer["funnel"] = in_funnel(cell.parts["again"], cell.n, TARGET).value
    if kind.code in BY_PUPILS and cell.public.get("pupils"):
        answer |= _parity(cell)
    if kind.how is How.MEDIAN:
        answer["median"] = cell.median
    if kind.how is How.MEAN:
        answer["mean"] = _mean(cell)
    return answer


def _parity(cell: Cell) -> dict[str, float]:
    """The share of visits, to schools in the two most disadvantaged fifths or in the country, by that of pupils."""
    visits = share(cell.parts["most"], cell.n)
    pupils = round(100 * cell.public["pupils_most"] / cell.public["pupils"])
    return {"pupils": pupils, **({"ratio": round(visits / pupils, 3)} if pupils and isinstance(visits, int) else {})}


def _mean(cell: Cell) -> float | None:
    """The mean of what was asked, each question by its weight; no mean where one of them was not answered."""
    weights = {name: WEIGHTS_2010.get(name, 1.0) for name in cell.sums}
    if not weights or any(not answers for answers, _sum in cell.sums.values()):
        return None
    mean = sum(weights[name] * total / answers for name, (answers, total) in cell.sums.items()) / sum(weights.values())
    return min(max(round(mean, 1), LOWEST_MEAN), HIGHEST_MEAN)


def with_runs(months: dict[str, Any], before: Mapping[Line, float], usual: Usual) -> dict[str, Any]:
    """The same table of months, with how far each row has run below what is usual after each of them (rule S-07).

    It goes on from where the row was a term ago. A month of which nothing may be told leaves it where it was.
    """
    runs = []
    for row, cells in zip(months["rows"], months["cells"], strict=True):
        run, sums = before.get(tuple(row), 0.0), []
        for cell in cells:
            if cell.get("mean") is not None:
                run = cusum([cell["mean"]], usual, start=run)[-1]
            sums.append(round(run, 1))
        runs.append(sums)
    return {**months, "runs": runs}
