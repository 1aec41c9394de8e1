"""Find people by what staff type: narrowed by words, kept to whom one may see, the likeliest first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

from django.db.models import Q
from rapidfuzz import fuzz

from ambassadors.enums import FoundBy
from ambassadors.linkage.names import fold
from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search.meanings import Hit, Hits
from ambassadors.search.places import Circle
from ambassadors.search.typed import Asked, Typed, read_typed
from stem.geography.points import Point, km_between

# Where fewer than these have the words as they stand, those are looked for whose words may have been meant.
FEW = 3
# So many are shown of whom only a part was found.
MOST_PARTLY = 5
# So many may be looked up by their keys, and so many compared letter by letter.
MOST_KEYS, MOST_COMPARED = 10_000, 500
# To live in a town says less than to have the word.
IN_TOWN = 0.8

_COLUMNS = ("pk", "full_name", "area", "postcode", "lat", "lon")
Row = tuple[Any, ...]
_LETTERS = re.compile("[A-Z]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A person whom the search found, and how."""

    pk: int
    hits: Mapping[int, Hit] = field(default_factory=dict)
    km: float | None = None
    is_slip: bool = False


class PeopleFound(Sequence[Ambassador]):
    """The people who may be meant, the likeliest first, for a page of a list; only those asked for are fetched."""

    def __init__(self, found: list[Found], within: AmbassadorQuerySet, *, is_cut: bool = False) -> None:
        self.found, self.within, self.is_cut = found, within, is_cut
        # How many have what was asked for as it was asked for; the rest come after them.
        self.exactly = sum(not each.is_slip for each in found)

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
    return _Search(read_typed(text), within.order_by(), circle).people()


class _Search:
    """One search on its way: what was asked for, in which scope, and what has been found of it."""

    def __init__(self, typed: Typed, within: AmbassadorQuerySet, circle: Circle | None) -> None:
        self.typed, self.within, self.circle = typed, within, circle
        self.asked = typed.asked
        self.hits = Hits(typed.asked)
        self.looked_for_slips = False
        self.text = " ".join(each.words[0] for each in typed.asked if each.is_plain)

    def people(self) -> PeopleFound:
        """Whoever has all that was asked for; else who has something like it; else who has the most of it."""
        if self.asked:
            self.hits.look_up(is_open_ended=self.typed.is_open_ended)
            if self._count() < FEW:
                self._look_for_slips()
        found = self._whole()
        if not found and self.asked and not self.looked_for_slips:
            self._look_for_slips()
            found = self._whole()
        found = found or self._partly()
        return PeopleFound(found, self.within, is_cut=self.hits.is_cut)

    def _look_for_slips(self) -> None:
        self.looked_for_slips = True
        self.hits.look_for_slips()

    def _firm(self) -> list[int]:
        """The places of what was asked for and is no town: only a word can meet it."""
        return [at for at, each in enumerate(self.asked) if not each.areas]

    def _count(self) -> int:
        """How many have all that only a word can meet, wherever they live."""
        firm = self._firm()
        return sum(all(at in hits for at in firm) for hits in self.hits.of.values()) if firm else FEW

    def _whole(self) -> list[Found]:
        """Whoever in the scope has all that was asked for, each by a word or by where they live."""
        firm = self._firm()
        keys = [pk for pk, hits in self.hits.of.items() if all(at in hits for at in firm)]
        look = Q(pk__in=self._likeliest(keys))
        if not firm:
            areas = {area for each in self.asked for area in each.areas}
            look = look | Q(area__in=areas) if self.asked else Q()
        elif not keys:
            return []
        rows = self._rows(look)
        found = {}
        for pk, _name, area, *_place in rows:
            hits = self.hits.of.get(pk, {})
            told = {at: hits.get(at) or _at_home(each, area) for at, each in enumerate(self.asked)}
            if all(told.values()):
                found[pk] = {at: hit for at, hit in told.items() if hit is not None}
        return self._ranked(found, rows)

    def _partly(self) -> list[Found]:
        """The few who have the most of it, and at least half; nobody where only one thing was asked for."""
        if len(self.asked) < 2:
            return []
        least = (len(self.asked) + 1) // 2
        keys = [pk for pk, hits in self.hits.of.items() if len(hits) >= least]
        rows = self._rows(Q(pk__in=self._likeliest(keys)[:MOST_COMPARED])) if keys else []
        found = self._ranked({row[0]: self.hits.of[row[0]] for row in rows}, rows)
        return [replace(each, is_slip=True) for each in found[:MOST_PARTLY]]

    def _likeliest(self, keys: list[int]) -> list[int]:
        """No more of these than may be looked up."""
        if len(keys) <= MOST_COMPARED:
            return keys
        self.hits.is_cut |= len(keys) > MOST_KEYS
        return sorted(keys, key=lambda pk: -_score(self.hits.of[pk]))[:MOST_KEYS]

    def _rows(self, look: Q) -> list[Row]:
        """What is compared of those in the scope, at the postcode as far as it was typed, and within the circle."""
        people = self.within.filter(look)
        if self.circle is not None:
            people = people.in_box(self.circle.centre, self.circle.km)
        outward = self.typed.postcode.partition(" ")[0]
        if outward:
            people = people.filter(area=_LETTERS.match(outward)[0], postcode__startswith=outward)  # type: ignore[index]
        rows = list(people.values_list(*_COLUMNS))
        if self.circle is not None:
            rows = [row for row in rows if self._km(row) <= self.circle.km]
        return rows

    def _km(self, row: Row) -> float:
        assert self.circle is not None
        return km_between(self.circle.centre, Point(row[4], row[5]))

    def _ranked(self, found: Mapping[int, Mapping[int, Hit]], rows: list[Row]) -> list[Found]:
        """These people, the likeliest first; at the postcode that was typed, or else as near to it as there are any."""
        rows = [row for row in rows if row[0] in found]
        begun, rows = _nearest(self.typed.postcode, rows)
        compares = bool(self.text) and len(rows) <= MOST_COMPARED
        ranked = []
        for row in rows:
            pk, name = row[0], row[1]
            km = self._km(row) if self.circle is not None else None
            hits = found[pk]
            is_slip = begun != self.typed.postcode or any(hit.is_slip for hit in hits.values())
            ratio = fuzz.token_sort_ratio(self.text, fold(name)) if compares else 0
            key = (is_slip, -round(_score(hits), 3), km or 0, -ratio, name, pk)
            ranked.append((key, Found(pk, hits, km, is_slip)))
        ranked.sort(key=lambda pair: pair[0])
        return [each for _key, each in ranked]


def _score(hits: Mapping[int, Hit]) -> float:
    return sum(hit.score for hit in hits.values())


def _at_home(asked: Asked, area: str) -> Hit | None:
    """That somebody lives where it was asked for."""
    return Hit(IN_TOWN, FoundBy.PLACE, area) if area in asked.areas else None


def _nearest(postcode: str, rows: list[Row]) -> tuple[str, list[Row]]:
    """Those at this postcode; where there are none, those of its sector, then of its district; and which it was."""
    outward, _blank, inward = postcode.partition(" ")
    for begun in dict.fromkeys((postcode, f"{outward} {inward[:1]}", f"{outward} ")) if postcode else ():
        near = [row for row in rows if row[3].startswith(begun)]
        if near:
            return begun, near
    # "SW1" is no district: its people are in SW1A, SW1P and so on, and SW10 is somewhere else.
    return postcode, [row for row in rows if not postcode or row[3][len(outward) :][:1].isalpha()]
