"""How long the way is, by one rule everywhere, so that a limit in minutes is a circle on the map (rule T-30)."""

from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt

from stem.geography.points import EARTH_RADIUS_KM, Point, km_between

ROAD_FACTOR = 1.3  # roads wind: kilometres driven for each one the crow flies
SPEED_KM_PER_HOUR = 50
KM_PER_MILE = 1.609344


def road_km_between(a: Point, b: Point) -> float:
    """Kilometres by road."""
    return km_between(a, b) * ROAD_FACTOR


def minutes_between(a: Point, b: Point) -> int:
    """Minutes one way, to the nearest minute: what people read."""
    return minutes_for_km(km_between(a, b))


def way_to(there: Point) -> Callable[[float, float], float]:
    """`km_between`, from a latitude and longitude to one place, for whoever asks it of thousands."""
    lat_there, lon_there = radians(there.lat), there.lon
    across = cos(lat_there)

    def km_from(lat: float, lon: float) -> float:
        lat_here = radians(lat)
        half = sin((lat_there - lat_here) / 2) ** 2 + cos(lat_here) * across * sin(radians(lon_there - lon) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))

    return km_from


def minutes_for_km(km: float) -> int:
    """How long the way is that is so far as the crow flies, to the nearest minute."""
    return round(km * ROAD_FACTOR / SPEED_KM_PER_HOUR * 60)


def road_km_for_minutes(minutes: float) -> float:
    """How far by road one gets in these minutes: what people read beside a time."""
    return minutes / 60 * SPEED_KM_PER_HOUR


def km_for_minutes(minutes: float) -> float:
    """How far the crow flies in the time that a car takes: the radius of everywhere within these minutes."""
    return road_km_for_minutes(minutes) / ROAD_FACTOR


def is_within_minutes(a: Point, b: Point, limit: float) -> bool:
    """Whether the way takes no longer than a limit: asked of the circle, so that rounding lets nobody in or out."""
    return km_between(a, b) <= km_for_minutes(limit)


def miles(km: float) -> float:
    """Kilometres as miles, which is what pages show."""
    return km / KM_PER_MILE
