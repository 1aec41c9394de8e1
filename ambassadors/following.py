"""What becomes of a row that belongs to a person of the register when their record is merged into another.

Each model that points at a person says so by its attribute `when_merged`; a merge walks the models and asks. A model
that says nothing fails a test, so that no row is ever left behind by mistake.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Moves:
    """It goes along. Where the database would let one person not have both, the two are not merged: `clash` says so."""

    clash: str | Promise


@dataclass(frozen=True)
class Joins:
    """It goes along, unless the other record has one that stands for the same: then it stays behind."""


@dataclass(frozen=True)
class Copied:
    """It says what somebody is like: the other record gets a copy, and an undo makes the old ones anew."""


@dataclass(frozen=True)
class Stays:
    """It is history, or reckoned anew: never changed, and read through the old id."""


Follow = Moves | Joins | Copied | Stays
