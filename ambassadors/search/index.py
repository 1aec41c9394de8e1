"""Keep the words that people are found by in step with the people."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from ambassadors.enums import FoundBy
from ambassadors.models import Ambassador, Membership, SearchTerm, SearchWord
from ambassadors.models.search import LONGEST_TERM
from ambassadors.search.words import MISSPELT, OF_FIELD, Words, person_words
from stem.slips import end_of, sound_of, start_of
from stem.whole_rows import insert_rows

BATCH = 500
# After so many changes the database takes stock of the tables: until it has, PostgreSQL reads them from end to end.
MANY = 2_000
# What has words by which somebody is found: where none of it changes, nor do they.
WITH_WORDS = frozenset({*OF_FIELD, "known_as"})
_COLUMNS = (*OF_FIELD, "known_as", "scheme_number", "said")


@transaction.atomic
def index_people(keys: Iterable[int]) -> int:
    """Let these people be found by what is on record of them now, and by what was said of them; how many had changed.

    Call it in the transaction that wrote them. The words of a person who is deleted go with them (`forget_terms`).
    """
    every = list(dict.fromkeys(keys))
    return sum(_index_batch(every[at : at + BATCH]) for at in range(0, len(every), BATCH))


def index_everyone() -> int:
    """Let everybody be found by what is on record, a portion in one short transaction; how many had to be put right.

    A sweep: it may run twice, or be cut short and run again.
    """
    changed = sum(index_people(portion) for portion in Ambassador.objects.keys_in_portions(BATCH))
    forget_terms()
    if changed > MANY:
        _analyze()
    return changed


def forget_terms(words: set[str] | None = None) -> int:
    """Let no word be kept that is no one's any longer, of these or of all; how many went."""
    if words is not None and not words:
        return 0
    terms = SearchTerm.objects.all() if words is None else SearchTerm.objects.filter(text__in=words)
    return terms.filter(~Exists(SearchWord.objects.filter(word=OuterRef("text")))).delete()[0]


def words_of(keys: Iterable[int]) -> dict[int, Words]:
    """The words that lead to each of these people, from what is on record of them now, in three queries.

    To a record that has become part of another none do: what it said leads there (rule V-92).
    """
    keys = list(keys)
    people = {row["pk"]: row for row in Ambassador.objects.unmerged().filter(pk__in=keys).values("pk", *_COLUMNS)}
    said: dict[int, list[Any]] = defaultdict(list)
    numbers: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.filter(ambassador__in=people).values_list("ambassador_id", "legacy_id", "said")
    for pk, legacy_id, words in rows.order_by("pk"):
        said[pk].append(words)
        numbers[pk].add(legacy_id)
    for row in Ambassador.objects.filter(merged_into__in=people).order_by("pk").values("merged_into", *_COLUMNS):
        pk = row["merged_into"]
        said[pk] += [row["said"] or {}, {name: [row[name], ""] for name in OF_FIELD if row[name]}]
        numbers[pk].add(row["scheme_number"] or "")
    for pk, row in people.items():
        said[pk].append(row["said"] or {})
        numbers[pk].add(row["scheme_number"] or "")
    return {pk: person_words(row, said[pk], numbers[pk]) for pk, row in people.items()}


def term_of(text: str) -> tuple[str, int, str, str, str]:
    """A word with its marks, as a row of `SearchTerm`."""
    length = len(text)
    return text, length, start_of(text, length), end_of(text, length), sound_of(text)[:LONGEST_TERM]


def _index_batch(keys: list[int]) -> int:
    """Write what differs."""
    kept: dict[int, Words] = {pk: set() for pk in keys}
    for pk, word, found_by in SearchWord.objects.filter(ambassador__in=keys).values_list(
        "ambassador_id", "word", "found_by"
    ):
        kept[pk].add((word, FoundBy(found_by)))
    wanted = words_of(keys)
    changed = [pk for pk in keys if kept[pk] != wanted.get(pk, set())]
    lost = [pk for pk in changed if kept[pk] - wanted.get(pk, set())]
    rows = []
    for pk in changed:
        now = wanted.get(pk, set())
        new = now if pk in lost else now - kept[pk]
        rows += [(pk, word, found_by.value) for word, found_by in sorted(new)]
    # Whoever loses a word is written anew: one statement for all of them.
    SearchWord.objects.filter(ambassador__in=lost).delete()
    _add_terms({word for _pk, word, found_by in rows if FoundBy(found_by) in MISSPELT})
    insert_rows(SearchWord, ("ambassador_id", "word", "found_by"), rows)
    forget_terms({word for pk in lost for word, _found_by in kept[pk] - wanted.get(pk, set())})
    return len(changed)


def _add_terms(words: set[str]) -> None:
    """Add what the vocabulary has not; in one order, so that two at once wait for each other rather than for ever."""
    known = set(SearchTerm.objects.filter(text__in=words).values_list("text", flat=True))
    new = sorted(words - known)
    names = ("text", "length", "start", "end", "sound")
    SearchTerm.objects.bulk_create(
        (SearchTerm(**dict(zip(names, term_of(word), strict=True))) for word in new), ignore_conflicts=True
    )


def _analyze() -> None:
    with connection.cursor() as cursor:
        for model in (SearchWord, SearchTerm):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
