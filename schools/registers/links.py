"""Which school followed which, from the links file of the register of England."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from schools.registers.cells import read_count, read_date
from stem.tables import Misfit, open_table

COLUMNS = {
    "urn": ["URN"],
    "link_urn": ["LinkURN"],
    "type": ["LinkType"],
    "established": ["LinkEstablishedDate"],
}


class Succession(StrEnum):
    """How one school followed another."""

    FOLLOWED = "followed"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Link:
    """One school that another one followed, and since when."""

    predecessor: str
    successor: str
    on: date | None
    kind: Succession


def read_links(path: Path | str) -> list[Link]:
    """Each succession in this file once, whichever side has told it, in the order in which they are first told.

    What is no succession (a sixth form shared, a school made larger) is passed over. Refuses as `open_table` does.
    """
    table = open_table(path, columns=COLUMNS, required=("urn", "link_urn", "type"))
    found: dict[tuple[str, str], Link] = {}
    for _line, values in table.rows():
        link = None if isinstance(values, Misfit) else _read_link(*values)
        if link:
            pair = link.predecessor, link.successor
            found[pair] = _fuller(found[pair], link) if pair in found else link
    return list(found.values())


def _read_link(urn: str, other: str, said: str, established: str) -> Link | None:
    comes = _which_comes_first(said)
    this, that = read_count(urn), read_count(other)
    if comes is None or not this or not that or this == that:
        return None
    first, then = (that, this) if comes == "other" else (this, that)
    return Link(str(first), str(then), read_date(established), _kind(said))


def _which_comes_first(said: str) -> str | None:
    """Whether "this" school or the "other" was there before; None when neither followed.

    "Result of Amalgamation" is said by the school that came of it, and "Closure" by the one that took over. What is
    merely "Merged" does not say which of the two went on.
    """
    said = said.casefold()
    if said.startswith(("predecessor", "result of amalgamation", "closure")):
        return "other"
    return "this" if said.startswith("successor") else None


def _kind(said: str) -> Succession:
    said = said.casefold()
    if "merge" in said or "amalgam" in said:
        return Succession.MERGED
    return Succession.SPLIT if "split" in said else Succession.FOLLOWED


def _fuller(one: Link, other: Link) -> Link:
    """Of what both sides told of one succession: the date of whichever has one, and the kind that says more."""
    kind = other.kind if one.kind is Succession.FOLLOWED else one.kind
    return Link(one.predecessor, one.successor, one.on or other.on, kind)
