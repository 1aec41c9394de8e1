"""The busy time in the bytes of a calendar file, within bounds of time and work that hold whatever is in it.

Other rooms ask `bounded.read_busy`, which runs this in a process of its own.
"""

from collections.abc import Iterable
from functools import partial
from time import monotonic, process_time

from stem.calendars.clocks import Clocks
from stem.calendars.collecting import Busy, TooMuch
from stem.calendars.components import OTHERS, Component, read_components
from stem.calendars.definitions import read_definitions
from stem.calendars.entries import Entry, read_entry, read_published
from stem.calendars.moments import Unreadable
from stem.calendars.notes import Notes
from stem.calendars.series import Series
from stem.calendars.text import clean

MOST_ENTRIES = 200_000
# Steps of work for the entries of one name: some tenths of a second.
MOST_WORK = 300_000
LOOKED_EVERY = 500
# What repeats so often comes last: should there be too much of it, everything else has been counted.
OFTEN = (b"SECONDLY", b"MINUTELY", b"HOURLY", b"COUNT")


class OutOfTime(Exception):
    """The time for the whole file is over."""


class Budget:
    """How much work there may be for one series, and how much time for the file.

    Time is the processor's, so that a file says the same on a machine that does much else, and for a third as long
    again the clock's.
    """

    def __init__(self) -> None:
        self.work = 0
        self._looked = 0
        self._begun = (process_time(), monotonic())
        self._seconds = 0.0

    def allow(self, seconds: float) -> None:
        """So many seconds, counted from the beginning."""
        self._seconds = seconds

    def spend(self, steps: int) -> None:
        """Some steps of work. Raises `TooMuch` for a series that takes too many, and `OutOfTime`."""
        self.work += steps
        self._looked += steps + 1
        if self._looked > LOOKED_EVERY:
            self.look()
        if self.work > MOST_WORK:
            raise TooMuch("too_often")

    def look(self) -> None:
        """Look at the clocks. Raises `OutOfTime`."""
        self._looked = 0
        processor, clock = self._begun
        if process_time() - processor > self._seconds or monotonic() - clock > self._seconds * 1.3:
            raise OutOfTime


def read_within(data: bytes, low: int, high: int, *, seconds: float) -> tuple[list[tuple[int, int]], Notes]:
    """The busy time between two instants, merged, and what was noted. Raises `text.NoCalendar`.

    When the time is over, what has been read so far counts, and a problem says so.
    """
    budget, notes = Budget(), Notes()
    data = clean(data)
    busy = Busy(low, high, budget.spend)
    clocks = Clocks(read_definitions(data), low, high, budget.spend, lambda code, name: notes.add(code, name=name))
    reader = _Reader(busy, clocks, notes, budget)
    steps = ((0.7, partial(reader.read, read_components(data))), (0.9, reader.add_all))
    for share, step in steps:
        budget.allow(seconds * share)
        try:
            step()
        except OutOfTime:
            notes.add("out_of_time")
        except MemoryError:
            reader.give_up_half()
            notes.add("out_of_memory")
    return busy.merged(), notes


class _Reader:
    """The entries of a file by their names, until they are added to what is busy."""

    def __init__(self, busy: Busy, clocks: Clocks, notes: Notes, budget: Budget) -> None:
        self.busy, self.clocks, self.notes, self.budget = busy, clocks, notes, budget
        self.series: dict[bytes, list[Entry]] = {}

    def read(self, components: Iterable[Component]) -> None:
        """Take all entries. What cannot be read becomes a problem, and the others count."""
        last: Component | None = None
        for component in components:
            self.budget.spend(1)
            self.budget.work = 0
            last = component
            if component.kind in OTHERS:
                self.notes.ignored += 1
            elif component.kind == b"VAVAILABILITY":
                self.notes.add("availability")
            elif component.kind != b"VTIMEZONE":
                if self.notes.events >= MOST_ENTRIES:
                    self.notes.add("too_many_entries")
                    break
                self.notes.events += 1
                self._take(component)
        if last is not None and last.calendar.is_open:
            self.notes.add("cut_off")

    def _take(self, component: Component) -> None:
        nth = self.notes.events
        try:
            if component.kind == b"VFREEBUSY":
                self._take_published(component, nth)
                return
            entry = read_entry(component, nth, self.clocks)
        except Unreadable as error:
            self.notes.add(str(error), nth)
        else:
            self.series.setdefault(entry.uid, []).append(entry)

    def _take_published(self, component: Component, nth: int) -> None:
        intervals, unreadable = read_published(component, self.clocks)
        if unreadable:
            self.notes.add("periods", nth)
        self.notes.ignored += not intervals
        for begins, ends in intervals:
            self.busy.add(begins, ends)

    def give_up_half(self) -> None:
        """Make room: forget the later half of the entries."""
        for name in list(self.series)[len(self.series) // 2 :]:
            del self.series[name]

    def add_all(self) -> None:
        """Add the busy time of all entries: first what takes place once, and last what repeats oftenest."""
        for entries in sorted(self.series.values(), key=_effort):
            self.budget.work = 0
            self.budget.spend(1)
            try:
                Series(entries, self.busy, self.clocks, self.notes, self.budget.spend).add()
            except TooMuch as error:
                self.notes.add(str(error), entries[0].nth)


def _effort(entries: list[Entry]) -> int:
    """How much work entries of one name may be, roughly."""
    rules = [rule.upper() for entry in entries if entry.rules for rule in entry.rules]
    if not rules:
        return 0
    return 1 + any(word in rule for rule in rules for word in OFTEN)
