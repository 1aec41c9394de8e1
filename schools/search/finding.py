"""Find schools by what people type: the register narrowed by words, the rest compared."""

import math
from collections import defaultdict
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any, overload

from rapidfuzz import fuzz, process

from schools.enums import Register, SchoolStatus
from schools.models import School, SchoolWord
from schools.querysets import SchoolQuerySet
from schools.search.ranking import Found, Ranking
from schools.search.typed import Typed, read_typed
from schools.search.vocabulary import Meaning, meanings_of
from schools.search.words import KINDS, is_kind

# A nation has some fifty thousand schools; what matters is only which of two words is rarer.
A_NATION = 60_000
# So many rows under the words that were typed are looked at.
MOST_ROWS = 2_000
# So many schools are compared letter by letter for the few that are shown, and so many can be paged through.
MOST_COMPARED = 60
MOST_RANKED = 300
# What the likeness of whole texts, from 0 to 100, adds to what their words say.
RATIO = 20

_COLUMNS = ("pk", "status", "postcode")


class SchoolsFound(Sequence[School]):
    """The schools that may be meant, the likeliest first, for a page of a list; only those asked for are fetched."""

    def __init__(self, text: str, within: SchoolQuerySet) -> None:
        self.within = within
        self.pks = rank_schools(text, within)

    def __len__(self) -> int:
        return len(self.pks)

    @overload
    def __getitem__(self, at: int) -> School: ...
    @overload
    def __getitem__(self, at: slice) -> list[School]: ...
    def __getitem__(self, at: int | slice) -> School | list[School]:
        """One of them, or a page."""
        return schools_in_order(self.pks[at], self.within) if isinstance(at, slice) else self[at : at + 1][0]


def find_schools(text: str, within: SchoolQuerySet, limit: int = 20) -> list[School]:
    """The schools of this scope that someone who types this most likely means, the likeliest first."""
    return schools_in_order(rank_schools(text, within, most=MOST_COMPARED)[:limit], within)


def schools_in_order(pks: list[int], within: SchoolQuerySet) -> list[School]:
    """These schools of this scope, in this order."""
    rows = {school.pk: school for school in within.filter(pk__in=pks).order_by()} if pks else {}
    return [rows[pk] for pk in pks if pk in rows]


def rank_schools(text: str, within: SchoolQuerySet, most: int = MOST_RANKED) -> list[int]:
    """The keys of the schools that may be meant, the likeliest first; nothing for nothing."""
    typed = read_typed(text)
    within = within.order_by()
    exact = _by_number(typed, within)
    if exact:
        return exact
    found = {each.pk: each for each in _by_postcode(typed, within)}
    if typed.words:
        by_words = _by_kinds if all(map(is_kind, typed.words)) else _by_words
        found |= {each.pk: each for each in by_words(typed, within, most)}
    ranking = Ranking(typed.words, is_open_ended=typed.is_open_ended, postcode=typed.postcode)
    return [each.pk for each in ranking.rank(found.values())[:most]]


def _by_number(typed: Typed, within: SchoolQuerySet) -> list[int]:
    """The schools of this number, whichever register gave it."""
    number = typed.number or (typed.words[0] if len(typed.words) == 1 else "")
    if not any(digit.isdigit() for digit in number):
        return []
    # All registers are named so that the index on register and number is of use.
    rows = within.filter(register__in=Register.values, register_number=number)
    return list(rows.values_list("pk", flat=True))


def _by_postcode(typed: Typed, within: SchoolQuerySet) -> list[Found]:
    """The schools of this postcode; where it has none, those of its sector, and then those around that."""
    if not typed.postcode:
        return []
    outward, _, inward = typed.postcode.partition(" ")
    rows = within.filter(area=typed.area, postcode__startswith=outward).values_list(*_COLUMNS, "words__text")
    around = {row[0]: row for row in rows[:MOST_ROWS]}.values()
    # "SW1" is no district: its schools are in SW1A, SW1P and so on, and SW10 is somewhere else.
    letters = tuple(f"{outward}{letter}" for letter in ascii_uppercase)
    for begun in (typed.postcode, f"{outward} {inward[:1]}", f"{outward} ", letters):
        near = [row for row in around if row[2].startswith(begun)]
        if near:
            return [_found(row) for row in near]
    return []


def _found(row: tuple[Any, ...]) -> Found:
    pk, status, postcode, text = row
    return Found(pk, text or "|", status == SchoolStatus.OPEN, postcode)


def _by_words(typed: Typed, within: SchoolQuerySet, most: int) -> list[Found]:
    """The schools under the rarest words that may be meant; common ones only tell those apart."""
    meant = _worth_following(meanings_of(typed.words, is_open_ended=typed.is_open_ended))
    rows = SchoolWord.objects.filter(word__in=meant).values_list("school_id", "text", "word")[: 2 * MOST_ROWS]
    texts: dict[int, str] = {}
    said: dict[int, float] = defaultdict(float)
    for pk, text, word in rows if meant else []:
        texts[pk] = text
        said[pk] += meant[word]
    if len(texts) > most:
        asked = " ".join(typed.words)
        for _, ratio, pk in process.extract(asked, texts, scorer=fuzz.token_sort_ratio, processor=None, limit=None):
            said[pk] += ratio / RATIO
    likely = sorted(texts, key=lambda pk: -said[pk])
    # Most schools are in most scopes: the rest is looked at only where these were not enough. Two questions, as a
    # join of the words with the schools reads all schools on PostgreSQL.
    found = _in_scope(likely[: 3 * most], texts, within)
    if len(found) < most:
        found += _in_scope(likely[3 * most :], texts, within)
    return found[:most]


def _by_kinds(typed: Typed, within: SchoolQuerySet, most: int) -> list[Found]:
    """For "primary school" those that are called no more than that, and the first few of the rest."""
    called = _by_words(typed, within, most)
    return called + [_found(row) for row in within.values_list(*_COLUMNS, "words__text").order_by("pk")[: 3 * most]]


def _in_scope(pks: list[int], texts: dict[int, str], within: SchoolQuerySet) -> list[Found]:
    """Those of these schools that are in the scope, in this order."""
    if not pks:
        return []
    rows = {row[0]: row for row in within.filter(pk__in=pks).values_list(*_COLUMNS)}
    return [_found((*rows[pk], texts[pk])) for pk in pks if pk in rows]


def _worth_following(meanings: list[list[Meaning]]) -> dict[str, float]:
    """The words to look under, with what each says: the rarest that was typed, and others while the rows are few."""
    every = sorted(
        (meaning for each in meanings for meaning in each), key=lambda meaning: meaning.schools / meaning.likely**4
    )
    sure = next((meaning for meaning in every if meaning.likely == 1 and meaning.word not in KINDS), None)
    words: dict[str, float] = {}
    rows = 0
    for meaning in [*([sure] if sure else []), *every]:
        if words and rows + meaning.schools > MOST_ROWS:
            continue
        rows += 0 if meaning.word in words else meaning.schools
        said = meaning.likely * math.log(A_NATION / meaning.schools)
        words[meaning.word] = max(said, words.get(meaning.word, 0))
    return words
