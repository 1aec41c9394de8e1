"""How this product says no: a `Refusal` carries its reasons, and each reason speaks three ways.

The truth is for those entitled to it, its kind for coordinators, and neutral words for everyone else, so that a
suspension never leaks through an error message (V-71).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class Kind(StrEnum):
    """What sort of obstacle a reason is: all that a coordinator learns of it."""

    VETTING = "vetting"
    UNAVAILABLE = "unavailable"
    CONFLICT = "conflict"
    FIT = "fit"
    PERMISSION = "permission"
    STATE = "state"
    INPUT = "input"


class Audience(StrEnum):
    """Who is being told."""

    ENTITLED = "entitled"
    COORDINATOR = "coordinator"
    # Whom the reason is about: neutral words, but where a reason has some that help them.
    PERSON = "person"
    EVERYONE = "everyone"


# Kinds that are about a person's private standing; the others may be told to anyone as they are.
PRIVATE_KINDS = frozenset({Kind.VETTING, Kind.UNAVAILABLE})


@dataclass(frozen=True)
class Reason:
    """One obstacle: a stable code, its kind, and the true words for those entitled to them.

    Where its kind says too little to act on, it has words of its own for a coordinator and for whom it is about.
    """

    code: str
    kind: Kind
    truth: str
    to_coordinator: str = ""
    to_person: str = ""

    def told_to(self, audience: Audience) -> str:
        """These words, as far as this audience may know them."""
        if audience is Audience.ENTITLED or self.kind not in PRIVATE_KINDS:
            return self.truth
        if audience is Audience.PERSON and self.to_person:
            return self.to_person
        if audience is Audience.COORDINATOR and self.to_coordinator:
            return self.to_coordinator
        if audience is Audience.COORDINATOR:
            return _("Vetting is not complete for that day") if self.kind is Kind.VETTING else _("Unavailable")
        return _("We need to find a different ambassador.")


class Refusal(Exception):
    """A "no" with every reason for it; nothing was changed."""

    def __init__(self, *reasons: Reason) -> None:
        if not reasons:
            raise ValueError("A refusal needs a reason.")
        self.reasons = reasons
        super().__init__("; ".join(reason.code for reason in reasons))

    @property
    def codes(self) -> list[str]:
        """The reasons' codes, in the order found."""
        return [reason.code for reason in self.reasons]

    def told_to(self, audience: Audience = Audience.EVERYONE) -> str:
        """All reasons in one sentence or more, each said once."""
        words = dict.fromkeys(reason.told_to(audience) for reason in self.reasons)
        return " ".join(words)


def refuse(code: str, kind: Kind, truth: str) -> Refusal:
    """A refusal for a single reason, to be raised by the caller."""
    return Refusal(Reason(code, kind, truth))


def refuse_if_any(reasons: Iterable[Reason]) -> None:
    """Raise one refusal with all of these reasons; return quietly when there are none."""
    found = tuple(reasons)
    if found:
        raise Refusal(*found)


def why_not(check: Callable[..., Any], *args: Any, **kwargs: Any) -> Refusal | None:
    """Ask a check politely: its refusal as a value, or None when it would go through."""
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return refusal
    return None
