"""A term of searches played through: who is asked when, who answers when, and how each search ends.

The people are a model, stated in `Habits`; whom to ask and for how long is what the program does (`bookings.ladder`).
Every chance comes from the caller: the same seed plays the same term.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

from bookings.ladder import Rung, is_sensible, next_reminder, rung_of, sensible_from
from stem.nations import Nation

Interval = tuple[datetime, datetime]
HOUR = timedelta(hours=1)
NIGHT_ENDS, NIGHT_BEGINS = 7, 23


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be asked for a search, and at which of its times."""

    person: int
    times: tuple[Interval, ...]


@dataclass(frozen=True)
class Search:
    """One seat that a school asks for, whom for it, best first, and when it could be."""

    asked_at: datetime
    candidates: tuple[Candidate, ...]
    times: tuple[Interval, ...]


@dataclass(frozen=True)
class Habits:
    """How people answer: the model that all ways of asking are tried on.

    One letter in five is overlooked until a reminder, which two in five of those then heed. Whoever answers does so
    after a time whose logarithm is normal, by day, half within fourteen hours. People say yes to three letters in ten
    when they are asked seldom; each letter of the last four weeks takes a tenth off that. Nobody goes to more than two
    schools a term, or to two places at once.
    """

    overlooked: float = 0.2
    heeds_reminder: float = 0.4
    median_hours: float = 14.0
    spread: float = 1.2
    yes: float = 0.3
    tired_by_letter: float = 0.9
    remembered: timedelta = timedelta(weeks=4)
    most_visits: int = 2


class Way(Protocol):
    """A way of asking: how many at once, and for how long."""

    def rung(self, search: Search, at: datetime) -> Rung:
        """The step of this search at this moment."""
        ...


@dataclass(frozen=True)
class Ladder:
    """As the program asks (rules E-32, T-50)."""

    policy: dict[str, int]

    def rung(self, search: Search, at: datetime) -> Rung:
        """The rung for the first time that is still in reach."""
        rungs = (
            rung_of(starts_at, at=at, nation=Nation.ENG, is_replacement=False, policy=self.policy)
            for starts_at, _ends_at in search.times
            if starts_at > at
        )
        return next((rung for rung in rungs if not rung.is_by_hand), Rung(0, timedelta()))


@dataclass(frozen=True)
class Steady:
    """So many at once, each with so long, until the last time."""

    at_once: int
    hours: timedelta

    def rung(self, search: Search, at: datetime) -> Rung:
        """The same at every moment."""
        return Rung(self.at_once if search.times[-1][0] - at > 24 * HOUR else 0, self.hours)


@dataclass
class Played:
    """What became of a term."""

    searches: int = 0
    letters: int = 0
    reminders: int = 0
    thanked_in_vain: int = 0
    days: list[float] = field(default_factory=list)

    @property
    def filled(self) -> int:
        """For how many somebody was found."""
        return len(self.days)

    @property
    def share(self) -> float:
        """The same of a hundred."""
        return 100 * self.filled / self.searches if self.searches else 0.0

    @property
    def letters_a_seat(self) -> float:
        """Letters that ask, for each seat that was filled."""
        return self.letters / self.filled if self.filled else float("inf")


@dataclass
class _Person:
    letters: list[datetime] = field(default_factory=list)
    visits: list[Interval] = field(default_factory=list)


@dataclass
class _Running:
    search: Search
    next_one: int = 0
    waiting: set[int] = field(default_factory=set)
    is_filled: bool = False


class Term:
    """One term, played by one way of asking."""

    def __init__(self, way: Way, habits: Habits, chance: random.Random) -> None:
        """Nobody has been asked yet."""
        self._way, self._habits, self._chance = way, habits, chance
        self._people: dict[int, _Person] = {}
        self._order, self._events = count(), []  # type: tuple[count[int], list[tuple[datetime, int, str, int, int]]]
        self._running: list[_Running] = []
        self.played = Played()

    def play(self, searches: Sequence[Search]) -> Played:
        """Let each search begin when its school asks, and go on until it is filled or over."""
        self.played.searches = len(searches)
        self._running = [_Running(each) for each in searches]
        for number, each in enumerate(searches):
            self._later(each.asked_at, "ask", number)
        while self._events:
            at, _order, what, number, place = heappop(self._events)
            running = self._running[number]
            if what == "ask":
                self._ask(running, number, at)
            elif what == "lapse":
                self._lapse(running, number, place, at)
            else:
                self._answer(running, number, place, at)
        return self.played

    def _later(self, at: datetime, what: str, number: int, place: int = -1) -> None:
        heappush(self._events, (at, next(self._order), what, number, place))

    def _ask(self, running: _Running, number: int, at: datetime) -> None:
        """Ask as many more as the step allows; by day."""
        if running.is_filled:
            return
        if not is_sensible(at, Nation.ENG):
            self._later(sensible_from(at, Nation.ENG), "ask", number)
            return
        rung = self._way.rung(running.search, at)
        while len(running.waiting) < rung.at_once and running.next_one < len(running.search.candidates):
            place = running.next_one
            running.next_one += 1
            if self._is_free(running.search.candidates[place]):
                self._write(running, number, place, at, rung)

    def _is_free(self, candidate: Candidate) -> bool:
        """Whether matching would still find them: it knows of visits that they have promised meanwhile."""
        visits = self._person(candidate).visits
        return len(visits) < self._habits.most_visits and bool(self._open_times(candidate))

    def _open_times(self, candidate: Candidate) -> list[Interval]:
        visits = self._person(candidate).visits
        return [each for each in candidate.times if all(each[1] <= begun or each[0] >= over for begun, over in visits)]

    def _person(self, candidate: Candidate) -> _Person:
        return self._people.setdefault(candidate.person, _Person())

    def _write(self, running: _Running, number: int, place: int, at: datetime, rung: Rung) -> None:
        """One letter: it is answered at some moment, or lapses."""
        self._person(running.search.candidates[place]).letters.append(at)
        self.played.letters += 1
        running.waiting.add(place)
        lapses_at = min(at + rung.hours, running.search.times[-1][0])
        answers_at = self._answers_at(at, lapses_at)
        if answers_at is not None and answers_at < lapses_at:
            self._later(answers_at, "answer", number, place)
        else:
            self._later(lapses_at, "lapse", number, place)

    def _answers_at(self, at: datetime, lapses_at: datetime) -> datetime | None:
        """When this letter is answered, if it is: not while it is overlooked, which a reminder may end."""
        chance, habits = self._chance, self._habits
        begins = at
        while chance.random() < (habits.overlooked if begins == at else 1 - habits.heeds_reminder):
            due_at = next_reminder(at, lapses_at, Nation.ENG, after=begins)
            if due_at is None:
                return None
            self.played.reminders += 1
            begins = due_at
        return _by_day(begins + HOUR * habits.median_hours * chance.lognormvariate(0, habits.spread))

    def _answer(self, running: _Running, number: int, place: int, at: datetime) -> None:
        """A yes takes the seat; a no makes room for the next."""
        if running.is_filled or place not in running.waiting:
            return
        running.waiting.discard(place)
        candidate = running.search.candidates[place]
        open_times = [each for each in self._open_times(candidate) if each[0] > at]
        if self._says_yes(candidate, at) and open_times and self._is_free(candidate):
            self._person(candidate).visits.append(open_times[0])
            running.is_filled = True
            self.played.thanked_in_vain += len(running.waiting)
            self.played.days.append((at - running.search.asked_at) / timedelta(days=1))
            return
        self._ask(running, number, at)

    def _says_yes(self, candidate: Candidate, at: datetime) -> bool:
        habits, since = self._habits, at - self._habits.remembered
        lately = sum(each > since for each in self._person(candidate).letters)
        return self._chance.random() < habits.yes * habits.tired_by_letter ** max(0, lately - 1)

    def _lapse(self, running: _Running, number: int, place: int, at: datetime) -> None:
        """No answer in time makes room for the next."""
        if not running.is_filled and place in running.waiting:
            running.waiting.discard(place)
            self._ask(running, number, at)


def _by_day(at: datetime) -> datetime:
    """This moment, or the end of the night that it is in."""
    if at.hour >= NIGHT_BEGINS:
        return (at + timedelta(days=1)).replace(hour=NIGHT_ENDS, minute=0)
    return at.replace(hour=NIGHT_ENDS, minute=0) if at.hour < NIGHT_ENDS else at


def ways(policy: dict[str, int]) -> Iterator[tuple[str, Way]]:
    """Ours, and the two that it is measured beside."""
    yield "ladder", Ladder(policy)
    yield "everyone at once", Steady(10_000, timedelta(days=14))
    yield "one by one", Steady(1, timedelta(hours=72))
