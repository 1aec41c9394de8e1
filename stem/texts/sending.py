"""Send the texts that are due: claim one, ask its fact, hand it over, mark it; each step safe to lose.

As letters do (0006): a worker killed at any moment leaves its text claimed, the claim's lease runs out, and the next
sweep hands it over again under the same reference. No transaction is open while the gateway is spoken to.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db.models import Case, F, IntegerField, When
from django.utils import translation
from django.utils.module_loading import import_string

from stem.letters.drafts import Draft
from stem.texts.drafts import TextFact, TextWords
from stem.texts.enums import TextStatus
from stem.texts.models import Text, TextNumber, TextQuerySet
from stem.texts.numbers import end_of
from stem.texts.port import NeverTaken, TextPort, text_port

logger = logging.getLogger(__name__)

# What does not leave is tried again after so long, the last of these again and again, until it is of no use.
BACK_OFF_MINUTES = (1, 2, 5, 10, 15, 30, 60)
KILLS_AT_MOST = 5
# A sweep ends well before the queue's time limit would cut it short; the next one goes on.
SWEEP_SECONDS = 120


@dataclass
class Sweep:
    """What one sweep did."""

    sent: int = 0
    not_needed: int = 0
    not_wanted: int = 0
    put_off: int = 0
    failed: int = 0
    too_late: int = 0
    is_finished: bool = True

    @property
    def moved(self) -> int:
        """How many texts it took in hand."""
        return self.sent + self.not_needed + self.not_wanted + self.put_off + self.failed


class KillsWorkers(NeverTaken):
    """It was in hand each time that a worker died: it may be what kills them."""


def send_due(*, at: datetime, limit: int = 200) -> Sweep:
    """Send the texts that are due, each on its own; any number of workers may sweep at once.

    Where no texts are sent, or the port's settings are wrong, nothing is claimed and no tries are used up.
    """
    sweep, started = Sweep(), monotonic()
    try:
        port = text_port()
    except Exception as error:
        logger.error("There is no port for texts: %s", type(error).__name__)
        return sweep
    if port is None:
        return sweep
    sweep.too_late = Text.objects.of_no_use(at).advance("expire", claimed_until=None)
    due = list(Text.objects.ready(at).order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])
    sweep.is_finished = len(due) < limit
    for text_id in due:
        passed = monotonic() - started
        if passed > SWEEP_SECONDS:
            sweep.is_finished = False
            break
        _send_one(text_id, port, sweep, at=at + timedelta(seconds=passed))
    return sweep


def word_text(text: Text, *, at: datetime, preview: bool = False) -> TextWords | None:
    """A text as it would leave now, or None when its fact holds no longer or its reader has gone."""
    if text.recipient is None or not text.recipient.is_active:
        return None
    with translation.override(text.recipient.language):
        fact: TextFact = import_string(text.fact)
        return fact(Draft(at=at, preview=preview), **text.ids)


def _send_one(text_id: int, port: TextPort, sweep: Sweep, *, at: datetime) -> None:
    lease = at + timedelta(seconds=settings.LETTERS_LEASE_SECONDS)
    was_left_behind = When(status=TextStatus.SENDING, then=F("kills") + 1)
    due = Text.objects.filter(pk=text_id).ready(at)
    kills = Case(was_left_behind, default=F("kills"), output_field=IntegerField())
    if not due.advance("claim", claimed_until=lease, attempts=F("attempts") + 1, kills=kills):
        return
    # The lease names this claim: should it run out and another worker take over, nothing below matches.
    claimed = Text.objects.filter(pk=text_id, claimed_until=lease)
    text = claimed.select_related("recipient").get()
    ends = ""
    try:
        if text.kills >= KILLS_AT_MOST:
            raise KillsWorkers
        told = word_text(text, at=at)
        if told is None:
            sweep.not_needed += claimed.advance("drop", claimed_until=None)
            return
        number = told.number or _number_of(text)
        if not number:
            sweep.not_wanted += claimed.advance("spare", claimed_until=None)
            return
        ends = end_of(number)
        port.send_text(number=number, words=told.words, reference=text.reference)
    except Exception as error:
        _put_off(claimed, text, error, sweep, at=at, number_ends=ends)
        return
    sweep.sent += claimed.advance("send", sent_at=at, claimed_until=None, last_error="", number_ends=ends)


def _number_of(text: Text) -> str:
    """Where its reader has asked to be texted, as things stand now; "" once they have stopped."""
    return TextNumber.objects.filter(user=text.recipient_id).values_list("number", flat=True).first() or ""


def _put_off(
    claimed: TextQuerySet, text: Text, error: Exception, sweep: Sweep, *, at: datetime, number_ends: str
) -> None:
    # An error's own text, and what led to it, may quote a number: neither is kept nor logged.
    columns = {"claimed_until": None, "last_error": type(error).__name__[:100], "number_ends": number_ends}
    logger.warning("Text %s (%s) could not be sent: %s", text.pk, text.fact_name, type(error).__name__)
    if isinstance(error, NeverTaken):
        sweep.failed += claimed.advance("give_up", **columns)
        return
    minutes = BACK_OFF_MINUTES[min(text.attempts, len(BACK_OFF_MINUTES)) - 1]
    sweep.put_off += claimed.advance("put_off", next_try_at=at + timedelta(minutes=minutes), **columns)
