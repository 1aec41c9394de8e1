"""Take letters in hand: of several workers that try at once one has them, until its lease runs out.

What is gathered for a reader is taken in hand together, in one transaction, and from then on belongs to one message:
were it put together anew after a kill, something that came meanwhile would leave under the Message-ID of a message that
its reader may have had, and look like a repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from stem.letters.enums import LetterStatus
from stem.letters.hours import next_gathering
from stem.letters.models import Letter, LetterQuerySet
from stem.letters.post import new_message_id


@dataclass(frozen=True)
class Claim:
    """Letters that leave in one message, in their order, and are one worker's until then."""

    letters: list[Letter]
    message_id: str
    until: datetime

    def advance(self, name: str, letters: Sequence[Letter], **columns: Any) -> int:
        """Make a worker's move on these of its letters, and let go of them; how many moved.

        The lease names the claim: should it have run out and another worker taken over, nothing matches.
        """
        rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters], claimed_until=self.until)
        return rows.advance(name, claimed_until=None, **columns)


@dataclass(frozen=True)
class Parcel:
    """What is to leave in one message: a letter by itself, or all that is gathered for a reader."""

    letter_id: int = 0
    reader_id: int = 0
    # The message to which they belong already, when a worker that had them in hand was killed or put them off.
    gathered_in: str = ""

    def claim(self, *, at: datetime) -> Claim | None:
        """Take it in hand; None where another worker has it, or it waits for the next day on which it is gathered."""
        until = at + timedelta(seconds=settings.LETTERS_LEASE_SECONDS)
        return self._gathered(until, at) if self.reader_id else self._single(until, at)

    def _single(self, until: datetime, at: datetime) -> Claim | None:
        due = Letter.objects.filter(pk=self.letter_id).ready(at)
        if not due.advance("claim", claimed_until=until, attempts=F("attempts") + 1):
            return None
        letter = Letter.objects.select_related("recipient").get(pk=self.letter_id)
        return Claim([letter], letter.leaves_under, until)

    @transaction.atomic
    def _gathered(self, until: datetime, at: datetime) -> Claim | None:
        theirs = Letter.objects.filter(is_gathered=True, recipient=self.reader_id)
        due = theirs.filter(gathered_in=self.gathered_in).ready(at).order_by("posted_at", "pk")
        # Locked in one order, so that of two workers the second finds nothing left, or the first on its way.
        letters = list(due.select_related("recipient").select_for_update(no_key=True, of=("self",)))
        if not letters:
            return None
        rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
        if not self.gathered_in and theirs.told_today(at).exists():
            _wait_for_the_next(rows, at)
            return None
        message_id = self.gathered_in or new_message_id()
        rows.advance("claim", claimed_until=until, attempts=F("attempts") + 1, gathered_in=message_id)
        for letter in letters:
            letter.attempts, letter.gathered_in = letter.attempts + 1, message_id
        return Claim(letters, message_id, until)


def _wait_for_the_next(rows: LetterQuerySet, at: datetime) -> None:
    """Nobody has two such letters in a day: what was released, or mended, after the first is in the next one."""
    following = next_gathering(at)
    rows.filter(status=LetterStatus.WAITING).update(due_at=following, next_try_at=following)


def parcels_due(at: datetime, *, limit: int) -> tuple[list[Parcel], list[int]]:
    """What is to be sent now and the letters by which it was found, no more than `limit`: the longest due first.

    What was tried before comes after what was not: a letter that a killed worker had in hand may be what killed it, and
    at the head of every sweep it would hold up all others, and be given up as soon as enough workers were killed.
    """
    due = Letter.objects.ready(at).order_by("attempts", "next_try_at", "pk")
    rows = list(due.values_list("pk", "is_gathered", "recipient", "gathered_in")[:limit])
    parcels = (
        Parcel(reader_id=reader_id, gathered_in=gathered_in) if is_gathered and reader_id else Parcel(letter_id=pk)
        for pk, is_gathered, reader_id, gathered_in in rows
    )
    return list(dict.fromkeys(parcels)), [pk for pk, *_ in rows]
