"""The entries of a calendar file, each with those of its properties that say when and whether somebody is busy.

What a calendar says besides (titles, places, who comes) is passed over unread, and never held.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stem.calendars.text import decode

READ = (
    *("BEGIN", "END", "METHOD", "VERSION", "X-WR-CALNAME", "UID", "SEQUENCE", "DTSTAMP"),
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    *("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS", "ATTENDEE", "FREEBUSY"),
    *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION"),
)
NAMED = rb"[ \t]*(?:[A-Z0-9-]+\.)?(" + "|".join(READ).encode() + rb")[ \t]*([;:][^\n]*)"
PROPERTY = re.compile(rb"\n" + NAMED, re.IGNORECASE)
# A whole event in one piece, with the alarms in it, or else one property: line by line takes three times as long.
INNER = rb"(?:(?!(?:BEGIN|END):)[^\n]*\n)*+"
ALARM = rb"BEGIN:VALARM\n" + INNER + rb"END:VALARM\n"
EVENT = rb"BEGIN:VEVENT(\n(?:" + INNER + rb"(?:" + ALARM + rb")?+)*?)END:VEVENT$"
PIECE = re.compile(rb"\n(?:" + EVENT + rb"|" + NAMED + rb")", re.IGNORECASE | re.MULTILINE)
ALARMS = re.compile(ALARM, re.IGNORECASE)
ENTRIES = frozenset({b"VEVENT", b"VFREEBUSY"})
OTHERS = frozenset({b"VTODO", b"VJOURNAL"})
CLOCK_PARTS = frozenset({b"STANDARD", b"DAYLIGHT"})


@dataclass(slots=True)
class Component:
    """One entry, time zone or part of one: each property's name in capitals with what stands behind it.

    `rest` of a property begins with the semicolon or the colon that ended its name.
    """

    kind: bytes
    calendar: "Calendar"
    # nothing in the file ended it
    is_open: bool = True
    properties: dict[bytes, list[bytes]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def first(self, name: bytes) -> bytes | None:
        """What stands behind the first property of this name; None where there is none."""
        said = self.properties.get(name)
        return None if said is None else said[0]

    def all(self, name: bytes) -> tuple[bytes, ...]:
        """What stands behind each property of this name."""
        said = self.properties.get(name)
        return () if said is None else tuple(said)

    def word(self, name: bytes) -> bytes:
        """The value of the first property of this name in capitals, without parameters; empty where there is none."""
        said = self.properties.get(name)
        return b"" if said is None else said[0].rpartition(b":")[2].strip().upper()


@dataclass(slots=True)
class Calendar:
    """What one VCALENDAR says of all that is in it. A file may hold several."""

    method: bytes = b""
    version: bytes = b""
    owner: bytes = b""
    is_open: bool = True


def read_components(data: bytes) -> Iterator[Component]:
    """Each entry, time zone, to-do and journal entry in the order of the file; reads what `text.clean` gives.

    What begins before the last has ended ends it: a program forgot to.
    """
    reader = _Reader()
    for found in PIECE.finditer(data):
        block, name, rest = found.groups()
        if block is not None:
            if (before := reader.close()) is not None:
                yield before
            yield reader.whole_event(block)
        elif (done := reader.take(name.upper(), rest)) is not None:
            yield done
    if reader.current is not None:
        yield reader.current


def value_of(rest: bytes) -> bytes:
    """A property's value, behind the first colon outside of quotes."""
    if b'"' not in rest:
        return rest.partition(b":")[2].strip()
    is_quoted = False
    for place, letter in enumerate(rest):
        if letter == ord('"'):
            is_quoted = not is_quoted
        elif letter == ord(":") and not is_quoted:
            return rest[place + 1 :].strip()
    return b""


class _Reader:
    """What is open while the lines go by."""

    def __init__(self) -> None:
        self.calendar = Calendar(is_open=False)
        self.current: Component | None = None
        self.part: Component | None = None
        # parts that tell nothing, alarms for one: what they say is not the entry's
        self.depth = 0

    def whole_event(self, block: bytes) -> Component:
        """An event that stands in one piece."""
        event = Component(b"VEVENT", self.calendar, is_open=False)
        properties = event.properties
        if b"BEGIN:" in block.upper():
            block = ALARMS.sub(b"", block)
        for name, rest in PROPERTY.findall(block):
            properties.setdefault(name.upper(), []).append(rest)
        return event

    def take(self, name: bytes, rest: bytes) -> Component | None:
        """One more property; an entry that is now whole."""
        if name == b"BEGIN":
            return self._begin(rest[1:].strip().upper())
        if name == b"END":
            return self._end(rest[1:].strip().upper())
        if self.current is None:
            self._describe(name, rest)
        elif self.depth == 0:
            (self.part or self.current).properties.setdefault(name, []).append(rest)
        return None

    def _begin(self, kind: bytes) -> Component | None:
        if kind in ENTRIES or kind in OTHERS or kind in {b"VTIMEZONE", b"VAVAILABILITY"}:
            done = self.close()
            self.current = Component(kind, self.calendar)
            return done
        if kind == b"VCALENDAR":
            done = self.close()
            self.calendar = Calendar()
            return done
        if self.current is not None and self.current.kind == b"VTIMEZONE" and kind in CLOCK_PARTS:
            self.part = Component(kind, self.calendar)
            self.current.parts.append(self.part)
            self.depth = 0
        elif self.current is not None:
            self.depth += 1
        return None

    def _end(self, kind: bytes) -> Component | None:
        if kind == b"VCALENDAR":
            self.calendar.is_open = False
            return self.close()
        if self.current is not None and kind == self.current.kind:
            self.current.is_open = False
            return self.close()
        if self.part is not None and kind == self.part.kind:
            self.part = None
        else:
            self.depth = max(0, self.depth - 1)
        return None

    def close(self) -> Component | None:
        """What is open, which is ended by what comes."""
        done, self.current, self.part, self.depth = self.current, None, None, 0
        return done

    def _describe(self, name: bytes, rest: bytes) -> None:
        """What a calendar says of itself."""
        value = value_of(rest)
        if name == b"METHOD":
            self.calendar.method = value.upper()
        elif name == b"VERSION":
            self.calendar.version = value
        elif name == b"X-WR-CALNAME" and b"@" in value:
            self.calendar.owner = decode(value).strip().casefold().encode()
