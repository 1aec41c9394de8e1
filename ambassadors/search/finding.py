"""Find people by what staff type: narrowed by words, kept to whom one may see, the likeliest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

from django.db.models import Q
from rapidfuzz import fuzz

from ambassadors.enums import FoundBy
from ambassadors.linkage.names import fold
from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search.meanings import Hit, Hits, Meanings, WordRow
from ambassadors.search.places import Circle
from ambassadors.search.ranking import Found, InTiers
from ambassadors.search.typed import Typed, read_typed
from stem.geography.points import Point, km_between
from stem.lookups import among

# Where fewer than these have the words as they stand, those are looked for whose words may have been meant.
FEW = 3
# So many are shown of whom only a part was found.
MOST_PARTLY = 5
# So many may be looked up by their keys, and so many compared letter by letter.
MOST_KEYS, MOST_COMPARED = 10_000, 500
# Where a domain has more rows than these, the database ranks its people, who are found in no more ways than so many.
MANY, MOST_WAYS = 500, 3
# To live in a town says less than to have the word.
AT_HOME = Hit(0.8, FoundBy.PLACE, "")

Row = tuple[Any, ...]


class PeopleFound(Sequence[Ambassador]):
    """The people who may be meant, the likeliest first, for a page of a list; only those asked for are fetched."""

    def __init__(self, found: Sequence[Found], within: AmbassadorQuerySet, *, is_cut: bool = False) -> None:
        self.found, self.within, self.is_cut = found, within, is_cut
        # How many have what was asked for as it was asked for; the rest come after them.
        self.exactly = len(found) if isinstance(found, InTiers) else sum(not each.is_slip for each in found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def is_near(self) -> bool:
        """Whether nobody has what was asked for, and these have something like it."""
        return bool(self.found) and not self.exactly

    @overload
    def __getitem__(self, at: int) -> Ambassador: ...
    @overload
    def __getitem__(self, at: slice) -> list[Ambassador]: ...
    def __getitem__(self, at: int | slice) -> Ambassador | list[Ambassador]:
        """One of them, or a page; each with `found`, how they were found."""
        if not isinstance(at, slice):
            return self[at : at + 1][0]
        chosen = self.found[at]
        keys = [each.pk for each in chosen]
        people = {person.pk: person for person in self.within.filter(pk__in=keys).order_by()} if keys else {}
        for each in chosen:
            if each.pk in people:
                people[each.pk].found = each  # type: ignore[attr-defined]
        return [people[pk] for pk in keys if pk in people]


def find_people(text: str, within: AmbassadorQuerySet, circle: Circle | None = None) -> PeopleFound:
    """The people of this scope whom someone who types this may mean, or who live in this circle, or both."""
    typed = read_typed(text)
    found = _Search(typed, within.order_by(), circle).people()
    if found or not typed.is_an_address:
        return found
    # Nobody has the address: whoever is called as it is may have been meant.
    others = _Search(read_typed(text.partition("@")[0]), within.order_by(), circle).people()
    return PeopleFound([each._replace(is_slip=True) for each in others.found[:MOST_PARTLY]], within)


class _Search:
    """One search on its way: what was asked for, in which scope, and what has been found of it."""

    def __init__(self, typed: Typed, within: AmbassadorQuerySet, circle: Circle | None) -> None:
        self.typed, self.within, self.circle = typed, within, circle
        self.asked = typed.asked
        self.meanings = Meanings(typed.asked, is_open_ended=typed.is_open_ended) if typed.asked else None
        self.text = " ".join(each.words[0] for each in typed.asked if each.is_plain)
        self.is_cut = False
        # The places of what was asked for and is no town: only a word can meet it.
        self.firm = [at for at, each in enumerate(self.asked) if not each.areas]
        # A place was asked for by its postcode: how far a person's own is looked at.
        self.has_place = bool(circle or typed.postcode or len(self.firm) < len(self.asked))

    @property
    def asks_for_a_domain(self) -> bool:
        """Whether everybody is looked for who has an address there, wherever they live."""
        if self.within.query.distinct:
            # A window counts whoever comes twice before the second is left out.
            return False
        return self.typed.is_an_address and self.asked[0].addresses[0][0] == "@" and not self.has_place

    def people(self) -> PeopleFound:
        """Whoever has all that was asked for; else who has something like it; else who has the most of it."""
        return PeopleFound(self._by_words() if self.meanings else self._by_place(), self.within, is_cut=self.is_cut)

    def _by_place(self) -> list[Found]:
        rows = self._rows(Q())
        return self._ranked({row[0]: {} for row in rows}, rows)

    def _by_words(self) -> Sequence[Found]:
        assert self.meanings is not None
        every = self.meanings.rows()
        rows: Iterable[WordRow] = every
        if self.asks_for_a_domain:
            first = list(every[: MANY + 1])
            if len(first) <= MANY:
                rows = first
            elif many := InTiers(self.within, self.meanings.ways(most=MOST_WAYS, at_most=MOST_KEYS)):
                return many
        hits = self._all(self.meanings.hits(rows))
        found = self._whole(hits) if len(hits) >= FEW or not self.firm else []
        if found:
            return found
        self.meanings.add_slips()
        return self._whole(self._all(self.meanings.hits(self.meanings.rows()))) or self._partly()

    def _all(self, hits: dict[int, Hits]) -> dict[int, Hits]:
        """Those who have all that only a word can meet, wherever they live."""
        return {pk: each for pk, each in hits.items() if all(at in each for at in self.firm)}

    def _whole(self, hits: dict[int, Hits]) -> list[Found]:
        """Whoever in the scope has all that was asked for, each by a word or by where they live."""
        look = among("pk", self._likeliest(hits))
        if not self.firm:
            look |= Q(area__in={area for each in self.asked for area in each.areas})
        rows = self._rows(look) if hits or not self.firm else []
        if len(self.firm) == len(self.asked):
            return self._ranked(hits, rows)
        found: dict[int, Hits] = {}
        for row in rows:
            mine = hits.get(row[0], {})
            there = [at for at, each in enumerate(self.asked) if row[2] in each.areas]
            told = {**dict.fromkeys(there, AT_HOME), **mine}
            if len(told) == len(self.asked):
                found[row[0]] = told
        return self._ranked(found, rows)

    def _partly(self) -> list[Found]:
        """The few who have the most of it, and at least half; nobody where only one thing was asked for."""
        if len(self.asked) < 2 or self.meanings is None:
            return []
        least = (len(self.asked) + 1) // 2
        hits = {
            pk: each for pk, each in self.meanings.hits(self.meanings.rows(partly=True)).items() if len(each) >= least
        }
        rows = self._rows(among("pk", self._likeliest(hits, MOST_COMPARED))) if hits else []
        return [each._replace(is_slip=True) for each in self._ranked(hits, rows)[:MOST_PARTLY]]

    def _likeliest(self, hits: dict[int, Hits], most: int = MOST_KEYS) -> list[int]:
        """No more of these than may be looked up."""
        if len(hits) <= most:
            return list(hits)
        self.is_cut |= most == MOST_KEYS
        return sorted(hits, key=lambda pk: -_score(hits[pk]))[:most]

    def _rows(self, look: Q) -> list[Row]:
        """What is compared of those in the scope, at the postcode as far as it was typed, and within the circle."""
        people = self.within.filter(look)
        if not self.has_place:
            return list(people.values_list("pk", "full_name"))
        if self.circle is not None:
            people = people.in_box(self.circle.centre, self.circle.km)
        outward = self.typed.postcode.partition(" ")[0]
        if outward:
            people = people.filter(area=self.typed.area, postcode__startswith=outward)
        rows = list(people.values_list("pk", "full_name", "area", "postcode", "lat", "lon"))
        return rows if self.circle is None else [row for row in rows if self._km(row) <= self.circle.km]

    def _km(self, row: Row) -> float:
        assert self.circle is not None
        return km_between(self.circle.centre, Point(row[4], row[5]))

    def _ranked(self, found: Mapping[int, Hits], rows: list[Row]) -> list[Found]:
        """These people, the likeliest first; at the postcode that was typed, or else as near to it as there are any."""
        rows = [row for row in rows if row[0] in found]
        begun, rows = _nearest(self.typed.postcode, rows)
        compares = bool(self.text) and len(rows) <= MOST_COMPARED
        is_near = begun != self.typed.postcode
        told: dict[int, tuple[bool, float]] = {}
        ranked = []
        for row in rows:
            pk, name = row[0], row[1]
            hits = found[pk]
            if id(hits) not in told:
                told[id(hits)] = is_near or any(hit.is_slip for hit in hits.values()), -_score(hits)
            is_slip, doubt = told[id(hits)]
            km = self._km(row) if self.circle is not None else None
            unlike = -fuzz.token_sort_ratio(self.text, fold(name)) if compares else 0
            ranked.append(Found(is_slip, doubt, km or 0, unlike, name, pk, hits, km))
        ranked.sort()
        return ranked


def _score(hits: Hits) -> float:
    return sum([hit.score for hit in hits.values()])


def _nearest(postcode: str, rows: list[Row]) -> tuple[str, list[Row]]:
    """Those at this postcode; where there are none, those of its sector, then of its district; and which it was."""
    if not postcode:
        return "", rows
    outward, _blank, inward = postcode.partition(" ")
    for begun in dict.fromkeys((postcode, f"{outward} {inward[:1]}", f"{outward} ")):
        near = [row for row in rows if row[3].startswith(begun)]
        if near:
            return begun, near
    # "SW1" is no district: its people are in SW1A, SW1P and so on, and SW10 is somewhere else.
    return postcode, [row for row in rows if row[3][len(outward) :][:1].isalpha()]
