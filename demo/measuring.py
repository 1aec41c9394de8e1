"""What a measurement is: a figure of ours beside its floor, both from the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connection

ROUNDS = 100


@dataclass(frozen=True)
class Row:
    """One figure beside its floor."""

    what: str
    n: int
    engine: str
    median: float
    p95: float
    floor: float
    ratio: float
    unit: str = "ms"


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds this takes, once."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def beside(what: str, ours: Callable[[], object], floor: Callable[[], object], *, rounds: int = ROUNDS) -> Row:
    """Both measured in turn, so that a machine whose speed drifts slows both."""
    ours(), floor()
    pairs = [(timed(ours), timed(floor)) for _round in range(rounds)]
    mine, least = [each for each, _ in pairs], median(each for _, each in pairs)
    p95 = quantiles(mine, n=20)[-1]
    return Row(
        what,
        rounds,
        connection.vendor,
        round(median(mine), 3),
        round(p95, 3),
        round(least, 3),
        round(median(mine) / least, 2),
    )
