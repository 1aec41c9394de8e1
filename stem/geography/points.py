"""Points on the Earth, and how far apart they are."""

from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
_HAIR = 1e-10  # radians, half a millimetre: what rounding could otherwise leave out at a box's edge


@dataclass(frozen=True, slots=True)
class Point:
    """A place by latitude and longitude in degrees (WGS 84)."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"No such place: {self.lat}, {self.lon}")


@dataclass(frozen=True, slots=True)
class Box:
    """All places between two latitudes and two longitudes, the edges included."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the box."""
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


def km_between(a: Point, b: Point) -> float:
    """Kilometres along the great circle, by the haversine formula on a sphere: within half a per cent of the truth."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    # Rounding can push opposite ends of the Earth a hair above 1, where asin has no answer.
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def bounding_box(centre: Point, km: float) -> Box:
    """The smallest box of latitudes and longitudes that holds every place within `km` of the centre.

    Near a pole, and where the circle crosses the date line, it holds every longitude: a box narrows a search, and
    `km_between` decides.
    """
    if km < 0:
        raise ValueError("A circle has no negative radius.")
    angle = km / EARTH_RADIUS_KM + _HAIR
    south, north = centre.lat - degrees(angle), centre.lat + degrees(angle)
    if south <= -90 or north >= 90 or angle >= pi / 2:
        return Box(max(south, -90.0), -180.0, min(north, 90.0), 180.0)
    # The circle is widest a little poleward of its centre, hence asin and not a division by cos(lat).
    across = degrees(asin(min(1.0, sin(angle) / cos(radians(centre.lat)))))
    west, east = centre.lon - across, centre.lon + across
    if west < -180 or east > 180:
        west, east = -180.0, 180.0
    return Box(south, west, north, east)
