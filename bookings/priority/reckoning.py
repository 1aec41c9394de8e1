"""How soon a request should be looked at: named parts from 0 to 1, named weights, each from figures that are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

from stem.curriculum import Stage

WEIGHTS = {
    "disadvantage": 0.30,
    "coldness": 0.25,
    "remoteness": 0.15,
    "stage": 0.15,
    "waiting": 0.15,
}
# What a part counts as of which nothing is known: neither an advantage nor a handicap (decision 33).
UNKNOWN = 0.5
DECIMALS = 4

COLD_MONTHS = 36
VISITS_A_YEAR = 2  # for each thousand pupils, and for a school with fewer
YEARS = 3
# Children form a picture of future lives in primary, and first decide by 14 (SD-11).
STAGE_WEIGHTS = {
    Stage.KS1: 0.7,
    Stage.KS2: 0.9,
    Stage.KS3: 1.0,
    Stage.KS4: 0.6,
    Stage.KS5: 0.4,
    Stage.FE: 0.4,
}
NEAREST = 5
FARTHEST_MINUTES = 60
LONGEST_WAIT = 20  # school days


@dataclass(frozen=True)
class Figures:
    """What is known of a request and its school on one day."""

    # The school's percentiles, each by one measure among schools of its kind: 1 is the most disadvantaged (E-03).
    percentiles: tuple[float, ...]
    visits: int
    roll: int | None
    # To the nearest ambassadors within an hour, five at most; None where nobody knows where the school is.
    minutes: tuple[int, ...] | None
    stage: str
    school_days: int
    # Someone had promised to come, and then could not (rule T-53).
    fell_through: bool


@dataclass(frozen=True)
class Parts:
    """The parts of one request's priority, each from 0 to 1, or None where nothing is known of it."""

    disadvantage: float | None
    coldness: float
    remoteness: float | None
    stage: float | None
    waiting: float

    @property
    def score(self) -> float:
        """The weighted sum, from 0 to 1; what is not known counts as the middle."""
        return round(sum(weight * self.counted(name) for name, weight in WEIGHTS.items()), DECIMALS)

    def counted(self, name: str) -> float:
        """What this part counts as."""
        part: float | None = getattr(self, name)
        return UNKNOWN if part is None else part


def parts_of(figures: Figures) -> Parts:
    """Every part, from what is known."""
    return Parts(
        disadvantage=disadvantage(figures.percentiles),
        coldness=coldness(figures.visits, figures.roll),
        remoteness=None if figures.minutes is None else remoteness(figures.minutes),
        stage=STAGE_WEIGHTS.get(Stage(figures.stage)) if figures.stage in Stage else None,
        waiting=waiting(figures.school_days, fell_through=figures.fell_through),
    )


def disadvantage(percentiles: Collection[float]) -> float | None:
    """The mean of the percentiles that there are; None where there is none."""
    return round(sum(percentiles) / len(percentiles), DECIMALS) if percentiles else None


def expected_visits(roll: int | None) -> float:
    """How many visits a school of this size has in three years where all have their share.

    One whose roll nobody knows counts as one of up to a thousand pupils, as most are.
    """
    return VISITS_A_YEAR * max(1.0, (roll or 0) / 1000) * YEARS


def coldness(visits: int, roll: int | None) -> float:
    """1 for a school that has had no visit in three years, 0 for one that has had its share."""
    return round(max(0.0, 1 - visits / expected_visits(roll)), DECIMALS)


def median_minutes(minutes: Collection[int]) -> int:
    """To the middle one of the five nearest ambassadors; an hour stands for whoever is missing or farther away."""
    nearest = sorted(minutes)[:NEAREST]
    return int(median(nearest + [FARTHEST_MINUTES] * (NEAREST - len(nearest))))


def remoteness(minutes: Collection[int]) -> float:
    """0 where ambassadors live at the door, 1 where the middle one of the five nearest is an hour away or more."""
    return round(min(1.0, median_minutes(minutes) / FARTHEST_MINUTES), DECIMALS)


def waiting(school_days: int, *, fell_through: bool = False) -> float:
    """0 on the day it was sent in, 1 after four weeks of school, and at once where someone had promised to come."""
    return 1.0 if fell_through else round(min(1.0, max(0, school_days) / LONGEST_WAIT), DECIMALS)
