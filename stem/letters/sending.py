"""Send what is due: claim a letter, write it, send it, mark it; each step safe to lose.

A worker killed at any moment leaves its letter claimed; the claim's lease runs out and the next sweep sends it again
under the same Message-ID, so that a reader's mail program can tell a repeat. No transaction is open while the mail
server is spoken to.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from time import monotonic

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from stem.letters.choices import is_wanted
from stem.letters.messages import LONGEST_ADDRESS, build_message, check_address
from stem.letters.models import Letter, LetterQuerySet
from stem.letters.rendering import Wording, word_letter
from stem.letters.words import words_of

logger = logging.getLogger(__name__)

# A letter that cannot leave is tried for about a day.
BACK_OFF_MINUTES = (1, 5, 15, 60, 240, 240, 240, 240, 240)
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
    is_finished: bool = True

    @property
    def moved(self) -> int:
        """How many letters it took in hand."""
        return self.sent + self.not_needed + self.not_wanted + self.put_off + self.failed


class NeverDeliverable(Exception):
    """No later try could succeed; its text is a class of error and names nobody."""


def send_due(*, at: datetime, limit: int = 500) -> Sweep:
    """Send the letters that are due, each on its own: one that cannot be written or sent keeps no other back.

    Any number of workers may sweep at once. While the mail server cannot be reached nothing is claimed, and no letter's
    tries are used up.
    """
    sweep, started = Sweep(), monotonic()
    due = list(Letter.objects.ready(at).order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])
    sweep.is_finished = len(due) < limit
    post_office = get_connection()
    for letter_id in due:
        passed = monotonic() - started
        if passed > SWEEP_SECONDS:
            sweep.is_finished = False
            break
        try:
            # Kept open from letter to letter; after a failure, opened again.
            post_office.open()
        except (OSError, SMTPException) as error:
            logger.warning("The mail server cannot be reached: %s", type(error).__name__)
            _tell_who_tries(due, error)
            sweep.is_finished = True  # there is no more to be done at present
            break
        _send_one(letter_id, post_office, sweep, at=at + timedelta(seconds=passed))
    _hang_up(post_office)
    return sweep


def _send_one(letter_id: int, post_office: BaseEmailBackend, sweep: Sweep, *, at: datetime) -> None:
    lease = at + timedelta(seconds=settings.LETTERS_LEASE_SECONDS)
    due = Letter.objects.filter(pk=letter_id).ready(at)
    if not due.advance("claim", claimed_until=lease, attempts=F("attempts") + 1):
        return
    # The lease names this claim: should it run out and another worker take over, nothing below matches.
    claimed = Letter.objects.filter(pk=letter_id, claimed_until=lease)
    letter = claimed.select_related("recipient").get()
    wording = None
    try:
        if letter.attempts > len(BACK_OFF_MINUTES) + 1:
            # Only kills bring a letter here: it may be what kills the worker.
            raise NeverDeliverable("WorkerKilled")
        if not is_wanted(letter):
            sweep.not_wanted += claimed.advance("spare", claimed_until=None)
            return
        wording = word_letter(letter, at=at)
        if wording is None:
            sweep.not_needed += claimed.advance("drop", claimed_until=None)
            return
        _hand_over(letter, wording, post_office)
    except Exception as error:
        _hang_up(post_office)
        _put_off(claimed, letter, error, sweep, at=at, **_addressed(wording))
        return
    sweep.sent += claimed.advance(
        "send", sent_at=at, claimed_until=None, last_error="", server_said="", **_addressed(wording)
    )


def _tell_who_tries(due: list[int], error: Exception) -> None:
    """Let those who are trying the post read why nothing leaves, though no letter was claimed."""
    tried = Letter.objects.filter(pk__in=due, is_trial=True)
    tried.update(last_error=type(error).__name__[:100], server_said=words_of(error))


def _hand_over(letter: Letter, wording: Wording, post_office: BaseEmailBackend) -> None:
    try:
        check_address(wording.envelope.to_email)
        if not build_message(letter, wording, post_office).send():
            raise RuntimeError("The mail server took nothing.")
    except ValidationError as error:
        raise NeverDeliverable("BadAddress") from error
    except SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _words in refused.recipients.values()):
            raise NeverDeliverable("AddressRefused") from refused
        raise


def _addressed(wording: Wording | None) -> dict[str, str]:
    """Where it went, or was to go: known once it could be written."""
    if wording is None:
        return {}
    return {"to_name": wording.envelope.to_name[:200], "to_email": wording.envelope.to_email[:LONGEST_ADDRESS].lower()}


def _put_off(
    claimed: LetterQuerySet, letter: Letter, error: Exception, sweep: Sweep, *, at: datetime, **columns: str
) -> None:
    is_final = isinstance(error, NeverDeliverable)
    # An error's own text may quote an address: it is not kept, and only a developer's log has it.
    name = str(error) if is_final else type(error).__name__
    columns |= {"last_error": name[:100], "server_said": words_of(error) if letter.is_trial else ""}
    logger.warning("Letter %s (%s) could not be sent: %s", letter.pk, letter.fact_name, name)
    logger.debug("Why letter %s could not be sent", letter.pk, exc_info=error)
    if is_final or letter.attempts > len(BACK_OFF_MINUTES):
        sweep.failed += claimed.advance("give_up", claimed_until=None, **columns)
        return
    next_try_at = at + timedelta(minutes=BACK_OFF_MINUTES[letter.attempts - 1])
    sweep.put_off += claimed.advance("put_off", claimed_until=None, next_try_at=next_try_at, **columns)


def _hang_up(post_office: BaseEmailBackend) -> None:
    # A connection that broke half way may break again at its goodbye.
    with suppress(OSError, SMTPException):
        post_office.close()
