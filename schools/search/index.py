"""Keep the words that schools are found by in step with the schools."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection, transaction
from django.db.models import Count

from schools.models import School, SchoolWord, Word
from schools.models.word import LONGEST
from schools.search.words import own_words, words_in
from stem.one_at_a_time import one_at_a_time
from stem.slips import end_of, sound_of, start_of
from stem.whole_rows import insert_rows

# Under the number of values that either database takes in one statement, and small enough to hold.
BATCH = 2_000
TEXT = 400
# After so many changes the database takes stock of the tables: until it has, PostgreSQL reads them from end to end.
MANY = 1_000


@transaction.atomic
def write_words(schools: Iterable[School]) -> int:
    """Let these schools be found by the names and towns they have now; how many of them had changed.

    Call it in the transaction that saved them. Schools that are found by the right words already cost a look and no
    writing. The words of a school that is deleted go with it.
    """
    changes: Counter[str] = Counter()
    changed = sum(_write_batch(batch, changes) for batch in _batches(schools))
    _count_again(word for word, change in changes.items() if change)
    if changed > MANY:
        _analyze()
    return changed


def write_words_of_changed_schools() -> int:
    """Let every school be found by what it is called now, a portion in one short transaction; how many had changed.

    A sweep: it may run twice, or be cut short and run again. Of two at once one waits: else both would give the same
    words to the same school.
    """
    every = School.objects.order_by("pk").only("pk", "name", "town")
    changed, last = 0, 0
    with one_at_a_time("words-of-schools"):
        while portion := list(every.filter(pk__gt=last)[:BATCH]):
            changed += write_words(portion)
            last = portion[-1].pk
    return changed


def remove_words(keys: list[int]) -> None:
    """Let these schools be found no more; the caller takes them away in the same transaction."""
    theirs = SchoolWord.objects.filter(school__in=keys)
    words = set(theirs.values_list("word", flat=True))
    theirs.delete()
    _count_again(words)


def entry_of(name: str, town: str) -> tuple[str, set[str]]:
    """A school's whole text, and the words of it that lead to the school."""
    name_words, town_words = words_in(name), words_in(town)
    text = f"{' '.join(name_words)}|{' '.join(town_words)}"[:TEXT]
    return text, {*own_words(name_words), *own_words(town_words)}


def vocabulary_row(text: str, schools: int) -> Word:
    """A word with its marks, unsaved."""
    length = len(text)
    return Word(
        text=text,
        length=length,
        start=start_of(text, length),
        end=end_of(text, length),
        sound=sound_of(text)[:LONGEST],
        schools=schools,
    )


def _batches(schools: Iterable[School]) -> Iterator[list[School]]:
    rest = iter(schools)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _write_batch(schools: list[School], changes: Counter[str]) -> int:
    """Write what differs, and count for each word how many schools it has gained or lost."""
    kept: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, word, text in SchoolWord.objects.filter(school__in=[school.pk for school in schools]).values_list(
        "school_id", "word", "text"
    ):
        kept[pk][word] = text
    changed, rows = [], []
    for school in {school.pk: school for school in schools}.values():
        text, words = entry_of(school.name, school.town)
        if kept[school.pk] == dict.fromkeys(words, text):
            continue
        changed.append(school.pk)
        rows += [(word, school.pk, text) for word in sorted(words)]
        changes.subtract(kept[school.pk].keys())
        changes.update(words)
    SchoolWord.objects.filter(school__in=[pk for pk in changed if kept[pk]]).delete()
    insert_rows(SchoolWord, ("word", "school_id", "text"), rows)
    return len(changed)


def _analyze() -> None:
    with connection.cursor() as cursor:
        for model in (SchoolWord, Word):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _count_again(words: Iterable[str]) -> None:
    """Bring the vocabulary up to date for these words.

    A word that no school has any longer stays with a count of 0: another transaction may be giving it to a school.
    In one order, so that two loads at once wait for each other rather than for ever.
    """
    wanted = sorted(words)
    for at in range(0, len(wanted), BATCH):
        some = wanted[at : at + BATCH]
        counts = dict(SchoolWord.objects.filter(word__in=some).values_list("word").annotate(schools=Count("school")))
        Word.objects.bulk_create(
            [vocabulary_row(word, counts.get(word, 0)) for word in some],
            update_conflicts=True,
            unique_fields=["text"],
            update_fields=["schools"],
        )
