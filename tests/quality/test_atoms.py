"""Tables that are told at several levels: no sum of what is told is smaller than may be told (rules N-01 to N-04)."""

from collections import defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.suppression import CELL_LEAST, Atoms, Cell, Table, atoms, may_be_told, together

PARTS = ("yes", "no")


def counts(*rows: tuple[int, ...]) -> Table:
    """A table of counts, rows "a", "b" … by columns "1", "2" …."""
    return {("abcdef"[r], str(c + 1)): Cell({"all": n}) for r, row in enumerate(rows) for c, n in enumerate(row)}


def shares(*rows: tuple[tuple[int, int], ...]) -> Table:
    """The same of people in two parts."""
    return {
        ("abcdef"[r], str(c + 1)): Cell(dict(zip(PARTS, pair, strict=True)))
        for r, row in enumerate(rows)
        for c, pair in enumerate(row)
    }


def everything(_cell: Cell, **_more: object) -> bool:
    """A door that stands open."""
    return True


@pytest.mark.parametrize(
    ("table", "rows", "columns"),
    [
        (counts((5, 0, 9)), "a", "1 2 3"),
        (counts((40, 3, 9)), "a", "1 23"),
        (counts((40, 3, 1)), "a", "123"),
        (counts((40, 2, 1, 9)), "a", "1 234"),
        (counts((3, 0)), "", ""),
        # One column fails in one row alone: it is put together in every row, so that no row is found by the others.
        (counts((40, 30, 2), (40, 30, 20)), "a b", "13 2"),
        # All of a region's cells are small: it is the region that is put with another.
        (counts((40, 30, 20), (2, 3, 1), (60, 50, 40)), "a bc", "1 2 3"),
        (shares(((20, 10), (20, 3), (30, 30))), "a", "1 23"),
        # That all said the same is told of nobody.
        (shares(((20, 10), (20, 0), (30, 30))), "a", "1 23"),
        (shares(((20, 10), (0, 0), (30, 30))), "a", "1 2 3"),
        (shares(((40, 2),)), "", ""),
    ],
)
def test_rows_and_columns_are_put_together_until_no_cell_is_small(table, rows, columns):
    told = atoms(table)
    assert " ".join("".join(line) for line in told.rows) == rows
    assert " ".join("".join(line) for line in told.columns) == columns


def test_few_answers_are_no_mean_and_few_values_have_no_middle():
    assert may_be_told(Cell({"all": 12}, sums={"T5": (10, 41.0)}, spread={3: 6, 4: 6}))
    assert not may_be_told(Cell({"all": 12}, sums={"T5": (9, 41.0)}))
    assert not may_be_told(Cell({"all": 12}, spread={3: 9}))


@pytest.mark.parametrize(
    ("spread", "expected"), [({}, None), ({3: 1}, 3), ({3: 1, 4: 1}, 3.5), ({1: 5, 9: 4}, 1), ({1: 2, 9: 4}, 9)]
)
def test_the_middle_of_values(spread, expected):
    assert Cell(spread=spread).median == expected


# --- the adversary: who holds every page and every file, and can reckon


def lines_told(told: Atoms) -> list[tuple[tuple[tuple[str, str], ...], Cell]]:
    """Everything that stands in any report of a table: which cells of it each figure is the sum of."""
    found = [([(row, column)], cell) for (row, column), cell in told.cells.items()]
    found += [([(row, column) for column in told.columns], told.row(row)) for row in told.rows]
    found += [([(row, column) for row in told.rows], told.column(column)) for column in told.columns]
    found += [([*told.cells], told.total)] if told.cells else []
    return [(tuple((r, c) for row, column in several for r in row for c in column), cell) for several, cell in found]


def found_out(told: Atoms, table: Table) -> dict[tuple[str, str, str], int]:
    """Which parts of which cells the adversary finds by solving everything told as equations, and what they are."""
    parts = sorted({name for cell in table.values() for name in cell.parts})
    unknown = [(*key, part) for key in sorted(table) for part in parts]
    place = {name: at for at, name in enumerate(unknown)}
    equations = []
    for cells, figure in lines_told(told):
        for part in parts:
            left = [Fraction(0)] * len(unknown)
            for key in cells:
                if key in table:
                    left[place[(*key, part)]] += 1
            equations.append([*left, Fraction(figure.parts.get(part, 0))])
    return {unknown[at]: int(value) for at, value in _solved(equations, len(unknown)).items()}


def _solved(equations: list[list[Fraction]], width: int) -> dict[int, Fraction]:
    """Each unknown that these equations settle, by elimination."""
    rows, lead = [row[:] for row in equations], 0
    for column in range(width):
        pivot = next((at for at in range(lead, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[lead], rows[pivot] = rows[pivot], rows[lead]
        rows[lead] = [each / rows[lead][column] for each in rows[lead]]
        for at, row in enumerate(rows):
            if at != lead and row[column]:
                rows[at] = [one - row[column] * other for one, other in zip(row, rows[lead], strict=True)]
        lead += 1
    alone = [(row, [at for at in range(width) if row[at]]) for row in rows[:lead]]
    return {where[0]: row[-1] for row, where in alone if len(where) == 1}


def small(found: dict[tuple[str, str, str], int]) -> dict[tuple[str, str, str], int]:
    return {name: count for name, count in found.items() if 0 < count < CELL_LEAST}


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 14)] * width), min_size=1, max_size=4).map(
        lambda rows: counts(*rows)
    )
)
PAIRS = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.tuples(*[st.tuples(st.integers(0, 14), st.integers(0, 14))] * width), min_size=1, max_size=3
    ).map(lambda rows: shares(*rows))
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(TABLES, PAIRS))
def test_whoever_reads_every_level_of_a_table_finds_no_small_cell(table):
    assert small(found_out(atoms(table), table)) == {}


@settings(max_examples=40, deadline=None)
@given(st.one_of(TABLES, PAIRS))
def test_nothing_is_lost_or_counted_twice(table):
    told = atoms(table)
    assert not told.cells or told.total == together(table.values())
    assert all(may_be_told(cell) for cell in told.cells.values())


def test_the_adversary_finds_them_where_the_door_stands_open():
    table = counts((40, 30, 2), (40, 30, 20))
    assert small(found_out(atoms(table, may=everything), table)) == {("a", "3", "all"): 2}
    # Nor is it enough to leave the small cell out: it is found by what is told of the others.
    left_out = [each for each in lines_told(atoms(table, may=everything)) if each[0] != (("a", "3"),)]
    assert len(left_out) == len(lines_told(atoms(table, may=everything))) - 1
    equations = [[*(Fraction(key in cells) for key in sorted(table)), Fraction(cell.n)] for cells, cell in left_out]
    assert _solved(equations, len(table))[2] == 2


@pytest.mark.parametrize("shape", [(1, 3), (2, 2)])
def test_whoever_knows_how_it_is_put_together_finds_no_small_cell_either(shape):
    """Every table that looks the same when told: a small cell that is the same in all of them has been found."""
    height, width = shape
    largest = 15 if height == 1 else 7
    looks: defaultdict[object, list[tuple[int, ...]]] = defaultdict(list)
    for each in product(range(largest + 1), repeat=height * width):
        told = atoms(counts(*(each[row * width : (row + 1) * width] for row in range(height))))
        looks[tuple((key, cell.n) for key, cell in told.cells.items())].append(each)
    # At the rim of what is tried out there are fewer tables than there are.
    whole = {look: tables for look, tables in looks.items() if max(map(max, tables)) < largest}
    for look, tables in whole.items():
        for at in range(height * width):
            found = {table[at] for table in tables}
            assert len(found) > 1 or not 0 < min(found) < CELL_LEAST, (look, tables)
