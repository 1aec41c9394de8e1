"""The busy time in the bytes of a calendar file, within bounds of time and work that hold whatever is in it.

Other rooms ask `bounded.read_busy`, which runs this in a process of its own.
"""

from collections.abc import Iterable
from functools import partial
from time import monotonic

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
MOST_WORK = 400_000
LOOKED_EVERY = 500
# What repeats so often comes last: should there be too much of it, everything else has been counted.
OFTEN = (b"SECONDLY", b"MINUTELY", b"HOURLY")


class OutOfTime(Exception):
    """The time for the whole file is over."""


class Budget:
    """How much work there may be, for one series and for the file."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.work = 0
        self._looked = 0

    def spend(self, steps: int) -> None:
        """Some steps of work. Raises `TooMuch` for a series that takes too many, and `OutOfTime`."""
        self.work += steps
        self._looked += steps + 1
        if self._looked > LOOKED_EVERY:
            self.look()
        if self.work > MOST_WORK:
            raise TooMuch("too_often")

    def look(self) -> None:
        """Look at the clock. Raises `OutOfTime`."""
        self._looked = 0
        if monotonic() > self.ends:
            raise OutOfTime


def read_within(data: bytes, low: int, high: int, *, seconds: float) -> tuple[list[tuple[int, int]], Notes]:
    """The busy time between two instants, merged, and what was noted. Raises `text.NoCalendar`.

    When the time is over, what has been read so far counts, and a problem says so.
    """
    begun = monotonic()
    budget = Budget(begun + seconds * 0.6)
    notes = Notes()
    busy = Busy(low, high)
    data = clean(data)
    clocks = Clocks(read_definitions(data), low, high, budget.spend, lambda code, name: notes.add(code, name=name))
    reader = _Reader(busy, clocks, notes, budget)
    for step in (partial(reader.read, read_components(data)), reader.add_all):
        try:
            step()
        except OutOfTime:
            notes.add("out_of_time")
        except MemoryError:
            reader.give_up_half()
            notes.add("out_of_memory")
        budget.ends = begun + seconds
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
        """Add the busy time of all entries, those that repeat oftenest last."""
        seldom: list[list[Entry]] = []
        often: list[list[Entry]] = []
        for entries in self.series.values():
            is_often = any(
                word in rule.upper() for entry in entries if entry.rules for rule in entry.rules for word in OFTEN
            )
            (often if is_often else seldom).append(entries)
        for entries in [*seldom, *often]:
            self.budget.work = 0
            self.budget.spend(1)
            try:
                Series(entries, self.busy, self.clocks, self.notes, self.budget.spend).add()
            except TooMuch as error:
                self.notes.add(str(error), entries[0].nth)
