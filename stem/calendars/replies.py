"""The replies of calendar programs in any e-mail message: an answer within seconds, and never a fault."""

from dataclasses import dataclass
from datetime import datetime

from stem.calendars.bounded import ask_child
from stem.rules import Refusal

MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """What a program says of an event in the name of an address. Nothing proves that it is theirs.

    `said` is `accepted`, `declined`, `tentative` or, with a time that is proposed instead, `countered`.
    """

    uid: str
    attendee: str
    said: str
    stamp: datetime | None = None
    sequence: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def read_replies(data: bytes) -> list[Reply]:
    """The replies in an e-mail message, in their order; none where there are none, or it cannot be read."""
    if len(data) > MOST_BYTES:
        return []
    try:
        answer = ask_child("stem.calendars.mail_child", data)
    except Refusal:
        return []
    return [
        Reply(
            uid=told["uid"],
            attendee=told["attendee"],
            said=told["said"],
            sequence=told["sequence"],
            **{name: _moment(told[name]) for name in ("stamp", "starts_at", "ends_at")},
        )
        for told in answer["replies"]
    ]


def _moment(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)
