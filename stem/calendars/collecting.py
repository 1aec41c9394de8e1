"""Busy time as it is gathered: cut to the days asked about, and merged (intervals are half-open, in UTC)."""

from stem.calendars.choosing_days import Spend
from stem.calendars.moments import DAY, Clock, Length
from stem.calendars.repeating import Run

# As many as are merged at a time, and as may be left over: a year has 8,760 hours.
MOST_AT_ONCE = 100_000
MOST_INTERVALS = 50_000
MOST_OF_ONE = 20_000
STRIDE = 7 * DAY


class TooMuch(Exception):
    """There has been enough of it; its argument is the code of a `Problem`."""


class Spans:
    """Where a clock stays as it is: reckoned once for the times that are asked about."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.low = self.high = 0
        self.spans: list[tuple[int, int]] = []

    def until(self, wall: int, high: int) -> int:
        """The wall, at most `high`, up to which this one's offset holds without a break."""
        if not self.low <= wall <= high <= self.high:
            self._reckon(min(wall, self.low or wall), max(high, self.high))
        for ends, _ahead in self.spans:
            if wall < ends:
                return min(ends, high)
        return high

    def _reckon(self, low: int, high: int) -> None:
        self.low, self.high, self.spans = low, high + STRIDE, []
        wall, ahead = low, self.clock.offset(low)
        while wall < self.high:
            following = wall + STRIDE
            if (then := self.clock.offset(following)) != ahead:
                self.spans.append((self._change(wall, following, ahead), ahead))
                ahead = then
            wall = following
        self.spans.append((self.high + STRIDE, ahead))

    def _change(self, low: int, high: int, ahead: int) -> int:
        """The first wall of a week that has another offset than its beginning."""
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.clock.offset(middle) == ahead else (low, middle)
        return high


class Busy:
    """The busy time between two instants."""

    def __init__(self, low: int, high: int, spend: Spend) -> None:
        self.low, self.high, self.spend = low, high, spend
        self._intervals: list[tuple[int, int]] = []
        self._seen: set[tuple[int, int, int, int]] = set()
        # What repeats in pieces is left out then; what takes place once was added before.
        self._is_full = False
        self._spans: dict[Clock, Spans] = {}

    def add(self, begins: int, ends: int) -> None:
        """One interval, as far as it is within. Raises `TooMuch` when there are too many of them."""
        begins, ends = max(begins, self.low), min(ends, self.high)
        if begins >= ends:
            return
        self._intervals.append((begins, ends))
        if len(self._intervals) > MOST_AT_ONCE:
            self._intervals = merge(self._intervals)
            if len(self._intervals) > MOST_INTERVALS:
                self._is_full = True
                raise TooMuch("too_many_times")

    def add_run(self, run: Run, clock: Clock, length: Length, last: int | None) -> None:
        """What begins at these walls and lasts so long; none that begins after the instant `last`."""
        if run.times == 1:
            wall = run.first
            begins = wall - clock.offset(wall)
            if last is None or begins <= last:
                self.add(begins, length.end_of(wall, clock) if length.days else begins + length.seconds)
            return
        if length.days:
            self.spend(run.times)
            for wall in run.walls:
                if last is None or wall - clock.offset(wall) <= last:
                    self.add(wall - clock.offset(wall), length.end_of(wall, clock))
            return
        spans = self._spans.setdefault(clock, Spans(clock))
        left: Run | None = run
        high = run.ends
        while left is not None:
            until = spans.until(left.first, high)
            piece = left.within(left.first, until)
            if piece is not None:
                self._add_even(piece, clock.offset(piece.first), length.seconds, last)
            left = left.within(until, high) if until < high else None

    def _add_even(self, run: Run, ahead: int, seconds: int, last: int | None) -> None:
        """Times at one distance in UTC as well."""
        first, count = run.first - ahead, run.times
        if last is not None:
            count = min(count, (last - first) // run.step + 1)
        begin = max(0, (self.low - first - seconds) // run.step)
        end = min(count, -(-(self.high - first) // run.step))
        if end <= begin or seconds <= 0:
            return
        if seconds >= run.step:
            self.add(first + begin * run.step, first + (end - 1) * run.step + seconds)
            return
        if self._is_full:
            raise TooMuch("too_many_times")
        same = (first + begin * run.step, run.step, end - begin, seconds)
        if same in self._seen:
            return
        self._seen.add(same)
        listed = min(end, begin + MOST_OF_ONE)
        self.spend((listed - begin) // 4)
        for instant in range(first + begin * run.step, first + listed * run.step, run.step):
            self.add(instant, instant + seconds)
        if listed < end:
            raise TooMuch("too_often")

    def merged(self) -> list[tuple[int, int]]:
        """All of it, sorted, with nothing that overlaps or touches."""
        self._intervals = merge(self._intervals)
        return self._intervals


def merge(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """These intervals, sorted, with those that overlap or touch made one."""
    merged: list[tuple[int, int]] = []
    for begins, ends in sorted(intervals):
        if merged and begins <= merged[-1][1]:
            if ends > merged[-1][1]:
                merged[-1] = (merged[-1][0], ends)
        else:
            merged.append((begins, ends))
    return merged
