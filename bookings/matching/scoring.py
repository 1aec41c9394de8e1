"""How well a person suits a request: named parts from 0 to 1, named weights, no database (rule 6.4).

Quality is a gate and never a part (E-30); no part is a protected characteristic (E-43).
"""

from dataclasses import dataclass

WEIGHTS = {
    "topic": 0.30,
    "stage": 0.20,
    "activity": 0.15,
    "route_aim": 0.10,
    "nearness": 0.15,
    "load": 0.10,
}


@dataclass(frozen=True)
class Parts:
    """The parts of one person's score, each from 0 to 1."""

    topic: float
    stage: float
    activity: float
    route_aim: float
    nearness: float
    load: float

    @property
    def score(self) -> float:
        """The weighted sum, from 0 to 1, to four places: what is ranked is what is shown."""
        return score(self.topic, self.nearness, self.load, stage=self.stage, activity=self.activity, aim=self.route_aim)


def score(
    topic: float, nearness: float, load: float, *, stage: float = 1.0, activity: float = 1.0, aim: float = 0.0
) -> float:
    """The weighted sum of the parts, from 0 to 1, to four places: for whoever asks it of thousands."""
    weight = WEIGHTS
    # From left to right as written: the last place of a sum depends on it.
    whole = (
        weight["topic"] * topic
        + weight["stage"] * stage
        + weight["activity"] * activity
        + weight["route_aim"] * aim
        + weight["nearness"] * nearness
        + weight["load"] * load
    )
    return round(whole, 4)


def nearness(minutes: float, max_minutes: float) -> float:
    """1 at the door, 0 at the end of how far this person goes. Someone online is at the door."""
    if minutes <= 0:
        return 1.0
    return max(0.0, 1 - minutes / max_minutes) if max_minutes else 0.0


def aim_part(opted_in: int, hoped_for: int) -> float:
    """The share of the aims a school hopes for that somebody has opted in to; 0 where it hopes for none (rule E-41)."""
    return opted_in / hoped_for if hoped_for else 0.0


def load_part(visits_and_pending: int) -> float:
    """1 for someone who has not been asked of late, halved by the first visit or open offer, and so on."""
    return 1 / (1 + visits_and_pending)
