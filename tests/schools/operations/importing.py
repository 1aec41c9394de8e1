"""Load a register of schools as the command does, and look at every column of what came of it."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from schools.enums import SchoolStatus
from schools.models import School
from schools.operations.reconciling import COPIED
from tests.commanding import told
from tests.make.registers import as_csv, gias_rows, written

ANY = ("--allow-closures", "1000")


def import_gias(folder: Path, *schools: dict[str, str], columns: list[str] | None = None, words=()) -> dict[str, Any]:
    """What the command says of these schools, each an open academy with its own number unless told otherwise."""
    path = written(folder / "gias.csv", as_csv(gias_rows(*schools, columns=columns)))
    return told("import_schools", path, "--register", "gias", *words)


def counts(answer: dict[str, Any]) -> tuple[int, ...]:
    """As read, created, updated, unchanged, closed, rejected; they add up."""
    assert list(answer) == ["read", "created", "updated", "unchanged", "closed", "rejected"]
    parts = answer["created"], answer["updated"], answer["unchanged"], len(answer["rejected"])
    assert answer["read"] == sum(parts)
    return (answer["read"], *parts[:3], answer["closed"], parts[3])


def rows() -> list[tuple[Any, ...]]:
    """Every column of every school, in the order of their numbers."""
    return list(School.objects.order_by("register", "register_number").values_list(*COPIED))


def by_number(number: str = "900001") -> School:
    """The school with this number in the register of England."""
    return School.objects.get(register="gias", register_number=number)


def opened() -> set[str]:
    """The numbers of the schools that are open."""
    return set(School.objects.filter(status=SchoolStatus.OPEN).values_list("register_number", flat=True))


names = st.sampled_from(["Beck", "Hill", "Mill", "Ghyll’s “End”"])
statuses = st.sampled_from(["Open", "Open", "Open", "Closed", "Proposed to open", "Open, but proposed to close"])
postcodes = st.sampled_from(["LS2 9JT", "YO1 7HH", "", "nowhere"])
pupils = st.sampled_from(["", "0", "271", "SUPP"])
days = st.sampled_from(["", "31-08-2019", "01/09/2020", "2021-01-01"])
schools = st.fixed_dictionaries(
    {
        "urn": st.integers(900001, 900012).map(str),
        "name": names,
        "status": statuses,
        "postcode": postcodes,
        "roll": pupils,
        "easting": st.sampled_from(["429500", "430000", "", "0"]),
        "opened": days,
        "closed": days,
    }
)
# A few rows in a register may be no school, or say one number twice.
registers = st.lists(
    st.one_of(schools, schools, schools, schools.map(lambda each: {**each, "name": ""})), min_size=1, max_size=8
)


def has_a_school(register):
    return any(school["name"] for school in register)


readable = registers.filter(has_a_school)
