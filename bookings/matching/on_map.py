"""Candidates on a map: the school, how far one travels in a while, and about where each of them sets out."""

from collections.abc import Iterable
from dataclasses import dataclass

from bookings.matching.shortlist import Card
from bookings.models import Request
from stem.geography.points import Point
from stem.geography.travel import km_for_minutes

# Minutes by the rule of T-30, so that each is a circle.
RINGS = (15, 30, 60)
# A home is kept as the middle of its postcode's sector; on the map it is moved to the corner of squares about as wide
# as this many degrees, a kilometre and a bit either way in Britain, so that no small sector stands out (rule P-04).
SQUARE_LAT, SQUARE_LON = 0.01, 0.02


@dataclass(frozen=True)
class Ring:
    """Everywhere within so many minutes of the school."""

    minutes: int
    metres: int


@dataclass(frozen=True)
class Pin:
    """A candidate, by their number in the list, about where they live."""

    card: Card
    point: Point


@dataclass(frozen=True)
class CandidatesMap:
    """All that the map shows; the list says the same in words."""

    school: Point
    rings: tuple[Ring, ...]
    pins: tuple[Pin, ...]


def neighbourhood(home: Point) -> Point:
    """About where somebody lives: the same for everybody of a square, and within a mile of the point that we keep."""
    return Point(
        round(round(home.lat / SQUARE_LAT) * SQUARE_LAT, 2), round(round(home.lon / SQUARE_LON) * SQUARE_LON, 2)
    )


def draw_map(wanted: Request, cards: Iterable[Card]) -> CandidatesMap | None:
    """The map of these candidates; None where nobody travels or is to be shown, or the school's place is unknown."""
    school = wanted.school.point
    homes = [(card, card.match.ambassador.point) for card in cards]
    pins = tuple(Pin(card, neighbourhood(home)) for card, home in homes if home is not None)
    if wanted.is_online or school is None or not pins:
        return None
    rings = tuple(Ring(minutes, round(1000 * km_for_minutes(minutes))) for minutes in RINGS)
    return CandidatesMap(school, rings, pins)
