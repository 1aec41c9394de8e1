"""Draw how far someone can go: a circle round their neighbourhood with the schools in it. Pure.

The map is plane enough to be simple and true where it matters: every point stands at its true distance from the middle
and in its true direction, so that the limit in minutes is a circle and a dot is inside it when its school is (T-30).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, radians, sin
from typing import NamedTuple

from stem.geography.points import EARTH_RADIUS_KM, Point, km_between
from stem.geography.travel import KM_PER_MILE, is_within_minutes, km_for_minutes

# The paper is a square with the home in its middle, in units that a stylesheet makes as large as there is room for.
SIDE = 320.0
MIDDLE = SIDE / 2
RADIUS = 132.0
# Beyond the circle a little of what lies outside is shown.
SHOWN = MIDDLE / RADIUS
MOST_DOTS = 500
MOST_LABELS = 6
# A letter is no wider than this and a line no higher, in units: rather too much, so that no two names touch.
LETTER, LINE = 7.4, 15.0
LONGEST_LABEL = 18
MARGIN = 4.0
SCALES = (1, 2, 5, 10, 20, 50, 100)
LONGEST_SCALE = 100.0
# A dot that stands on the line itself is moved by less than anyone sees, to the side on which its school is.
OFF_THE_LINE = 0.2
# Nearer and farther than these shares of the radius the plane is sure; between them the rule itself decides.
SURELY_IN, SURELY_OUT = 0.97, 1.03
DEGREE_KM = radians(1) * EARTH_RADIUS_KM


class Spot(NamedTuple):
    """A school as the map knows it: of these there may be ten thousand, so it is as light as a row."""

    number: int
    lat: float
    lon: float
    town: str = ""
    phase: str = ""

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Dot:
    """A school on the paper."""

    x: float
    y: float
    is_within: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a town on the paper: its middle, and the box it needs."""

    text: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """No narrower than it is drawn."""
        return LETTER * len(self.text)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (self.x - self.width / 2, self.y - LINE / 2, self.x + self.width / 2, self.y + LINE / 2)

    def touches(self, other: "Label") -> bool:
        """Whether the two boxes overlap."""
        left, top, right, bottom = self.box
        its_left, its_top, its_right, its_bottom = other.box
        return left < its_right and its_left < right and top < its_bottom and its_top < bottom


@dataclass(frozen=True)
class Drawing:
    """All that stands on the paper."""

    dots: list[Dot]
    labels: list[Label]
    is_sampled: bool
    scale_miles: int
    scale: float

    @property
    def within(self) -> str:
        """The schools one can go to, as the data of one path: points that a round pen makes into dots."""
        return _path(dot for dot in self.dots if dot.is_within)

    @property
    def beyond(self) -> str:
        """Those a little farther than that."""
        return _path(dot for dot in self.dots if not dot.is_within)


def _path(dots: Iterable[Dot]) -> str:
    return "".join(f"M{dot.x:g} {dot.y:g}h0" for dot in dots)


def shown_km(minutes: float) -> float:
    """How far from the middle to the side of the paper."""
    return km_for_minutes(minutes) * SHOWN


def split(home: Point, minutes: float, spots: Iterable[Spot]) -> tuple[list[Spot], list[Spot]]:
    """The schools within these minutes, and the others; by the very rule that the matcher goes by."""
    radius = km_for_minutes(minutes)
    sure_in, sure_out = (radius * SURELY_IN) ** 2, (radius * SURELY_OUT) ** 2
    within: list[Spot] = []
    beyond: list[Spot] = []
    for spot in spots:
        north = (spot.lat - home.lat) * DEGREE_KM
        east = (spot.lon - home.lon) * DEGREE_KM * cos(radians((spot.lat + home.lat) / 2))
        squared = north * north + east * east
        if squared < sure_in or (squared < sure_out and is_within_minutes(home, spot.point, minutes)):
            within.append(spot)
        else:
            beyond.append(spot)
    return within, beyond


def place(home: Point, radius_km: float, point: Point) -> tuple[float, float]:
    """Where a point stands on the paper: at its true distance, in its true direction, north up."""
    lat_a, lat_b, turn = radians(home.lat), radians(point.lat), radians(point.lon - home.lon)
    east = sin(turn) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(turn)
    bearing = atan2(east, north)
    far = km_between(home, point) / radius_km * RADIUS
    return MIDDLE + far * sin(bearing), MIDDLE - far * cos(bearing)


def _dot(home: Point, radius_km: float, spot: Spot, *, is_within: bool) -> Dot:
    x, y = place(home, radius_km, spot.point)
    far = hypot(x - MIDDLE, y - MIDDLE)
    kept = min(far, RADIUS - OFF_THE_LINE) if is_within else max(far, RADIUS + OFF_THE_LINE)
    if far and kept != far:
        x, y = MIDDLE + (x - MIDDLE) * kept / far, MIDDLE + (y - MIDDLE) * kept / far
    return Dot(round(x, 1), round(y, 1), is_within)


def _is_on_paper(dot: Dot) -> bool:
    return MARGIN <= dot.x <= SIDE - MARGIN and MARGIN <= dot.y <= SIDE - MARGIN


def sample(spots: Sequence[Spot], most: int) -> list[Spot]:
    """So many of these and no more: always the same ones, and spread as all of them are."""
    if len(spots) <= most:
        return list(spots)
    return sorted(spots, key=lambda spot: (spot.number * 2_654_435_761 % 2**32, spot.number))[:most]


def draw(home: Point, minutes: float, within: Sequence[Spot], beyond: Sequence[Spot]) -> Drawing:
    """The map of these schools, with the names of the towns that have most of them."""
    radius_km = km_for_minutes(minutes)
    share = len(within) / (len(within) + len(beyond) or 1)
    inside = sample(within, max(1, round(MOST_DOTS * share)))
    outside = sample(beyond, MOST_DOTS - len(inside))
    # A picture of those that are farther serves the eye; the circle's own come last and lie on top.
    dots = [_dot(home, radius_km, spot, is_within=False) for spot in outside]
    dots += [_dot(home, radius_km, spot, is_within=True) for spot in inside]
    miles, length = _scale(radius_km)
    return Drawing(
        dots=[dot for dot in dots if _is_on_paper(dot)],
        labels=label(home, radius_km, within or beyond),
        is_sampled=len(inside) + len(outside) < len(within) + len(beyond),
        scale_miles=miles,
        scale=length,
    )


def _scale(radius_km: float) -> tuple[int, float]:
    """The largest round number of miles whose bar is short enough, and the bar's length."""
    mile = KM_PER_MILE / radius_km * RADIUS
    fitting = [each for each in SCALES if each * mile <= LONGEST_SCALE]
    chosen = fitting[-1] if fitting else SCALES[0]
    return chosen, round(chosen * mile, 1)


def label(home: Point, radius_km: float, spots: Iterable[Spot]) -> list[Label]:
    """The names of the towns with most schools, each over the middle of them, where it touches nothing."""
    towns: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.town:
            towns[spot.town.casefold()].append(spot)
    # The home's own mark, and the corners in which the scale and the arrow stand.
    taken = [Label("home", MIDDLE, MIDDLE), Label("N", SIDE - 14, 18), Label("x" * 20, 66, SIDE - 14)]
    placed: list[Label] = []
    for _town, theirs in sorted(towns.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(placed) == MOST_LABELS:
            break
        # Registers write one town in more ways than one.
        name = min(Counter(spot.town for spot in theirs).items(), key=lambda item: (-item[1], item[0]))[0]
        if len(name) <= LONGEST_LABEL and (found := _room_for(name, home, radius_km, theirs, taken)):
            taken.append(found)
            placed.append(found)
    return placed


def _room_for(town: str, home: Point, radius_km: float, spots: list[Spot], taken: list[Label]) -> Label | None:
    middle = Point(sum(spot.lat for spot in spots) / len(spots), sum(spot.lon for spot in spots) / len(spots))
    x, y = place(home, radius_km, middle)
    for up in (0.0, -LINE, LINE, -2 * LINE, 2 * LINE):
        tried = Label(town, round(x, 1), round(y + up, 1))
        left, top, right, bottom = tried.box
        is_inside = left >= MARGIN and top >= MARGIN and right <= SIDE - MARGIN and bottom <= SIDE - MARGIN
        if is_inside and not any(tried.touches(other) for other in taken):
            return tried
    return None
