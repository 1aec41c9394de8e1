"""How well and how fast duplicates are found in made registers of which we know who is whom."""

import resource
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from ambassadors.linkage.finding import PROPOSE, Found, find_pairs
from ambassadors.linkage.records import Person, read_person
from demo.made_people import Pair, make_people, true_pairs
from demo.made_slips import MadeRecord
from demo.measuring import Row, timed

# The largest last: the peak of memory is the process's so far.
SIZES = (10_000, 60_000, 200_000)
SEED = 5  # of a register that no weight was ever looked at with


@dataclass(frozen=True)
class Score:
    """How well: of what was proposed how much is true, of what is true how much was proposed, and both in one."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}, recall {self.recall:.4f}, F1 {self.f1:.4f}"


def as_people(rows: Sequence[MadeRecord]) -> list[Person]:
    """Made records as the engine takes them: without the truth."""
    return [
        Person(
            scheme=row.scheme,
            legacy_id=row.legacy_id,
            full_name=row.full_name,
            known_as=row.known_as,
            email=row.email,
            phone=row.phone,
            postcode=row.postcode,
            lat=row.lat,
            lon=row.lon,
            employer=row.employer,
            orcid=row.orcid,
        )
        for row in rows
    ]


def score(found: Found, people: Sequence[Person], truth: set[Pair], *, at: float = PROPOSE) -> Score:
    """How well what was found at this threshold agrees with the truth."""
    place = {person.key: number for number, person in enumerate(people)}
    proposed = {tuple(sorted((place[pair.a.key], place[pair.b.key]))) for pair in found.pairs if pair.probability >= at}
    right = len(proposed & truth)
    return Score(right / max(len(proposed), 1), right / max(len(truth), 1))


def bench_linkage() -> list[Row]:
    """Everything found, at three sizes; floor: the same rows read, in one spelling, and put together by e-mail."""
    return [row for size in SIZES for row in _bench(size)]


def _bench(size: int) -> list[Row]:
    rows = make_people(size, seed=SEED)
    people, truth = as_people(rows), true_pairs(rows)
    floor = timed(lambda: _read_and_put_together(people))
    figures = []
    for learn, by in ((True, "learned from it"), (False, "as given")):
        found, took = _found(people, learn=learn)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        what = (
            f"{len(rows)} records, {len(truth)} true pairs, weights {by}: {score(found, people, truth)};"
            f" {found.compared} pairs compared, peak {peak} MB"
        )
        seconds, bare = round(took / 1000, 2), round(floor / 1000, 2)
        figures.append(Row(what, 1, connection.vendor, seconds, seconds, bare, round(took / floor, 2), "s"))
    return figures


def _found(people: Sequence[Person], *, learn: bool) -> tuple[Found, float]:
    """What is found, and in how many milliseconds."""
    found: list[Found] = []
    took = timed(lambda: found.append(find_pairs(people, learn=learn)))
    return found[0], took


def _read_and_put_together(people: Sequence[Person]) -> object:
    by_email = defaultdict(list)
    for place, person in enumerate(people):
        by_email[read_person(person).email].append(place)
    return by_email
