"""From which day until which somebody is cleared, and for what, by the dated facts on record: pure (rule 1.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ambassadors.enums import CheckBody, RequirementKind

DAY = timedelta(days=1)
# Where nothing ends.
FOR_EVER = date.max


class Fact(NamedTuple):
    """A requirement that counts, as `Requirement.counts_on` says, from its first day to its last, both included."""

    pk: int
    kind: str
    body: str
    first: date
    last: date
    barred_list: bool
    conditions: str


@dataclass(frozen=True)
class Span:
    """Days on which somebody is cleared, first and last included, and nothing of it changes."""

    first: date
    last: date
    # A PVG membership is among what clears them (V-11).
    in_scotland: bool
    # What the checks that speak for them come to (V-13, V-34): of each issuer the latest.
    barred_list: bool
    conditions: frozenset[str]

    def goes_on_as(self, other: "Span") -> bool:
        """Whether the other one follows without a day between, and all is the same in it."""
        mine = (self.last + DAY, self.in_scotland, self.barred_list, self.conditions)
        return mine == (other.first, other.in_scotland, other.barred_list, other.conditions)


def spans_of(facts: Iterable[Fact]) -> list[Span]:
    """The spans in which every requirement of rule 1.2 is met, in their order."""
    spans: list[Span] = []
    for span in _pieces([fact for fact in facts if fact.first <= fact.last]):
        if spans and spans[-1].last != FOR_EVER and spans[-1].goes_on_as(span):
            span = Span(spans.pop().first, span.last, span.in_scotland, span.barred_list, span.conditions)
        spans.append(span)
    return spans


def _pieces(facts: list[Fact]) -> Iterator[Span]:
    """The same, cut wherever a fact begins or ends."""
    edges = {fact.first for fact in facts} | {fact.last + DAY for fact in facts if fact.last != FOR_EVER}
    lasts = [edge - DAY for edge in sorted(edges)[1:]]
    for first, last in zip(sorted(edges), [*lasts, FOR_EVER], strict=False):
        counting = [fact for fact in facts if fact.first <= first <= fact.last]
        if len({fact.kind for fact in counting}) == len(RequirementKind):
            yield cleared_by(counting, first, last)


def cleared_by(facts: Iterable[Fact], first: date, last: date) -> Span:
    """What the checks among these facts come to on days on which all of them count: of each issuer the latest."""
    checks = [fact for fact in facts if fact.kind == RequirementKind.CRC]
    latest = {fact.body: fact for fact in sorted(checks, key=lambda each: (each.first, each.pk))}
    return Span(
        first,
        last,
        in_scotland=CheckBody.PVG in latest,
        barred_list=any(fact.barred_list for fact in latest.values()),
        conditions=frozenset(code for fact in latest.values() for code in fact.conditions.split()),
    )
