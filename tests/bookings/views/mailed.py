"""Invitations as they were mailed, read by two programs that others wrote: vobject, and vdirsyncer's own reader."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Self
from zoneinfo import ZoneInfo

import vobject
from django.core.mail import EmailMessage
from vdirsyncer.vobject import Item


@dataclass(frozen=True)
class Told:
    """What one calendar file says of its one event."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    status: str

    @classmethod
    def by_vobject(cls, text: str) -> Self:
        """As vobject reads it, by the clock that the file itself brings."""
        calendar = vobject.readOne(text)
        [event] = calendar.vevent_list
        return cls(
            calendar.method.value,
            event.uid.value,
            int(event.sequence.value),
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
            event.status.value,
        )

    @classmethod
    def by_vdirsyncer(cls, text: str) -> Self:
        """As vdirsyncer reads it, line by line."""
        calendar = Item(text).parsed
        [event] = [part for part in calendar.subcomponents if part.name == "VEVENT"]
        return cls(
            calendar["METHOD"],
            event["UID"],
            int(event["SEQUENCE"]),
            _moment(event.props, "DTSTART"),
            _moment(event.props, "DTEND"),
            event["STATUS"],
        )


def _moment(lines: list[str], name: str) -> datetime:
    """A line such as `DTSTART;TZID=Europe/London:20270210T100000` as a moment."""
    [line] = [line for line in lines if line.startswith(f"{name};TZID=")]
    zone, _colon, wall = line.removeprefix(f"{name};TZID=").partition(":")
    return datetime.strptime(wall, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def calendars_mailed_to(email: str, outbox: list[EmailMessage]) -> list[str]:
    """The text of each calendar that came to this address for a mail program to act on, in its order."""
    found = []
    for sent in outbox:
        if email not in sent.to[0]:
            continue
        # Over the bytes that went out, as whoever gets them has it.
        message: Message = message_from_bytes(sent.message().as_bytes(linesep="\r\n"), policy=default)
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                assert f"METHOD:{part.get_param('method')}" in content.decode().splitlines()
                found.append(content.decode())
    return found
