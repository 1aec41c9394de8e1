"""What matching needs to know of a request, and the way to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from ambassadors.assessing import Condition
from bookings.conditions import conditions_against
from bookings.regulated import is_frequent_series
from stem.geography.points import Point
from stem.geography.travel import km_for_minutes
from stem.nations import Nation

Interval = tuple[datetime, datetime]

# Nobody states a longer journey than this; it bounds the box that SQL looks in.
LONGEST_MINUTES = 240
LONGEST_KM = km_for_minutes(LONGEST_MINUTES)


class SchoolClass(NamedTuple):
    """A class as a school's requests tell it from others: by its stage and by what the school calls it."""

    school: int
    stage: str
    year_groups: str

    @classmethod
    def of(cls, school: int, stage: str, year_groups: str) -> "SchoolClass":
        """The class that is written so, without the spaces around it and in small letters.

        Letters from A to Z alone are made small: so do both databases, whatever language they are set up for.
        """
        return cls(school, stage, year_groups.strip(" ").encode().lower().decode())


@dataclass(frozen=True)
class Wanted:
    """All that matching needs to know of a request; a blank stage means any, a blank activity any of one visit."""

    point: Point | None
    nation: Nation
    subject: str
    stage: str
    activity: str
    online: bool
    times: tuple[Interval, ...]
    # Those of the times that are sooner than the school was promised: few are asked so soon before (rule T-10).
    soon: frozenset[Interval] = frozenset()
    # Someone whom the school asks for by name, because they came before.
    again: int | None = None
    people: int = 1
    # Whose it is, and what the school calls the class: nobody comes whom one of the two would rather not meet again,
    # and nobody who came to the class last time (rule 6.4).
    school: int | None = None
    year_groups: str = ""
    # The language in which it is wanted, as the list of them writes it; blank: English, which everybody speaks.
    language: str = ""
    # What the school hopes for besides (E-41): it keeps nobody out, and orders those who fit.
    aims: frozenset[str] = frozenset()
    # Of a series: how many meetings it has, how many weeks apart, and which others come with each of the times. Whoever
    # is asked for one is asked for all of them.
    meetings: int = 1
    weeks_apart: int = 1
    further: Mapping[Interval, tuple[Interval, ...]] = field(default_factory=dict, hash=False)

    def all_of(self, interval: Interval) -> tuple[Interval, ...]:
        """One of the times with the further meetings that come with it."""
        return (interval, *self.further.get(interval, ()))

    @property
    def every(self) -> tuple[Interval, ...]:
        """All times, and all meetings that come with them, each once."""
        if not self.further:
            return self.times
        return tuple(dict.fromkeys(each for interval in self.times for each in self.all_of(interval)))

    @property
    def is_often(self) -> bool:
        """Whether it is a series that counts as frequent by itself (rule V-15)."""
        return is_frequent_series(self.activity, self.meetings, self.weeks_apart)

    @property
    def school_class(self) -> SchoolClass | None:
        """The class that is to be visited; None while nobody knows which it is."""
        if self.school is None or not self.stage or not self.year_groups.strip(" "):
            return None
        return SchoolClass.of(self.school, self.stage, self.year_groups)

    @property
    def kept_from(self) -> frozenset[Condition]:
        """The conditions under which nobody is booked for this (rule V-34)."""
        against = conditions_against(
            online=self.online,
            stage=self.stage,
            activity=self.activity,
            people=self.people,
            is_series=self.meetings > 1,
        )
        # Any stage is a secondary one as well.
        return against if self.stage else against - {Condition.KS_LIMIT}
