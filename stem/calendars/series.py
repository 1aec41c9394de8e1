"""The busy time of all entries of one name: the newest of each, its repetitions, and what became of single ones.

RFC 5545, 3.8.4.4 and 3.8.5; RFC 5546, 2.1.5, for which of two versions is the newer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stem.calendars.choosing_days import Spend
from stem.calendars.clocks import FLOATING_CLOCK, Clocks
from stem.calendars.collecting import Busy
from stem.calendars.components import value_of
from stem.calendars.entries import Entry
from stem.calendars.moments import DAY, UTC_CLOCK, Clock, Length, Moment, Unreadable
from stem.calendars.notes import Notes
from stem.calendars.recurrence import Frequency, Rule, read_rule
from stem.calendars.repeating import Run, repeat

# Zones are at most so far from UTC, and walls asked about so much wider than instants.
MARGIN = 2 * DAY
# Nobody has so many appointments: every ten minutes for some months.
OFTEN = 20_000


@dataclass
class Series:
    """All entries of one name, to be added to what is busy."""

    entries: list[Entry]
    busy: Busy
    clocks: Clocks
    notes: Notes
    spend: Spend

    def add(self) -> None:
        """Add what is busy of them, and note how many of them are not. Raises `TooMuch`."""
        if len(self.entries) == 1 and self.entries[0].is_single:
            self._add_single(self.entries[0])
            return
        masters = newest([entry for entry in self.entries if entry.replaces is None])
        overrides = self._overrides(masters)
        excepted = [Excepted.of(master, self.clocks, self.notes) for master in masters]
        self.notes.ignored += len(self.entries)
        for entry in overrides:
            assert entry.replaces is not None
            if entry.is_busy and not any(each.holds(entry.replaces) for each in excepted):
                self.notes.ignored -= 1
                self.busy.add_run(Run(entry.start.wall), entry.start.clock, entry.length, None)
        for master, exceptions in zip(masters, excepted, strict=True):
            changes = sorted((each for each in overrides if each.reaches_on), key=_replaced_instant)
            if master.is_busy or any(change.is_busy for change in changes):
                self.notes.ignored -= master.is_busy
                self._add_master(master, exceptions, overrides, changes)

    def _add_single(self, entry: Entry) -> None:
        if entry.is_busy:
            self.busy.add_run(Run(entry.start.wall), entry.start.clock, entry.length, None)
        else:
            self.notes.ignored += 1

    def _overrides(self, masters: list[Entry]) -> list[Entry]:
        """The newest entry for each time that was changed. What called the whole off called off older ones too."""
        by_time: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.replaces is not None:
                by_time.setdefault(entry.replaces.instant, []).append(entry)
        off = max((master.sequence for master in masters if master.is_off), default=-1)
        return [entry for entries in by_time.values() for entry in newest(entries) if entry.sequence > off]

    def _add_master(self, master: Entry, exceptions: "Excepted", overrides: list[Entry], changes: list[Entry]) -> None:
        exceptions = exceptions.with_times([each.replaces for each in overrides if each.replaces is not None])
        parts = [Part.of(master, change) for change in [None, *changes]]
        low = self.busy.low - MARGIN - max(part.reach for part in parts)
        high = self.busy.high + MARGIN + max(part.lead for part in parts)
        for run, length, last in self._times(master, low, high, exceptions):
            for place, part in enumerate(parts):
                ends = parts[place + 1].begins if place + 1 < len(parts) else run.ends
                piece = run.within(part.begins, ends) if len(parts) > 1 else run
                if piece is None or not part.entry.is_busy:
                    continue
                self.spend(1)
                part.add(piece, length, last, self.busy)

    def _times(
        self, master: Entry, low: int, high: int, exceptions: "Excepted"
    ) -> Iterator[tuple[Run, Length | None, int | None]]:
        """The walls at which it begins, with a length of their own where they have one, and a last instant."""
        excluded = exceptions.joined(self._except_rules(master, low, high))
        rules = list(self._rules(master, master.rules))
        if not rules:
            yield from ((run, None, None) for run in excluded.left_of(Run(master.start.wall)))
        for rule in rules:
            last = None
            ends = high
            if rule.until is not None:
                last = rule.until.instant if rule.until.clock is not master.start.clock else None
                ends = min(high, rule.until.wall + 1 if last is None else last + MARGIN)
            for run in repeat(rule, master.start.wall, low, ends, self.spend):
                if run.times > 1:
                    self.spend(excluded.cost)
                self._note_often(run, master)
                yield from ((piece, None, last) for piece in excluded.left_of(run))
        for moment, length in self._extra(master):
            yield from ((run, length, None) for run in excluded.left_of(Run(wall_of(moment, master.start))))

    def _note_often(self, run: Run, master: Entry) -> None:
        if run.times > OFTEN:
            self.notes.add("often", master.nth)

    def _rules(self, master: Entry, written: tuple[bytes, ...]) -> Iterator[Rule]:
        for rest in written:
            try:
                rule = read_rule(value_of(rest).decode("ascii", "replace"), master.start.clock)
            except Unreadable:
                self.notes.add("rule", master.nth)
                continue
            if master.start.is_day and rule.frequency < Frequency.DAILY:
                # Nothing takes place on a whole day and again within it.
                self.notes.add("rule", master.nth)
                continue
            yield rule

    def _except_rules(self, master: Entry, low: int, high: int) -> set[int]:
        walls: set[int] = set()
        for rule in self._rules(master, master.except_rules):
            for run in repeat(rule, master.start.wall, low, high, self.spend):
                self.spend(run.times)
                walls.update(run.walls)
        return walls

    def _extra(self, master: Entry) -> Iterator[tuple[Moment, Length | None]]:
        """Each date that was added, a period with its own length."""
        for rest in master.extra:
            for found in self.clocks.read_all(rest):
                if found is None:
                    self.notes.add("dates", master.nth)
                else:
                    yield found


@dataclass
class Part:
    """What becomes of a series from one wall on: how far each time is moved, and how long it lasts."""

    entry: Entry
    begins: int
    moved: int
    master: Moment

    @classmethod
    def of(cls, master: Entry, change: Entry | None) -> "Part":
        """The series as it began, or from where an entry changed it and all after it."""
        if change is None or change.replaces is None:
            return cls(master, -(10**15), 0, master.start)
        begins = wall_of(change.replaces, master.start)
        moved = change.start.wall - cls._shown(begins, master.start, change.start)
        return cls(change, begins, moved, master.start)

    @property
    def reach(self) -> int:
        """How long before something is over it may have begun in the series."""
        return self.entry.length.longest + max(0, self.moved)

    @property
    def lead(self) -> int:
        """How long before its place in the series it may begin."""
        return max(0, -self.moved)

    def add(self, run: Run, length: Length | None, last: int | None, busy: Busy) -> None:
        """Add what begins at these walls of the series."""
        clock, length = self.entry.start.clock, length or self.entry.length
        if clock is self.master.clock:
            if last is not None and self.moved:
                shown = wall_at(clock, last) + self.moved
                last = shown - clock.offset(shown)
            busy.add_run(run._replace(first=run.first + self.moved), clock, length, last)
            return
        for wall in run.walls:
            if last is None or wall - self.master.clock.offset(wall) <= last:
                shown = self._shown(wall, self.master, self.entry.start) + self.moved
                busy.add_run(Run(shown), clock, length, None)

    @staticmethod
    def _shown(wall: int, series: Moment, changed: Moment) -> int:
        """A wall of the series as the clock of what changed it shows it; a day is the same day everywhere."""
        if series.is_day or changed.clock is series.clock:
            return wall
        return wall_at(changed.clock, wall - series.clock.offset(wall))


@dataclass
class Excepted:
    """The times that are left out of a series: walls, whole days, and what was said of them in other zones."""

    walls: set[int]
    days: set[int]
    start: Moment

    @classmethod
    def of(cls, master: Entry, clocks: Clocks, notes: Notes) -> "Excepted":
        """What the series itself leaves out."""
        found = cls(set(), set(), master.start)
        for rest in master.excepted:
            for read in clocks.read_all(rest, master.start.clock):
                if read is None:
                    notes.add("dates", master.nth)
                else:
                    found.put(read[0])
        return found

    def with_times(self, moments: list[Moment]) -> "Excepted":
        """These and more."""
        joined = Excepted(set(self.walls), set(self.days), self.start)
        for moment in moments:
            joined.put(moment)
        return joined

    def joined(self, walls: set[int]) -> "Excepted":
        """These and more walls."""
        return Excepted(self.walls | walls, self.days, self.start) if walls else self

    def put(self, moment: Moment) -> None:
        """Leave out one time, or what begins on a day."""
        if moment.is_day or self.start.is_day:
            self.days.add(wall_of(moment, self.start) // DAY)
            return
        wall = wall_of(moment, self.start)
        self.walls.add(wall)
        # A time of the series that a clock passes over is the same instant as one behind the gap.
        for ahead in (-3600, 3600):
            if wall + ahead - self.start.clock.offset(wall + ahead) == moment.instant:
                self.walls.add(wall + ahead)

    def holds(self, moment: Moment) -> bool:
        """Whether this one is left out."""
        wall = wall_of(moment, self.start)
        return wall in self.walls or wall // DAY in self.days

    @property
    def cost(self) -> int:
        """How much work it is to leave these out of a run."""
        return len(self.walls) + len(self.days)

    def left_of(self, run: Run) -> Iterator[Run]:
        """What is left of a run."""
        count = run.times
        if count == 1 or not (self.walls or self.days):
            if run.first not in self.walls and run.first // DAY not in self.days:
                yield run
            return
        out = {(wall - run.first) // run.step for wall in self.walls if self._is_in(wall, run)}
        for day in self.days:
            if (gone := run.within(day * DAY, day * DAY + DAY)) is not None:
                begin = (gone.first - run.first) // run.step
                out.update(range(begin, begin + gone.times))
        begin = 0
        for place in [*sorted(out), count]:
            if place > begin:
                yield Run(run.first + begin * run.step, run.step, place - begin)
            begin = place + 1

    @staticmethod
    def _is_in(wall: int, run: Run) -> bool:
        return run.first <= wall < run.ends and (wall - run.first) % run.step == 0


def newest(entries: list[Entry]) -> list[Entry]:
    """The newest version: several where nothing tells which it is, and none busy where one of those calls it off.

    Programs that give all their events one name are so read as they are meant.
    """
    if len(entries) < 2:
        return entries
    latest = max((entry.sequence, entry.stamp) for entry in entries)
    found = [entry for entry in entries if (entry.sequence, entry.stamp) == latest]
    return [entry for entry in found if entry.is_off] or found


def wall_of(moment: Moment, series: Moment) -> int:
    """What the clock of a series shows at a moment; for a day, the time of that day at which it begins."""
    if moment.is_day:
        return moment.wall + series.wall % DAY
    if series.is_day:
        # Midnight in UTC stands for a day of London's; any other zone's is that zone's day.
        wall = wall_at(series.clock, moment.instant) if moment.clock is UTC_CLOCK else moment.wall
        return wall // DAY * DAY
    if moment.clock is series.clock or moment.clock is FLOATING_CLOCK:
        return moment.wall
    return wall_at(series.clock, moment.instant)


def wall_at(clock: Clock, instant: int) -> int:
    """What a clock shows at an instant."""
    ahead = clock.offset(instant)
    for guess in (clock.offset(instant + ahead), ahead, ahead - 3600, ahead + 3600):
        if instant + guess - clock.offset(instant + guess) == instant:
            return instant + guess
    return instant + ahead


def _replaced_instant(entry: Entry) -> int:
    return entry.replaces.instant if entry.replaces is not None else 0
