"""Subjects that a job title brings to mind, and subjects by what someone types in search of one. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ambassadors.job_words import NOTHING, PASSED_OVER, SUBJECTS_BY_WORDS
from stem.curriculum import SUBJECTS

MOST = 6
# A title is short; what comes after is something else that was pasted.
LONGEST_TEXT = 150
MOST_WORDS = 14
LONGEST_WORD = 24
# A word of fewer letters is as often another word as a slip.
SHORTEST_SLIP = 6
LONG_WORD = 8  # room for two slips
SHORTEST_BEGINNING = 3

# British and American spellings of one word, and its plural, come out alike: never shown, only compared.
_FOLDS = (
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"our"), "or"),
    (re.compile(r"(?<=[a-z][bt])re$"), "er"),
    (re.compile(r"iz(?=e|i|a)"), "is"),
    (re.compile(r"yz(?=e|i)"), "ys"),
    (re.compile(r"ll(?=ing$|er$|or$|ed$)"), "l"),
    (re.compile(r"aluminium"), "aluminum"),
    (re.compile(r"(?<=program)me"), ""),
    (re.compile(r"(?<=[a-z]{3}[^s])s$"), ""),
)

Phrase = tuple[str, ...]


def fold(word: str) -> str:
    """One word in the one spelling that is compared: "Paediatricians" and "pediatrician" are the same."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(letter for letter in plain if letter.isalnum())
    for pattern, instead in _FOLDS:
        folded = pattern.sub(instead, folded)
    return folded


def words_of(text: str) -> list[str]:
    """The words of a text, folded; only as many as a title has."""
    typed = text[:LONGEST_TEXT].replace("&", " and ").replace("'", "").replace("’", "")
    parts = re.split(r"[\W_]+", typed)
    return [fold(part)[:LONGEST_WORD] for part in parts if part][:MOST_WORDS]


def _phrases(text: str) -> Iterator[Phrase]:
    for each in text.split(","):
        parts = each.split()
        yield tuple(fold(part[:-1]) + "~" if part.endswith("~") else fold(part) for part in parts)


@cache
def _subjects_by_phrase() -> dict[Phrase, tuple[str, ...]]:
    """Every phrase of the list, with the subjects it stands under; what stands under nothing has none."""
    found: dict[Phrase, tuple[str, ...]] = dict.fromkeys(_phrases(NOTHING), ())
    for code, text in SUBJECTS_BY_WORDS.items():
        for phrase in _phrases(text):
            found[phrase] = (*found.get(phrase, ()), code)
    return found


@cache
def _longest() -> int:
    return max(map(len, _subjects_by_phrase()))


@cache
def _beginnings() -> tuple[str, ...]:
    """The words of which only the beginning is on the list."""
    return tuple({word[:-1] for phrase in _subjects_by_phrase() for word in phrase if word.endswith("~")})


@cache
def _whole_words() -> frozenset[str]:
    return frozenset(word for phrase in _subjects_by_phrase() for word in phrase if not word.endswith("~"))


@cache
def _passed_over() -> frozenset[str]:
    return frozenset(map(fold, PASSED_OVER))


@cache
def _spelt() -> tuple[str, ...]:
    """What a slip may have been meant for: words that suggest something, and the commonest that go with them."""
    long_enough = {word for word in _whole_words() | _passed_over() if len(word) >= SHORTEST_SLIP}
    return tuple(sorted(long_enough))


def _spelt_right(word: str) -> str:
    """The word that was meant; itself where it is a word, too short, or like none."""
    if len(word) < SHORTEST_SLIP or word in _whole_words() or word in _passed_over():
        return word
    if any(word.startswith(beginning) for beginning in _beginnings()):
        return word
    allowed = 1 if len(word) < LONG_WORD else 2
    near = process.extract(word, _spelt(), scorer=OSA.distance, score_cutoff=allowed, limit=5)
    # Nobody slips on the first letter, and half of the false friends differ there. "Enginer" is no engine.
    meant = [(slips, each not in _passed_over(), each) for each, slips, _place in near if each[0] == word[0]]
    return min(meant)[2] if meant else word


def _keys(words: Phrase) -> Iterator[Phrase]:
    """These words as the list may have them: as they are, or with the last one by its beginning."""
    yield words
    for beginning in _beginnings():
        if words[-1].startswith(beginning):
            yield (*words[:-1], beginning + "~")


def _read(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The subjects of each phrase in these words, the longest phrases first; a word counts once."""
    known = _subjects_by_phrase()
    taken: set[int] = set()
    for length in range(min(_longest(), len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            if places & taken:
                continue
            for key in _keys(tuple(words[start : start + length])):
                if key in known:
                    taken |= places
                    yield known[key]
                    break


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))[:MOST]


def suggest_subjects(title: str) -> list[str]:
    """The codes of the subjects that a job title brings to mind, by its longest phrases first; for many titles none."""
    words = [_spelt_right(word) for word in words_of(title)]
    return _once(code for codes in _read(words) for code in codes)


def find_subjects(text: str) -> list[str]:
    """The codes of the subjects that someone may be looking for: by their names, by jobs, and by how either begins."""
    words = words_of(text)
    if not words or len("".join(words)) < SHORTEST_BEGINNING:
        return []
    named = [code for code, names in _names() if all(any(name.startswith(word) for name in names) for word in words)]
    return _once([*named, *suggest_subjects(text), *_begun(words[-1])])


def _names() -> list[tuple[str, list[str]]]:
    """Each subject's name by its words, as the reader's language has them."""
    return [(code, words_of(str(subject.name))) for code, subject in SUBJECTS.items()]


def _begun(word: str) -> Iterator[str]:
    """The subjects under which a word begins with these letters."""
    if len(word) < SHORTEST_BEGINNING or word in _passed_over():
        return
    for phrase, codes in _subjects_by_phrase().items():
        if len(phrase) == 1 and phrase[0].startswith(word):
            yield from codes
