"""What two forms say together about whether a visit took place: pure (rule T-20)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How a visit ended, by the name of the move that puts it on record; or that a coordinator must decide."""

    DELIVERED = "deliver"
    NOT_DELIVERED = "not_deliver"
    NO_SHOW_BY_AMBASSADOR = "miss_by_ambassador"
    NO_SHOW_BY_SCHOOL = "miss_by_school"
    DISPUTED = "disputed"


TEACHER_SAYS = {
    "as_planned": Outcome.DELIVERED,
    "with_changes": Outcome.DELIVERED,
    "no_ambassador": Outcome.NO_SHOW_BY_AMBASSADOR,
    "we_cancelled": Outcome.NOT_DELIVERED,
    "other": Outcome.NOT_DELIVERED,
}
AMBASSADOR_SAYS = {
    "as_planned": Outcome.DELIVERED,
    "with_changes": Outcome.DELIVERED,
    "school_not_ready": Outcome.NO_SHOW_BY_SCHOOL,
    "i_could_not": Outcome.NO_SHOW_BY_AMBASSADOR,
    "other": Outcome.NOT_DELIVERED,
}


def went_ahead(teacher: Mapping[str, Any]) -> bool:
    """Whether by the teacher's form there was a visit to rate at all."""
    return TEACHER_SAYS.get(str(teacher.get("TF1"))) is Outcome.DELIVERED


def outcome(teacher: str | None, ambassador: str | None, *, silence_over: bool) -> Outcome | None:
    """How the visit ended by TF1 and A1; None while a side that has not answered still may.

    Agreement settles it; one side settles it alone once the other's time is over; otherwise a coordinator decides.
    """
    said = {
        *([TEACHER_SAYS[teacher]] if teacher else []),
        *([AMBASSADOR_SAYS[ambassador]] if ambassador else []),
    }
    if not said or (not (teacher and ambassador) and not silence_over):
        return None
    return said.pop() if len(said) == 1 else Outcome.DISPUTED


# The questions by which somebody says that something worried them (rule R0).
# Ticked by whoever wants nobody to read their comments but the scheme.
KEPT_PRIVATE = "T15"
WORRIED = ("T14", "A11")


def something_worried(answers: Mapping[str, Any]) -> bool:
    """Whether a form says that something worried whoever filled it in."""
    return any(answers.get(code) == "yes" for code in WORRIED)


def is_private(answers: Mapping[str, Any]) -> bool:
    """Whether whoever filled in a form wants nothing that they wrote to be passed on (rule N-07)."""
    return answers.get(KEPT_PRIVATE) == "yes"


# What a teacher may let others read: what worked well.
PRAISE = "T12"


def may_be_shown(answers: Mapping[str, Any]) -> bool:
    """Whether whoever filled in a form lets others than the ambassador read what they wrote of what worked well."""
    return answers.get("T17") == "yes" and not is_private(answers)


def staff_were_absent(answers: Mapping[str, Any]) -> bool:
    """Whether a form says that pupils and visitor were without school staff for a time (rule V-81)."""
    return any(answers.get(code) in ("part", "no") for code in ("TF2", "A3"))
