"""What a register says of a school, in our words and in its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from schools.enums import Phase, SchoolStatus
from stem.nations import Nation
from stem.tables import Misfit, Table


@dataclass(frozen=True, slots=True)
class SchoolRecord:
    """One school as a register's file has it. What ends in `_said` is the register's own word, as it stands there."""

    # identity
    line: int
    number: str
    name: str
    phase: Phase
    phase_said: str
    type_said: str
    status: SchoolStatus
    status_said: str

    # place
    street: str
    town: str
    postcode: str
    postcode_said: str
    authority: str
    nation_said: Nation | None
    # Overseas, offshore, on a base or an island of the Crown: kept, but nobody can be matched to it.
    is_abroad: bool
    easting: int | None
    northing: int | None
    lat: float | None
    lon: float | None
    rural: bool | None

    # pupils
    low_age: int | None
    high_age: int | None
    roll: int | None
    fsm_percent: float | None
    fsm_year: int | None

    # history
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken in, why, and what can still be told of whose it is."""

    line: int
    reason: str
    number: str = ""
    name: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class RegisterFile:
    """A register's file found whole, read row by row each time it is asked for."""

    table: Table
    read_row: Callable[[int, tuple[str, ...]], SchoolRecord | Rejected]
    reject: Callable[[int, tuple[str, ...], str], Rejected]
    absent: frozenset[str] = field(default=frozenset())

    @property
    def total(self) -> int:
        """How many rows there are, those rejected among them."""
        return self.table.total

    def __iter__(self) -> Iterator[SchoolRecord | Rejected]:
        """Every row in the order of the file; of two with one number the second is rejected."""
        first_lines: dict[str, int] = {}
        for line, values in self.table.rows():
            if isinstance(values, Misfit):
                yield self.reject(line, values.values, values.sentence)
                continue
            read = self.read_row(line, values)
            if isinstance(read, SchoolRecord):
                first = first_lines.setdefault(read.number, line)
                if first != line:
                    read = self.reject(line, values, said_twice(read.number, first))
            yield read


def said_twice(number: str, first: int) -> str:
    """Why a row is rejected whose number stands further up."""
    return _("The number %(number)s stands on line %(line)d already.") % {"number": number, "line": first}
