"""What a calendar program answers by e-mail (RFC 6047, RFC 5546): read from a message that anybody may have written.

Other rooms ask `replies.read_replies`, which runs this in a process of its own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from stem.calendars.text import decode

LONDON = ZoneInfo("Europe/London")
MOST_PARTS, MOST_CALENDARS, MOST_EVENTS = 200, 4, 4
LONGEST_NAME, LONGEST_ADDRESS, MOST_CHANGES = 255, 254, 2**31 - 1
CALENDAR_TYPES = {"text/calendar", "application/ics"}
PARTSTATS = {"ACCEPTED", "DECLINED", "TENTATIVE"}


def read_message(data: bytes) -> list[dict[str, Any]]:
    """Each reply in an e-mail message as plain values: `uid, attendee, said, sequence, stamp, starts_at, ends_at`.

    Raises whatever a library raises at what it cannot read.
    """
    # The older policy takes headers as they are; the newer one parses each by a grammar that long ones hold up.
    message = message_from_bytes(data, policy=policy.compat32)
    return [reply for calendar in _calendars(message) for reply in _replies(calendar)]


def _calendars(message: Message) -> Iterator[Calendar]:
    """The calendars that are sent as a reply or a proposal."""
    parts = (part for part in islice(message.walk(), MOST_PARTS) if _is_calendar(part))
    for part in islice(parts, MOST_CALENDARS):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            try:
                yield Calendar.from_ical(_text(payload, part))
            except (ValueError, IndexError, KeyError, TypeError, AttributeError):
                continue  # another part may hold what can be read


def _is_calendar(part: Message) -> bool:
    """Whether a part says, by its type or its file's name, that it is one."""
    return part.get_content_type() in CALENDAR_TYPES or str(part.get_filename("")).lower().endswith(".ics")


def _text(payload: bytes, part: Message) -> str:
    """The text of a part in the encoding that it names, or in the one that it has."""
    try:
        return payload.decode(part.get_content_charset("utf-8"))
    except (LookupError, ValueError):
        return decode(payload)


def _replies(calendar: Calendar) -> Iterator[dict[str, Any]]:
    method = str(calendar.get("METHOD", "")).strip().upper()
    if method not in ("REPLY", "COUNTER"):
        return
    for event in islice(calendar.walk("VEVENT"), MOST_EVENTS):
        try:
            reply = _reply(event, method)
        except (ValueError, TypeError, AttributeError, OverflowError):
            continue
        if reply is not None:
            yield reply


def _reply(event: Component, method: str) -> dict[str, Any] | None:
    """What one attendee says of one event; None where it is not clear who says what of which."""
    attendee, uid = event.get("ATTENDEE"), str(event.get("UID", "")).strip()
    # One person answers for themselves: a reply in the name of several is none (RFC 5546, 3.2.3).
    if attendee is None or isinstance(attendee, list) or not 0 < len(uid) <= LONGEST_NAME:
        return None
    address = str(attendee).strip()
    address = address[len("mailto:") :].strip() if address.lower().startswith("mailto:") else address
    partstat = str(attendee.params.get("PARTSTAT", "")).strip().upper()
    if len(address) > LONGEST_ADDRESS or (method == "REPLY" and partstat not in PARTSTATS):
        return None
    is_counter = method == "COUNTER"
    return {
        "uid": uid,
        "attendee": address,
        "said": "countered" if is_counter else partstat.lower(),
        "sequence": _sequence(event),
        "stamp": _moment(event, "DTSTAMP"),
        "starts_at": _moment(event, "DTSTART") if is_counter else None,
        "ends_at": _moment(event, "DTEND") if is_counter else None,
    }


def _sequence(event: Component) -> int | None:
    said = event.get("SEQUENCE")
    return None if said is None else min(max(int(said), 0), MOST_CHANGES)


def _moment(event: Component, name: str) -> str | None:
    """When this is, in UTC; a time without a zone is London's, and a day is no moment."""
    said = getattr(event.get(name), "dt", None)
    if not isinstance(said, datetime):
        return None
    zoned = said if said.tzinfo is not None else said.replace(tzinfo=UTC if name == "DTSTAMP" else LONDON)
    return zoned.astimezone(UTC).isoformat()
