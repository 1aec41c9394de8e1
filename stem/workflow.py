"""Workflow as a table: the legal moves of a thing, who makes each, and the one place that assigns a status."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils.translation import gettext as _

from stem.audit.record import record
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


class Moveable(Protocol):
    """A row with a status and a history."""

    pk: Any
    status: str
    events: Any

    def save(self, *, update_fields: list[str]) -> None: ...


@dataclass(frozen=True)
class Move:
    """One legal move: its name, where it may start, where it leads, and whose move it is."""

    name: str
    sources: frozenset[str]
    target: str
    whose: frozenset[str]


def move(name: str, *, sources: str, target: str, whose: str) -> Move:
    """A `Move` written as a line of a table: several sources or owners are separated by spaces.

    Without a source it is a second beginning, by which rows come into being that stand at its target.
    """
    return Move(name, frozenset(sources.split()), target, frozenset(whose.split()))


class Workflow:
    """The moves of one kind of row."""

    def __init__(self, name: str, *moves: Move, start: str) -> None:
        self.name = name
        self.start = start
        self.moves = {each.name: each for each in moves}
        if len(self.moves) != len(moves):
            raise ValueError(f"{name}: a move is named twice.")

    @property
    def statuses(self) -> list[str]:
        """Every status, the first one first, in the order the table reaches them."""
        found = [self.start]
        for each in self.moves.values():
            found += sorted(each.sources - set(found))
            found += [each.target] if each.target not in found else []
        return found

    def can(self, thing: Moveable, name: str) -> bool:
        """Whether the table allows this move from where the thing stands."""
        return thing.status in self.moves[name].sources

    def available(self, thing: Moveable, whose: str) -> list[str]:
        """The moves that this kind of person could make now: what to put on buttons."""
        return [each.name for each in self.moves.values() if thing.status in each.sources and whose in each.whose]

    def check(self, thing: Moveable, name: str) -> None:
        """Refuses with `state` when the table does not allow this move from where the thing stands."""
        if not self.can(thing, name):
            raise refuse(
                "state",
                Kind.STATE,
                _("This has changed since you opened the page. Look at it again before you decide."),
            )

    def move(
        self,
        thing: Moveable,
        name: str,
        *,
        by: "User | None",
        at: datetime,
        reason: str = "",
        note: str = "",
        on_behalf_of: str = "",
        outcome: str = "done",
        **changes: Any,
    ) -> None:
        """Make a move: the status changes, an event and an audit entry are added. `by` is None for a rule's move.

        `changes` are columns that belong to the move and are written with it. Refuses with `state` when the table does
        not allow it. The caller holds the row's lock.
        """
        self.check(thing, name)
        thing.status = self.moves[name].target
        for column, value in changes.items():
            setattr(thing, column, value)
        thing.save(update_fields=["status", *changes])
        thing.events.create(
            kind=name, status=thing.status, by=by, at=at, reason=reason, note=note, on_behalf_of=on_behalf_of
        )
        record(f"{self.name}.{name}", thing, by=by, at=at, outcome=outcome)

    def note(
        self,
        thing: Moveable,
        kind: str,
        *,
        by: "User | None",
        at: datetime,
        note: str = "",
        on_behalf_of: str = "",
        **changes: Any,
    ) -> None:
        """Put on record what changes a row and not its status, whichever that is, with an event and an audit entry.

        The caller holds the row's lock.
        """
        for column, value in changes.items():
            setattr(thing, column, value)
        thing.save(update_fields=[*changes])
        thing.events.create(kind=kind, status=thing.status, by=by, at=at, note=note, on_behalf_of=on_behalf_of)
        record(f"{self.name}.{kind}", thing, by=by, at=at)

    def move_rows(self, rows: models.QuerySet[Any], name: str, **columns: Any) -> int:
        """Make a rule's move on those of these rows that stand where it may start, in one statement; how many moved.

        Of several workers that try it at once one succeeds. For a worker's bookkeeping only: it leaves no event and no
        audit entry.
        """
        return rows.filter(status__in=self.moves[name].sources).update(status=self.moves[name].target, **columns)

    def diagram(self) -> str:
        """This table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for each in self.moves.values():
            lines += [f"    {source} --> {each.target}: {each.name}" for source in sorted(each.sources) or ["[*]"]]
        return "\n".join(lines)
