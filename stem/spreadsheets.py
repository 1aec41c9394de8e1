"""Tables for people's spreadsheet programs, in which no cell can act."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

# What a spreadsheet program takes for the beginning of a formula, which may reach out to other files and addresses.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """This value as a cell that is read and never reckoned: a text that would begin a formula begins with a quote."""
    text = str(value)
    if text.lstrip(" ").startswith(STARTS_A_FORMULA) or text.startswith(STARTS_A_FORMULA):
        return f"'{text}"
    return text


def written_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file with these columns: UTF-8 with the mark by which Excel knows it, whole numbers left as they are."""
    return b"".join(table_in_parts(header, [rows]))


def table_in_parts(header: Sequence[str], parts: Iterable[Iterable[Sequence[object]]]) -> Iterator[bytes]:
    """The same file as it is written, a part at a time: however long it is, it takes no more room than a part."""
    yield b"\xef\xbb\xbf" + _written([[safe_cell(each) for each in header]])
    for rows in parts:
        yield _written([each if isinstance(each, int) else safe_cell(each) for each in row] for row in rows)


def _written(rows: Iterable[Sequence[object]]) -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
