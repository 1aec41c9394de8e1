"""How far what was typed is from a word: slips of the fingers and of the ear, and the marks that they leave. Pure."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

# Below the first two words are two words, and below the second they are so whatever they sound like.
ALIKE = 0.6
HARDLY_ALIKE = 0.4
BEGUN = 0.8
# Words that sound alike are nearer than their letters say; of one or two consonants that would be chance.
SOUNDS_ALIKE = 0.9
SHORTEST_SOUND = 3
# One letter begins anything, and three may begin with a slip only by chance.
SHORTEST_BEGINNING = 2
SHORTEST_SLIP = 4
# A slip leaves the start of a word or its end as it was. The longer the word, the more letters may be asked of either.
SHORT, LONG = 5, 8


def start_of(word: str, length: int) -> str:
    """The letters with which a word of this length is filed; those of the word itself when it was not mistyped."""
    return word[: 1 if length <= SHORT else 2 if length < LONG else 3]


def end_of(word: str, length: int) -> str:
    """The letters at the end with which a word of this length is filed too."""
    return word[-2 if length < LONG else -3 :]


# Vowels sound alike to those who misspell; these letters sound like others.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^kn|^gn", "n"),
        ("^wr", "r"),
        ("^ps", "s"),
        ("ph", "f"),
        ("ough|augh", "o"),
        ("gh", ""),
        ("ch|ck|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("x", "ks"),
        ("z", "s"),
        ("j", "g"),
        ("(?<=.)[aeiouyhw]", ""),
        ("^[aeiouyhw]", "a"),
        (r"(.)\1+", r"\1"),
    )
]


def sound_of(word: str) -> str:
    """What is left of a word when only its sound is kept: "kristofer" and "christopher" are one."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def likeness(typed: str, word: str) -> float:
    """1 for the same word, 0 for another one, and for a slip what it leaves."""
    if typed == word:
        return 1
    alike = float(OSA.normalized_similarity(typed, word, score_cutoff=HARDLY_ALIKE))
    if HARDLY_ALIKE <= alike < SOUNDS_ALIKE and _sound(typed) == _sound(word) and len(_sound(word)) >= SHORTEST_SOUND:
        return (alike + SOUNDS_ALIKE) / 2
    return alike if alike >= ALIKE else 0


def likeness_so_far(typed: str, word: str) -> float:
    """As `likeness`, for a word that someone may still be typing."""
    whole = likeness(typed, word)
    if len(typed) < SHORTEST_BEGINNING or len(word) <= len(typed):
        return whole
    if word.startswith(typed):
        return max(whole, BEGUN + 0.1 * len(typed) / len(word))
    if len(typed) < SHORTEST_SLIP:
        return whole
    return max(whole, BEGUN * likeness(typed, word[: len(typed)]))


# Pure, so that what is kept never grows stale.
@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    return sound_of(word)
