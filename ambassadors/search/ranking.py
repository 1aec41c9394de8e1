"""Whom a search found, as they are listed: all read and ranked, or thousands that the database ranks page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, overload

from ambassadors.models import SearchWord
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search.meanings import Hits, Way


class Found(NamedTuple):
    """A person whom the search found, and how; they sort as they are listed, the likeliest first."""

    is_slip: bool
    # The score of what was found, below zero so that the best is least; likewise how like the whole name is.
    doubt: float
    away: float
    unlike: float
    name: str
    pk: int
    hits: Hits
    # As `away`, where a circle was asked for.
    km: float | None = None


@dataclass(frozen=True)
class Tier:
    """Those of the scope who are found in one way and in no better one: they differ by their names alone."""

    people: AmbassadorQuerySet
    hits: Hits

    @cached_property
    def count(self) -> int:
        """How many they are."""
        return self.people.count()

    def read(self, first: int, before: int) -> list[Found]:
        """Some of them, as the database sorts names: along its index it looks at few of thousands."""
        rows = self.people.order_by("full_name", "pk").values_list("pk", "full_name")
        return [self._found(pk, name) for pk, name in rows[first:before]]

    def _found(self, pk: int, name: str) -> Found:
        return Found(False, -sum(hit.score for hit in self.hits.values()), 0, 0, name, pk, self.hits)


class InTiers(Sequence[Found]):
    """The people of each tier after those of the better ones; who is not asked for is counted and not read."""

    def __init__(self, within: AmbassadorQuerySet, ways: Sequence[Way]) -> None:
        self.tiers: list[Tier] = []
        for each in ways:
            theirs = SearchWord.objects.filter(word=each.word, found_by=each.found_by)
            self.tiers.append(Tier(within.filter(pk__in=theirs.values("ambassador")), each.hits))
            within = within.exclude(pk__in=theirs.values("ambassador"))

    @cached_property
    def _count(self) -> int:
        return sum(each.count for each in self.tiers)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Found]:
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> list[Found]: ...
    def __getitem__(self, at: int | slice) -> Found | list[Found]:
        """One of them, or some."""
        if not isinstance(at, slice):
            at = range(len(self))[at]
            return self[at : at + 1][0]
        wanted = range(len(self))[at]
        if wanted.step != 1:
            return [self[each] for each in wanted]
        first, before = wanted.start, wanted.stop
        found: list[Found] = []
        for tier in self.tiers:
            if first < min(before, tier.count):
                found += tier.read(first, min(before, tier.count))
            first, before = max(first - tier.count, 0), before - tier.count
        return found
