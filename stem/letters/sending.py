"""Send what is due: claim a letter, write it, send it, mark it; each step safe to lose.

A worker killed at any moment leaves its letter claimed; the claim's lease runs out and the next sweep sends it again
under the same Message-ID, so that a reader's mail program can tell a repeat. Of all workers one at a time has a message
in hand, so a kill repeats one at most. No transaction is open while the mail server is spoken to. What is gathered for
a reader goes the same way together, and each letter of it is asked and marked by itself.
"""

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from time import monotonic

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from stem.letters.choices import is_wanted, unwanted_by
from stem.letters.claims import Claim, Parcel, parcels_due
from stem.letters.digests import word_together
from stem.letters.messages import LONGEST_ADDRESS, build_message, check_address
from stem.letters.models import Letter
from stem.letters.rendering import Wording, word_letter
from stem.letters.words import words_of
from stem.one_at_a_time import one_at_a_time

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

    Any number of workers may sweep at once, and take turns from message to message: what is posted while a long sweep
    is on its way need not wait for its end. While the mail server cannot be reached nothing is claimed, and no letter's
    tries are used up.
    """
    sweep, started = Sweep(), monotonic()
    parcels, due = parcels_due(at, limit=limit)
    sweep.is_finished = len(due) < limit
    post_office = get_connection()
    for parcel in parcels:
        if monotonic() - started > SWEEP_SECONDS:
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
        with one_at_a_time("letters"):
            _send_one(parcel, post_office, sweep, at=at + timedelta(seconds=monotonic() - started))
    _hang_up(post_office)
    return sweep


def _send_one(parcel: Parcel, post_office: BaseEmailBackend, sweep: Sweep, *, at: datetime) -> None:
    claim = parcel.claim(at=at)
    if claim is None:
        return
    reader = claim.letters[0].recipient
    # What the reader does without is read once for all of a parcel.
    unwanted = unwanted_by(reader) if reader is not None and len(claim.letters) > 1 else None
    worded = [(each, said) for each in claim.letters if (said := _word_one(claim, each, unwanted, sweep, at=at))]
    if not worded:
        return
    letters, wording = [letter for letter, _said in worded], worded[0][1]
    try:
        if reader is not None:
            wording = word_together(reader, [said for _letter, said in worded])
        _hand_over(claim, wording, post_office)
    except Exception as error:
        _hang_up(post_office)
        _put_off(claim, letters, error, sweep, at=at, **_addressed(wording))
        return
    sweep.sent += claim.advance("send", letters, sent_at=at, last_error="", server_said="", **_addressed(wording))


def _word_one(
    claim: Claim, letter: Letter, unwanted: Collection[str] | None, sweep: Sweep, *, at: datetime
) -> Wording | None:
    """What a letter says now; None where it does not leave: unwanted, no longer true, or put off by itself."""
    try:
        if letter.attempts > len(BACK_OFF_MINUTES) + 1:
            # Only kills bring a letter here: it may be what kills the worker.
            raise NeverDeliverable("WorkerKilled")
        if not is_wanted(letter, unwanted):
            sweep.not_wanted += claim.advance("spare", [letter])
            return None
        wording = word_letter(letter, at=at)
        if wording is None:
            sweep.not_needed += claim.advance("drop", [letter])
    except Exception as error:
        # It leaves the others, and is not of their message any more.
        _put_off(claim, [letter], error, sweep, at=at, gathered_in="")
        return None
    return wording


def _tell_who_tries(due: list[int], error: Exception) -> None:
    """Let those who are trying the post read why nothing leaves, though no letter was claimed."""
    tried = Letter.objects.filter(pk__in=due, is_trial=True)
    tried.update(last_error=type(error).__name__[:100], server_said=words_of(error))


def _hand_over(claim: Claim, wording: Wording, post_office: BaseEmailBackend) -> None:
    try:
        check_address(wording.envelope.to_email)
        if not build_message(claim.message_id, wording, post_office).send():
            raise RuntimeError("The mail server took nothing.")
    except ValidationError as error:
        raise NeverDeliverable("BadAddress") from error
    except SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _words in refused.recipients.values()):
            raise NeverDeliverable("AddressRefused") from refused
        raise


def _addressed(wording: Wording) -> dict[str, str]:
    """Where it went, or was to go: known once it could be written."""
    return {"to_name": wording.envelope.to_name[:200], "to_email": wording.envelope.to_email[:LONGEST_ADDRESS].lower()}


def _put_off(
    claim: Claim, letters: Sequence[Letter], error: Exception, sweep: Sweep, *, at: datetime, **columns: str
) -> None:
    """Try these again later, or give them up; letters of one message stay together, by the one tried least often."""
    is_final = isinstance(error, NeverDeliverable)
    # An error's own text may quote an address: it is not kept, and only a developer's log has it.
    name = str(error) if is_final else type(error).__name__
    is_trial = any(letter.is_trial for letter in letters)
    columns |= {"last_error": name[:100], "server_said": words_of(error) if is_trial else ""}
    for letter in letters:
        logger.warning("Letter %s (%s) could not be sent: %s", letter.pk, letter.fact_name, name)
        logger.debug("Why letter %s could not be sent", letter.pk, exc_info=error)
    tries = min(letter.attempts for letter in letters)
    if is_final or tries > len(BACK_OFF_MINUTES):
        sweep.failed += claim.advance("give_up", letters, **columns)
        return
    next_try_at = at + timedelta(minutes=BACK_OFF_MINUTES[tries - 1])
    sweep.put_off += claim.advance("put_off", letters, next_try_at=next_try_at, **columns)


def _hang_up(post_office: BaseEmailBackend) -> None:
    # A connection that broke half way may break again at its goodbye.
    with suppress(OSError, SMTPException):
        post_office.close()
