"""Which rows of a vocabulary may be meant by a word with a slip in it: asked by the marks that a slip leaves.

A vocabulary is a table of words with the columns `text`, `length`, `start`, `end` and `sound`, each indexed, so that
any database answers from its B-trees.
"""

from collections.abc import Iterable

from django.db.models import Q

from stem.slips import LONG, SHORT, SHORTEST_BEGINNING, end_of, sound_of, start_of

# How much longer or shorter a slip makes a word.
LONGER = 2


def looking_like(words: Iterable[str]) -> Q:
    """The words that look or sound like one of these: a slip leaves the start or the end as it was."""
    marks = Q()
    for word in words:
        far = LONGER if len(word) > SHORT else 1
        lengths = range(len(word) - far, len(word) + far + 1)
        look = Q(start__in={start_of(word, each) for each in lengths}) | Q(
            end__in={end_of(word, each) for each in lengths}
        )
        marks |= (look & Q(length__in=lengths)) | Q(sound=sound_of(word))
    return marks


def beginning_with(begun: str) -> Q:
    """The longer words among which are those that begin so; nothing for too short a beginning."""
    if len(begun) < SHORTEST_BEGINNING:
        return Q()
    longer = {start_of(begun, each) for each in (len(begun) + 1, SHORT + 1, LONG)}
    return Q(start__in=longer, length__gt=len(begun))
