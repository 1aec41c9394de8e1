"""What one entry of a calendar says: when, how long, how often, and whether anybody is busy meanwhile."""

from dataclasses import dataclass

from stem.calendars.clocks import Clocks
from stem.calendars.components import Calendar, Component, value_of
from stem.calendars.moments import UTC_CLOCK, Length, Moment, Unreadable, read_length
from stem.calendars.text import decode, outside_quotes

# Of these nothing is anybody's appointment: they ask, answer or propose (RFC 5546, 1.4).
TALK = frozenset({b"REPLY", b"REFRESH", b"COUNTER", b"DECLINECOUNTER"})
FREE_NAMES = (b"X-MICROSOFT-CDO-BUSYSTATUS", b"X-MICROSOFT-MSNCALENDAR-BUSYSTATUS")
SAYS_FREE = frozenset({*FREE_NAMES, b"TRANSP", b"ATTENDEE"})
REPEATS = {b"RRULE": "rules", b"EXRULE": "except_rules", b"RDATE": "extra", b"EXDATE": "excepted"}
ALL_DAY = Length(days=1)
NO_TIME = Length()
# What calls an event off need not say when it would have been (RFC 5546, 3.2.5).
NO_START = Moment(0, UTC_CLOCK)


@dataclass(slots=True)
class Entry:
    """One VEVENT; the dates of its series are still as they were written.

    `is_free` and `is_off` say that it makes nobody busy: because its owner said so, or because it does not take place.
    """

    nth: int
    calendar: Calendar
    uid: bytes
    sequence: int
    stamp: bytes
    start: Moment
    length: Length
    is_free: bool
    says_off: bool
    replaces: Moment | None
    reaches_on: bool
    rules: tuple[bytes, ...] = ()
    except_rules: tuple[bytes, ...] = ()
    extra: tuple[bytes, ...] = ()
    excepted: tuple[bytes, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether it stands for itself, and takes place once."""
        return self.replaces is None and not (self.rules or self.extra or self.excepted or self.except_rules)

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.says_off or self.calendar.method == b"CANCEL"

    @property
    def is_busy(self) -> bool:
        """Whether somebody is busy meanwhile."""
        is_meant = not (self.is_free or self.is_off or self.calendar.method in TALK)
        # The periods of a series may last where its first time does not.
        return is_meant and (self.length != NO_TIME or bool(self.extra))


def read_entry(component: Component, nth: int, clocks: Clocks) -> Entry:
    """An event. Raises `Unreadable` with `no_start`, `time`, `length` or `backwards`."""
    first = component.first(b"DTSTART")
    # with one "l" too, as some spell it; and declined, as vCalendar 1.0 could say
    says_off = component.word(b"STATUS").startswith((b"CANCEL", b"DECLINED"))
    if first is not None:
        start = clocks.read(first)
    elif says_off or component.calendar.method == b"CANCEL":
        start = NO_START
    else:
        raise Unreadable("no_start")
    replaces = component.first(b"RECURRENCE-ID")
    return Entry(
        nth=nth,
        calendar=component.calendar,
        uid=value_of(component.first(b"UID") or b":") or b"\0%d" % nth,
        sequence=_sequence(component.word(b"SEQUENCE")),
        stamp=_stamp(component.word(b"DTSTAMP")),
        start=start,
        length=_length(component, start, clocks),
        is_free=_is_free(component),
        says_off=says_off,
        replaces=None if replaces is None else clocks.read(replaces),
        reaches_on=replaces is not None and clocks.head(replaces)[0].reaches_on,
        **(_series(component) if not REPEATS.keys().isdisjoint(component.properties) else {}),
    )


def _series(component: Component) -> dict[str, tuple[bytes, ...]]:
    return {field: component.all(name) for name, field in REPEATS.items()}


def read_published(component: Component, clocks: Clocks) -> tuple[list[tuple[int, int]], int]:
    """The busy intervals that a VFREEBUSY names, in instants, and how many of its periods cannot be read (3.6.4)."""
    busy, unreadable = [], 0
    for rest in component.all(b"FREEBUSY"):
        head, value = clocks.head(rest)
        if _free_busy_type(rest) == "FREE":
            continue
        for piece in value.split(","):
            clocks.spend(0)
            try:
                start, length = clocks.period(head, piece.strip())
            except Unreadable:
                unreadable += 1
                continue
            if length is None or length.longest <= 0:
                unreadable += 1
                continue
            busy.append((start.instant, length.end_of(start.wall, start.clock)))
    return busy, unreadable


def _free_busy_type(rest: bytes) -> str:
    """What a period says of its time; a word that is not known means busy, as the standard wants it (3.2.9)."""
    for piece in outside_quotes(decode(rest.rpartition(b":")[0]).upper(), ";"):
        if piece.startswith("FBTYPE="):
            return piece.removeprefix("FBTYPE=").strip(' "')
    return "BUSY"


def _length(component: Component, start: Moment, clocks: Clocks) -> Length:
    """How long it lasts, by its end or its length. Without either a day lasts a day, and a time not at all (3.6.1)."""
    ends = component.first(b"DTEND")
    if ends is not None and value_of(ends):
        return _until(clocks.read(ends), start)
    lasts = component.word(b"DURATION")
    if not lasts:
        return ALL_DAY if start.is_day else NO_TIME
    length = read_length(lasts.decode("ascii", "replace"))
    if length.days < 0 or length.seconds < 0:
        raise Unreadable("backwards")
    return length


def _until(end: Moment, start: Moment) -> Length:
    if end.is_day and start.is_day:
        days = (end.wall - start.wall) // 86_400
        if days < 0:
            raise Unreadable("backwards")
        # Programs that take the end for the last day mean this one.
        return Length(days=days or 1)
    if end.is_day:
        end = end._replace(clock=start.clock)
    seconds = end.instant - start.instant
    if seconds < 0:
        raise Unreadable("backwards")
    return Length(seconds=seconds)


def _is_free(component: Component) -> bool:
    """Whether its owner said that they are free meanwhile, or that they do not come."""
    if SAYS_FREE.isdisjoint(component.properties):
        return False
    shown = component.word(b"TRANSP")
    if shown == b"TRANSPARENT" or (component.calendar.version == b"1.0" and shown.isdigit() and int(shown) > 0):
        return True
    if any(component.word(name) == b"FREE" for name in FREE_NAMES):
        return True
    owner = component.calendar.owner
    return bool(owner) and any(_declines(rest, owner) for rest in component.all(b"ATTENDEE"))


def _declines(rest: bytes, owner: bytes) -> bool:
    """Whether this is the calendar's owner, who does not come. Only a calendar named by an address says whose it is."""
    head, address = rest.upper().rpartition(b":")[::2]
    return address.strip() == owner.upper() and b"PARTSTAT=DECLINED" in head


def _sequence(word: bytes) -> int:
    return int(word) if word and word.isdigit() and len(word) < 12 else 0


def _stamp(word: bytes) -> bytes:
    return word if word[:8].isdigit() and len(word) in {15, 16} else b""
