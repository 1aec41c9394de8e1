"""What was written about a visit, as one of its readers reads it: with names once the school may know them (P-05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from bookings.eligibility import is_open_for_messages
from bookings.enums import NAMED, SeatStatus, Speaker
from bookings.models import Message, Seat, Visit
from bookings.models.message import MessageQuerySet
from bookings.permissions import speaker_of
from stem.accounts.models import User
from stem.curriculum import Words

PER_PAGE = 30
# Whoever writes, by name: in words that say for whom.
NAMED_AS: dict[Speaker, Words] = {
    Speaker.SCHOOL: lazy("%(name)s, for the school"),
    Speaker.AMBASSADOR: lazy("%(name)s, ambassador"),
    Speaker.SCHEME: lazy("%(name)s, coordinator"),
}


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, and for whom: the number of their account, 0 where they have none."""

    speaker: Speaker
    user_id: int
    name: str = ""
    email: str = ""
    ambassador_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One message, and who wrote it as its reader may know them."""

    message: Message
    who: str
    is_mine: bool


@dataclass(frozen=True)
class Thread:
    """What was written about a visit so far, the latest first, and whether more may be."""

    visit: Visit
    reader: Reader
    page: Page
    lines: list[Line]
    is_open: bool

    @property
    def other_side(self) -> str:
        """Whom one writes to."""
        if self.reader.speaker == Speaker.SCHEME:
            return _("the school and the ambassador")
        return _("the ambassador") if self.reader.speaker == Speaker.SCHOOL else _("the school")


def thread_of(visit: Visit, reader: Reader, *, at: datetime, page: str | None = None) -> Thread:
    """What somebody with a part in this visit reads about it, in three queries."""
    shown = Paginator(messages_for(reader, visit).order_by("-written_at", "-pk"), PER_PAGE).get_page(page)
    return Thread(visit, reader, shown, lines_of(shown.object_list, visit, reader), is_open_for_messages(visit, at))


def messages_for(reader: Reader, visit: Visit) -> MessageQuerySet:
    """What this reader may read: whoever comes, what was written since they took their seat."""
    messages = Message.objects.filter(visit=visit).select_related("by")
    if reader.speaker != Speaker.AMBASSADOR:
        return messages
    return messages.since_seat_of(user=reader.user_id, ambassador=reader.ambassador_id)


def lines_of(messages: Iterable[Message], visit: Visit, reader: Reader) -> list[Line]:
    """These messages with who wrote each, in one query for all."""
    messages = list(messages)
    coming = _accounts_coming(visit) if messages else set()
    return [
        Line(each, _who_wrote(each, visit, reader, coming), is_mine=each.by_id == reader.user_id) for each in messages
    ]


def _accounts_coming(visit: Visit) -> set[int]:
    """The accounts of whoever has a seat, under whichever of their records (rule V-92)."""
    seats = Seat.objects.filter(visit=visit, status=SeatStatus.TAKEN)
    pairs = seats.order_by().values_list("ambassador__user", "ambassador__aliases__user")
    return {account for pair in pairs for account in pair if account is not None}


def _who_wrote(message: Message, visit: Visit, reader: Reader, coming: set[int]) -> str:
    """As this reader may know them: nobody's name before the school may know who comes, nor of who no longer comes."""
    side = Speaker(message.side)
    if message.by_id == reader.user_id:
        return _("You")
    is_own_side = reader.speaker == side == Speaker.SCHOOL
    is_told = visit.status in NAMED and (side == Speaker.SCHOOL or message.by_id in coming)
    may_know = reader.speaker == Speaker.SCHEME or is_own_side or (is_told and side != Speaker.SCHEME)
    if not may_know or not message.by.full_name:
        return str(side.label)
    return str(NAMED_AS[side]) % {"name": message.by.full_name}


@dataclass(frozen=True)
class News:
    """What one letter tells one reader."""

    visit: Visit
    reader: Reader
    lines: list[Line]


def news_of(message_id: int, *, user_id: int, ambassador_id: int) -> News | None:
    """What left together with this message and was not this reader's side's; None when nothing is theirs to read.

    Whoever has no part in the visit any more learns nothing. The number of an account, or of somebody who comes and has
    none.
    """
    first = Message.objects.filter(pk=message_id).select_related("visit__request__school").first()
    reader = _reader_of(first.visit, user_id, ambassador_id) if first is not None else None
    if first is None or reader is None:
        return None
    told = messages_for(reader, first.visit).filter(told_at=first.told_at).exclude(side=reader.speaker)
    lines = lines_of(told.exclude(by=reader.user_id or None), first.visit, reader)
    return News(first.visit, reader, lines) if lines else None


def _reader_of(visit: Visit, user_id: int, ambassador_id: int) -> Reader | None:
    """Who reads, if they have a part in the visit as it is now."""
    if user_id:
        user = User.objects.filter(pk=user_id, is_active=True).first()
        speaker = speaker_of(user, visit) if user is not None else None
        return Reader(speaker, user_id, user.full_name, user.email) if user is not None and speaker else None
    theirs = Q(ambassador=ambassador_id) | Q(ambassador__aliases=ambassador_id)
    seat = visit.seats.filter(theirs, status=SeatStatus.TAKEN).select_related("ambassador__user").first()
    if seat is None or seat.ambassador is None:
        return None
    person = seat.ambassador
    return Reader(Speaker.AMBASSADOR, 0, person.full_name, person.reached_at, ambassador_id=person.pk)
