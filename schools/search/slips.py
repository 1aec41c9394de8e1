"""How far what was typed is from a word: slips of the fingers and of the ear."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from schools.search.words import KINDS, sound_of

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


def is_kind(typed: str) -> bool:
    """Whether this is a word for what a school is, or the beginning of one: "prim"."""
    return typed in KINDS or (len(typed) >= SHORTEST_SOUND and any(kind.startswith(typed) for kind in KINDS))


# Pure, so that what is kept never grows stale.
@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    return sound_of(word)
