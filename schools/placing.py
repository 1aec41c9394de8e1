"""Where a school is, when its register and its postcode may say different things. Pure."""

from dataclasses import dataclass

from schools.enums import PlaceNote
from stem.geography.places import Place
from stem.geography.points import Point, km_between

# A school's grounds, and its postcode's, lie within this; grid references farther off are slips of somebody's pen.
FARTHEST_KM = 1.0


@dataclass(frozen=True, slots=True)
class Settled:
    """The point we go by, whether it is only roughly right, and what is to be noted."""

    point: Point | None
    approximate: bool
    note: str


def settle(grid: Point | None, place: Place | None) -> Settled:
    """The register's point, unless it lies more than a kilometre from a postcode that is known exactly."""
    if grid is None:
        return Settled(place.point, place.approximate, "") if place else Settled(None, False, PlaceNote.NOWHERE)
    if place is None or place.approximate:
        return Settled(grid, False, PlaceNote.UNCHECKED)
    if km_between(grid, place.point) > FARTHEST_KM:
        return Settled(place.point, False, PlaceNote.GRID_FAR)
    return Settled(grid, False, "")
