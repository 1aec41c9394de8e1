"""Which people have which of the words that were asked for, as they stand or as what they may be a slip for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Value

from ambassadors.enums import FoundBy
from ambassadors.linkage.nicknames import called, names_called
from ambassadors.models import Ambassador, SearchTerm, SearchWord
from ambassadors.search.typed import Asked
from stem.accounts.models import User
from stem.lookups import Begins, among
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
SHORTEST_SLIP = 4
# So many of the likeliest words stand for one that was mistyped.
MOST_SLIPS = 12
# So many rows under the words of a search are looked at.
MOST_ROWS = 20_000

# What a word may mean: which of what was asked for, how likely, whether only in a name, and whether as a slip.
Meaning = tuple[int, float, bool, bool]


class Hit(NamedTuple):
    """How one thing that was asked for was found: how likely it is what was meant, by what, and under which word."""

    score: float
    found_by: str
    word: str
    is_slip: bool = False


# Of a person what was found, by the place of what was asked for.
Hits = dict[int, Hit]
# A row under the words of a search: whose it is, the word, and of what of theirs.
WordRow = tuple[int, str, str]


class Way(NamedTuple):
    """How thousands are found: under one word, by one thing of theirs."""

    word: str
    found_by: str
    hits: Hits


class Meanings:
    """What the words of one search may mean: words of people as they stand, and those that they may be slips for."""

    def __init__(self, asked: Sequence[Asked], *, is_open_ended: bool) -> None:
        self.asked = asked
        self.words: dict[str, list[Meaning]] = _as_they_stand(asked)
        begun = {start: at for at, each in enumerate(asked) for start in each.addresses}
        if is_open_ended:
            begun[asked[-1].words[0]] = len(asked) - 1
        self.begun = {start: at for start, at in begun.items() if len(start) >= SHORTEST_BEGINNING}

    def add_slips(self) -> None:
        """Let also be meant what one of the words may be a slip for."""
        typed = {each.words[0]: at for at, each in enumerate(self.asked) if each.is_plain}
        typed = {word: at for word, at in typed.items() if len(word) >= SHORTEST_SLIP}
        near = SearchTerm.objects.filter(looking_like(typed)).values_list("text", flat=True) if typed else []
        known = [text for text in near if text not in typed]
        for word, at in typed.items():
            alike = sorted(((likeness(word, text), text) for text in known), reverse=True)
            for likely, text in alike[:MOST_SLIPS]:
                if likely:
                    self.words.setdefault(text, []).append((at, likely, False, True))

    def hits(self, rows: Iterable[WordRow]) -> dict[int, Hits]:
        """Of each person what of this was found under the words of these rows.

        Thousands are found in the same way, and share what says so: it is reckoned once for each way.
        """
        found: dict[int, Hits] = {}
        ways: dict[tuple[str, str], Hits] = {}
        both: dict[tuple[int, int], Hits] = {}
        for pk, word, by in rows:
            way = ways.get((word, by))
            if way is None:
                way = ways[word, by] = self._found_under(word, by)
            before = found.get(pk)
            if before is None:
                if way:
                    found[pk] = way
            elif before is not way:
                pair = (id(before), id(way))
                if pair not in both:
                    both[pair] = _better(before, way)
                found[pk] = both[pair]
        return found

    def _found_under(self, word: str, by: str) -> Hits:
        """What of that which was asked for is found by this word."""
        hits: Hits = {}
        weight = WEIGHTS[by]
        for at, likely, is_name, is_slip in self.words.get(word, ()):
            if by in OF_NAMES or not is_name:
                hits = _better(hits, {at: Hit(likely * weight, by, word, is_slip)})
        for start, at in self.begun.items():
            if word.startswith(start) or (start[0] == "@" and word.endswith(start)):
                hits = _better(hits, {at: Hit((BEGUN + 0.2 * len(start) / len(word)) * weight, by, word)})
        return hits

    def ways(self, *, most: int, at_most: int) -> list[Way]:
        """The ways in which any are found, the likeliest first; none where their order takes more than the ways.

        So it does where there are more than `most` ways, two that are as likely, somebody whose account alone has the
        address, or more than `at_most` rows, not all of which would be looked at.
        """
        rows = SearchWord.objects.filter(_under(self.words, self.begun)).order_by()
        counted = list(rows.values_list("word", "found_by").annotate(Count("ambassador"))[: most + 1])
        ways = [Way(word, by, self._found_under(word, by)) for word, by, _count in counted]
        ways.sort(key=lambda way: -way.hits[0].score)
        is_even = len({way.hits[0].score for way in ways}) < len(ways)
        if len(ways) > most or is_even or sum(count for *_way, count in counted) > at_most:
            return []
        # Without the condition that they are people of the register either database begins with the accounts.
        keys = [pk for pk in self._accounts().values_list("ambassador__pk", flat=True) if pk is not None]
        return ways if self._are_on_record(keys) else []

    def _are_on_record(self, keys: list[int]) -> bool:
        """Whether these people are found as well by what their record says now, than which no account says more.

        Asked for by key: in one statement with the accounts either database begins with the thousands of the others.
        """
        now = SearchWord.objects.filter(among("ambassador", keys), word__in=self.begun, found_by=FoundBy.EMAIL)
        return not keys or now.count() == len(keys)

    def _accounts(self, **known: Any) -> "QuerySet[User, User]":
        """The accounts under an address that was asked for; nobody's where none was.

        An account's address is looked up where it stands: it changes with nobody of this app knowing.
        """
        accounts = Q()
        for start in (start for each in self.asked for start in each.addresses if start in self.begun):
            accounts |= Q(email__endswith=start) if start[0] == "@" else Q(Begins(F("email"), start))
        return User.objects.filter(accounts, **known).order_by() if accounts else User.objects.none()

    def rows(self, *, partly: bool = False) -> "QuerySet[Any, WordRow]":
        """The rows under all of these words: of those who have all that was asked for, or of whoever has any part."""
        rows = SearchWord.objects.filter(_under(self.words, self.begun))
        if any(start in self.begun for each in self.asked for start in each.addresses):
            people = self._accounts(ambassador__isnull=False)
            theirs = people.values_list("ambassador__pk", "email", Value(FoundBy.EMAIL.value))
            return rows.values_list(*_COLUMNS).union(theirs, all=True)[:MOST_ROWS]
        firm = any(not each.areas for each in self.asked)
        if firm and not partly and len(self.asked) > 1:
            for at, each in enumerate(self.asked):
                rows = rows.filter(self._has(at, each))
        return rows.values_list(*_COLUMNS)[:MOST_ROWS]

    def _has(self, at: int, asked: Asked) -> Q:
        """Of people who have this one thing, by a word or by where they live."""
        words = [word for word, meanings in self.words.items() if any(meaning[0] == at for meaning in meanings)]
        begun = [start for start, place in self.begun.items() if place == at]
        has = Q(ambassador__in=SearchWord.objects.filter(_under(words, begun)).values("ambassador"))
        if asked.areas:
            has |= Q(ambassador__in=Ambassador.objects.order_by().filter(area__in=asked.areas).values("pk"))
        return has


def _better(one: Hits, other: Hits) -> Hits:
    """Of each thing that was asked for the likelier of two ways."""
    better = {at: hit for at, hit in other.items() if at not in one or one[at].score < hit.score}
    return {**one, **better} if better else one


_COLUMNS = ("ambassador_id", "word", "found_by")


def _under(words: Iterable[str], begun: Iterable[str]) -> Q:
    """Under one of these words, or under one that begins so."""
    look = Q(word__in=list(words))
    for start in begun:
        look |= Q(Begins(F("word"), start))
    return look


def _as_they_stand(asked: Sequence[Asked]) -> dict[str, list[Meaning]]:
    meant: dict[str, list[Meaning]] = defaultdict(list)
    for at, each in enumerate(asked):
        for word in each.words:
            meant[word].append((at, 1.0, False, False))
        for name in _other_names(each.words[0]) if each.is_plain else ():
            meant[name].append((at, NICKNAME, True, False))
    for at, (one, other) in enumerate(pairwise(asked)):
        if one.is_plain and other.is_plain:
            joined = one.words[0] + other.words[0]
            meant[joined] += [(at, JOINED, False, False), (at + 1, JOINED, False, False)]
    return dict(meant)


def _other_names(word: str) -> set[str]:
    """What else somebody of this first name may be called."""
    return {name for group in called(word) for name in names_called(group)} - {word}
