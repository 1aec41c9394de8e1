"""How far it is to the people who live nearest, asked for every school of a nation."""

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from bookings.priority.reckoning import FARTHEST_MINUTES, NEAREST, median_minutes
from stem.geography.points import Point
from stem.geography.travel import km_for_minutes, minutes_for_km, way_to

# Homes are put into squares, each at least so wide in Great Britain and Northern Ireland (49 to 61 degrees north).
_LAT, _LON, _SIDE_KM = 0.0125, 0.025, 1.325
_FARTHEST_KM = km_for_minutes(FARTHEST_MINUTES)
_MOST_ROUNDS = int(_FARTHEST_KM / _SIDE_KM) + 1


class Homes:
    """Where people live, in squares: whoever is near is found without a look at everybody."""

    def __init__(self, homes: Iterable[tuple[float, float]]) -> None:
        self._squares: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for lat, lon in homes:
            self._squares[int(lat // _LAT), int(lon // _LON)].append((lat, lon))

    def minutes_from(self, point: Point) -> int:
        """To the middle one of the five nearest, as remoteness has it; an hour for whoever is farther or missing."""
        km_from = way_to(point)
        near: list[float] = []
        for ring in range(_MOST_ROUNDS + 1):
            near += [km_from(lat, lon) for lat, lon in self._on_ring(point, ring)]
            # Whoever lives in no square looked at so far is farther away than this.
            if len([km for km in near if km <= ring * _SIDE_KM]) >= NEAREST:
                break
        within = [km for km in nsmallest(NEAREST, near) if km <= _FARTHEST_KM]
        return median_minutes([minutes_for_km(km) for km in within])

    def _on_ring(self, point: Point, ring: int) -> Iterable[tuple[float, float]]:
        row, column = int(point.lat // _LAT), int(point.lon // _LON)
        for down in range(-ring, ring + 1):
            # Of the rows between the first and the last only both ends are new.
            step = 1 if abs(down) == ring else 2 * ring
            for across in range(-ring, ring + 1, step):
                yield from self._squares.get((row + down, column + across), ())
