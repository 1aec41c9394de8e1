"""Which people have which of the words that were asked for, as they stand or as what they may be a slip for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from ambassadors.enums import FoundBy
from ambassadors.linkage.nicknames import called, names_called
from ambassadors.models import SearchTerm, SearchWord
from ambassadors.search.typed import Asked
from stem.accounts.models import User
from stem.beginnings import Begins
from stem.slips import BEGUN, likeness
from stem.vocabulary import looking_like

# How much it says to be found by each of these.
WEIGHTS: Mapping[str, float] = {
    FoundBy.NAME: 1.0,
    FoundBy.KNOWN_AS: 0.98,
    FoundBy.NUMBER: 0.97,
    FoundBy.PHONE: 0.96,
    FoundBy.EMAIL: 0.95,
    FoundBy.FORMER_NAME: 0.9,
    FoundBy.FORMER_EMAIL: 0.86,
    FoundBy.FORMER_PHONE: 0.86,
    FoundBy.EMPLOYER: 0.85,
    FoundBy.FORMER_EMPLOYER: 0.7,
}
OF_NAMES = frozenset({FoundBy.NAME, FoundBy.KNOWN_AS, FoundBy.FORMER_NAME})
# Another name of the same person; two words that were one.
NICKNAME, JOINED = 0.85, 0.95
# Two letters begin too many.
SHORTEST_BEGINNING = 3
SHORTEST_SLIP = 3
# So many of the likeliest words stand for one that was mistyped.
MOST_SLIPS = 12
# So many rows under the words of a search are looked at.
MOST_ROWS = 20_000

_BY_CODE = {each.value: each for each in FoundBy}
# Word -> which of what was asked for it may mean, how likely, and whether only in a name.
Meant = dict[str, list[tuple[int, float, bool]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """How one thing that was asked for was found: how likely it is what was meant, by what, and under which word."""

    score: float
    found_by: FoundBy
    word: str
    is_slip: bool = False


@dataclass
class Hits:
    """Of each person what was found, by the place of what was asked for."""

    asked: tuple[Asked, ...]
    of: dict[int, dict[int, Hit]] = field(default_factory=lambda: defaultdict(dict))
    is_cut: bool = False

    def look_up(self, *, is_open_ended: bool) -> None:
        """Whoever has these words as they stand, or by another name of theirs; the last may only have begun."""
        begun = {start: at for at, each in enumerate(self.asked) for start in each.addresses}
        if is_open_ended:
            begun |= {self.asked[-1].words[0]: len(self.asked) - 1}
        begun = {start: at for start, at in begun.items() if len(start) >= SHORTEST_BEGINNING}
        self._take(_as_they_stand(self.asked), begun)

    def look_for_slips(self) -> None:
        """Whoever has a word for which one of these may be a slip."""
        words = {word: at for at, each in enumerate(self.asked) for word in each.words[:1] if each.is_plain}
        words = {word: at for word, at in words.items() if len(word) >= SHORTEST_SLIP}
        if not words:
            return
        near = SearchTerm.objects.filter(looking_like(words)).values_list("text", flat=True)
        meant: Meant = defaultdict(list)
        found = list(near)
        for word, at in words.items():
            alike = [(likeness(word, text), text) for text in found if text != word]
            for likely, text in sorted(alike, reverse=True)[:MOST_SLIPS]:
                if likely:
                    meant[text].append((at, likely, False))
        if meant:
            self._take(meant, {}, are_slips=True)

    def _take(self, meant: Meant, begun: Mapping[str, int], *, are_slips: bool = False) -> None:
        count = 0
        for pk, word, found_by in _rows(meant, begun):
            count += 1
            by = _BY_CODE[found_by]
            for at, likely, is_name in meant.get(word, ()):
                if not is_name or by in OF_NAMES:
                    self._note(pk, at, Hit(likely * WEIGHTS[by], by, word, are_slips))
            for start, at in begun.items():
                if word.startswith(start) or (start[0] == "@" and word.endswith(start)):
                    self._note(pk, at, Hit((BEGUN + 0.2 * len(start) / len(word)) * WEIGHTS[by], by, word))
        self.is_cut |= count == MOST_ROWS

    def _note(self, pk: int, at: int, hit: Hit) -> None:
        before = self.of[pk].get(at)
        if before is None or before.score < hit.score:
            self.of[pk][at] = hit


def _rows(meant: Iterable[str], begun: Iterable[str]) -> "QuerySet[Any, tuple[int, str, str]]":
    """The rows under these words, and under those that begin so.

    An account's address is looked up where it stands: it changes with nobody of this app knowing.
    """
    look, accounts = Q(word__in=meant), Q()
    for start in begun:
        look |= Q(Begins(F("word"), start))
        accounts |= Q(email__endswith=start) if start[0] == "@" else Q(Begins(F("email"), start))
    rows = SearchWord.objects.filter(look).values_list("ambassador_id", "word", "found_by")
    if not accounts:
        return rows[:MOST_ROWS]
    people = User.objects.filter(accounts, ambassador__isnull=False).order_by()
    return rows.union(people.values_list("ambassador__pk", "email", Value(FoundBy.EMAIL.value)), all=True)[:MOST_ROWS]



def _as_they_stand(asked: Iterable[Asked]) -> Meant:
    meant: Meant = defaultdict(list)
    every = list(asked)
    for at, each in enumerate(every):
        for word in each.words:
            meant[word].append((at, 1.0, False))
        for name in _other_names(each.words[0]) if each.is_plain else ():
            meant[name].append((at, NICKNAME, True))
    for at, (one, other) in enumerate(pairwise(every)):
        if one.is_plain and other.is_plain:
            joined = one.words[0] + other.words[0]
            meant[joined] += [(at, JOINED, False), (at + 1, JOINED, False)]
    return meant


def _other_names(word: str) -> set[str]:
    """What else somebody of this first name may be called."""
    return {name for group in called(word) for name in names_called(group)} - {word}
