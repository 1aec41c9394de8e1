"""Writing to the other side of a visit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import eligibility, notifications, permissions
from bookings.enums import SeatStatus, Speaker
from bookings.models import Message, Visit
from bookings.models.message import LONGEST_MESSAGE
from stem.audit.record import record
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# What is written within so many minutes goes in one letter.
GATHERED = timedelta(minutes=15)
# A letter that is about to leave takes no more: what is written now may be stored a moment after it has left.
TOO_CLOSE = timedelta(minutes=1)
# Nobody agrees on a lesson faster; whoever writes more is a program, or has more to say than belongs here.
MOST_AN_HOUR = 20


@transaction.atomic
def write_message(*, visit: Visit, text: str, slip: UUID, by: "User", at: datetime) -> Message:
    """Write to the other side of a visit; several within a quarter of an hour are told in one letter.

    The same slip sent again is the same message. Refuses with `not_of_visit`, `state` before somebody is found and once
    the visit is over or off, `no_words`, `too_long`, or `too_many` for more than twenty within an hour.
    """
    visit = Visit.objects.locked(visit)
    side = permissions.check_may_write(by, visit)
    known = Message.objects.written_by(by).filter(slip=slip).first()
    if known is not None:
        return known
    text = text.strip()
    eligibility.check_open_for_messages(visit, at)
    _check_words(text)
    _check_rate(by, at)
    message = Message.objects.create(
        visit=visit, side=side, by=by, text=text, slip=slip, written_at=at, told_at=_leaves_at(visit, at)
    )
    record("visit.write_message", visit, by=by, at=at)
    _tell_the_others(message, at=at)
    return message


def _check_words(text: str) -> None:
    """There are words, and not too many. Refuses with `no_words` or `too_long`."""
    if not text:
        raise refuse("no_words", Kind.INPUT, _("Write a few words first."))
    if len(text) > LONGEST_MESSAGE:
        raise refuse("too_long", Kind.INPUT, _("Write at most 2,000 characters, or write twice."))


def _check_rate(by: "User", at: datetime) -> None:
    """Nobody writes more than twenty in an hour, of all their visits. Refuses with `too_many`."""
    if Message.objects.written_by(by).filter(written_at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        words = _("You have written 20 messages within an hour. Please wait a while, or telephone.")
        raise refuse("too_many", Kind.STATE, words)


def _leaves_at(visit: Visit, at: datetime) -> datetime:
    """When the letter leaves that tells of what is written now: with the one that waits, or in a quarter of an hour."""
    waiting = visit.messages.order_by("-told_at").values_list("told_at", flat=True).first()
    return waiting if waiting is not None and waiting - at > TOO_CLOSE else at + GATHERED


def _tell_the_others(message: Message, *, at: datetime) -> None:
    """Owe a letter to everybody on the other side, one for all that leaves together."""
    together = message.visit.messages.filter(told_at=message.told_at).order_by("pk")
    first = together.values_list("pk", flat=True)[0]
    for user, ambassador_id in _others(message):
        post(
            notifications.message_written,
            to=user,
            due_at=message.told_at,
            at=at,
            message_id=first,
            user_id=user.pk if user is not None else 0,
            ambassador_id=ambassador_id,
        )


def _others(message: Message) -> Iterator[tuple["User | None", int]]:
    """Whoever does not speak for the same side: who asked, who comes, and who has written here; each once.

    Of somebody who comes and has no account the number in the register is told with it, of all others 0.
    """
    visit, told = message.visit, {message.by_id}
    wrote = [each.by for each in visit.messages.select_related("by").order_by("pk")]
    for user in (visit.request.contact.user, *wrote):
        if user.pk not in told and permissions.speaker_of(user, visit) not in (message.side, None):
            told.add(user.pk)
            yield user, 0
    if message.side == Speaker.AMBASSADOR:
        return
    for seat in visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user"):
        assert seat.ambassador is not None
        comes = seat.ambassador.user
        if comes is None:
            yield None, seat.ambassador.pk
        elif comes.pk not in told:
            told.add(comes.pk)
            yield comes, 0
