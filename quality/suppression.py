"""What a report may show of small numbers: pure (rules 2.8, N-01 to N-05).

Every breakdown that leaves the house goes through one door. `atoms` puts the rows and columns of a table together until
no cell is small; whatever is told, at several levels on several pages, is a sum of these, so that nobody who reads all
of it, in any order, learns less (complementary suppression).
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

# Fewer people than these are told of by no cell (rule N-03), by no pupils' result (N-01), by no percentage (N-05).
CELL_LEAST, PUPILS_LEAST, PERCENT_LEAST = 5, 10, 30
# So many answers are told of as a mean or a middle (the floor of N-01).
MEAN_LEAST = 10
# So many sessions, at so many schools, are told of together where each is too small alone (rule N-01).
POOL_SESSIONS, POOL_SCHOOLS = 3, 2
# A share in tenths: nearly nobody, and nearly everybody, of whom there may be none and all (rule N-04).
FEW, MOST = 0, 10
# What is made public is rounded to these (rule N-05).
ROUNDED_TO = 5


def rounded(count: int) -> int | None:
    """A count as the public reads it: to the nearest five; None for one to four, "fewer than 5" (rule N-05)."""
    if 0 < count < CELL_LEAST:
        return None
    return ROUNDED_TO * ((2 * count + ROUNDED_TO) // (2 * ROUNDED_TO))


def in_words(told: int | None) -> str:
    """A count that was `rounded`, as it is read."""
    return _("fewer than 5") if told is None else str(told)


class Nearly(StrEnum):
    """What is said where the rest, or the part, is so small that a percentage would tell of it (rules N-03, N-04)."""

    MOST = "most"
    FEW = "few"


def share(part: int, base: int) -> int | Nearly | None:
    """A share in whole percent; whether all, or nearly all, are in it or out of it is told alike (rule N-04)."""
    if base < PERCENT_LEAST:
        return None
    if base - part < CELL_LEAST:
        return Nearly.MOST
    return Nearly.FEW if part < CELL_LEAST else round(100 * part / base)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of a group: nothing of it is told before it has passed through `atoms`."""

    # Of everybody in it, which part they are in.
    parts: Mapping[str, int] = field(default_factory=dict)
    # How many answered, and the sum of their answers, by question.
    sums: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    # How many have each value.
    spread: Mapping[int, int] = field(default_factory=dict)
    # What anybody may know: registers tell it.
    public: Mapping[str, float] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many are in it."""
        return sum(self.parts.values())

    @property
    def median(self) -> float | None:
        """The value in the middle; None where there is none."""
        values = sorted(self.spread)
        total = sum(self.spread.values())
        return None if not total else (self._at(values, (total - 1) // 2) + self._at(values, total // 2)) / 2

    def _at(self, values: list[int], place: int) -> int:
        passed = 0
        for value in values:
            passed += self.spread[value]
            if passed > place:
                return value
        raise AssertionError("beyond the last value")


def together(cells: Iterable[Cell]) -> Cell:
    """Groups as one group."""
    parts: dict[str, int] = {}
    sums: dict[str, tuple[int, float]] = {}
    spread: dict[int, int] = {}
    public: dict[str, float] = {}
    for cell in cells:
        for name, count in cell.parts.items():
            parts[name] = parts.get(name, 0) + count
        for name, (answers, total) in cell.sums.items():
            before = sums.get(name, (0, 0.0))
            sums[name] = before[0] + answers, before[1] + total
        for value, count in cell.spread.items():
            spread[value] = spread.get(value, 0) + count
        for name, figure in cell.public.items():
            public[name] = public.get(name, 0) + figure
    return Cell(parts, sums, spread, public)


def may_be_told(cell: Cell, *, several: bool = False, base: int = CELL_LEAST) -> bool:
    """Whether a group is large enough, and each of its parts and what answered each question (rules N-01, N-03).

    Nobody is no secret. Where people are told apart by what they said, that all said the same is one (N-04). Of
    several groups that were put together there are at least twice the minimum less one, or whoever knows how they came
    to be put together could tell what one of them is.
    """
    least = 2 * CELL_LEAST - 1 if several else CELL_LEAST
    if cell.n == 0:
        return True
    if cell.n < max(base, least) or any(count < least for count in cell.parts.values()):
        return False
    values = sum(cell.spread.values())
    return not 0 < values < MEAN_LEAST and not any(0 < answers < MEAN_LEAST for answers, _sum in cell.sums.values())


def is_of_enough_people(cell: Cell, *, several: bool = False) -> bool:
    """Whether what some people did may be told: `spread` says how often each of them did it, by a key of theirs.

    They are five at least, and did it once more than that: or it could be seen of each of them that it was once. And
    none of them did more than half of it, or it would be told of one of them to whoever knows them (rule N-03).
    """
    did = cell.spread.values()
    least = 2 * CELL_LEAST - 1 if several else CELL_LEAST + 1
    return len(did) >= CELL_LEAST and sum(did) >= least and 2 * max(did) <= sum(did)


# One row or column of a table: its own name or, where several were put together, all of theirs.
Line = tuple[str, ...]
Table = Mapping[tuple[str, str], Cell]


@dataclass(frozen=True)
class Atoms:
    """A table of which each cell may be told, and so any sum of cells; empty where nothing may."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[tuple[Line, Line], Cell]

    def row(self, row: Line) -> Cell:
        """A row's total."""
        return together(self.cells[row, column] for column in self.columns)

    def column(self, column: Line) -> Cell:
        """A column's total."""
        return together(self.cells[row, column] for row in self.rows)

    @property
    def total(self) -> Cell:
        """The total of all."""
        return together(self.cells.values())


def atoms(table: Table, may: Callable[..., bool] = may_be_told) -> Atoms:
    """This table with rows and columns put together until each cell may be told, as few of them as can be.

    It takes whichever way a smaller share of the lines fails, columns first; and puts neighbours together, in order of
    names.
    """
    rows = _lines({row for row, _column in table})
    columns = _lines({column for _row, column in table})
    while True:
        cells = {(row, column): _cell(table, row, column) for row in rows for column in columns}
        failing = [key for key, cell in cells.items() if not may(cell, several=any(len(line) > 1 for line in key))]
        if not failing:
            return Atoms(tuple(rows), tuple(columns), cells)
        failing_rows, failing_columns = {row for row, _column in failing}, {column for _row, column in failing}
        # The share of the lines that would be lost: one hub of forty rather than one age of five.
        fewer = len(failing_columns) * len(rows) <= len(failing_rows) * len(columns)
        by_columns = len(columns) > 1 and (len(rows) == 1 or fewer)
        if by_columns:
            columns = _put_together(columns, failing_columns)
        elif len(rows) > 1:
            rows = _put_together(rows, failing_rows)
        else:
            return Atoms((), (), {})


def _lines(names: Iterable[str]) -> list[Line]:
    return [(name,) for name in sorted(names)]


def _cell(table: Table, row: Line, column: Line) -> Cell:
    return together(table[key] for key in ((one, other) for one in row for other in column) if key in table)


def _put_together(lines: list[Line], failing: set[Line]) -> list[Line]:
    """These lines with the first that fails put with what was put together before, or else with the one after it.

    Not with the smallest: whoever knows that others are larger could tell how large it is.
    """
    first = min(failing)
    pools = [line for line in lines if len(line) > 1 and line != first]
    others = [line for line in lines if line != first]
    other = pools[0] if pools else next((line for line in others if line > first), others[0])
    return sorted([*(line for line in others if line != other), tuple(sorted((*first, *other)))])


def in_tenths(agreed: int, answered: int, least: int = PUPILS_LEAST) -> int | None:
    """About how many of ten agree; `FEW` or `MOST` where those who do, or do not, are under five (rules N-03, N-04).

    None of fewer than may be told of at all (rule N-01). Tenths tell nobody how one sheet more or less has changed it.
    """
    if answered < least:
        return None
    if agreed < CELL_LEAST:
        return FEW
    if answered - agreed < CELL_LEAST:
        return MOST
    return min(MOST - 1, max(FEW + 1, (20 * agreed + answered) // (2 * answered)))


def makes_a_pool(sessions: Collection[tuple[Hashable, int]], least: int = PUPILS_LEAST) -> bool:
    """Whether sessions too small to be told of alone may be told of together: each its school and its answers (N-01).

    Once told they are a pool for ever, and whatever comes later waits for the next: nobody finds what the last of them
    added by taking one pool from another (rule N-02).
    """
    schools = {school for school, _answers in sessions}
    enough = sum(answers for _school, answers in sessions) >= least
    return enough and len(sessions) >= POOL_SESSIONS and len(schools) >= POOL_SCHOOLS
