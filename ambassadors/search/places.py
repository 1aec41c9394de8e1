"""Round which place people are looked for."""

from dataclasses import dataclass

from ambassadors.linkage.names import fold
from ambassadors.search.typed import MOST_MILES, towns
from stem.geography.areas import AREAS
from stem.geography.places import locate
from stem.geography.points import Point
from stem.geography.travel import KM_PER_MILE

USUAL_MILES = 10


@dataclass(frozen=True, slots=True)
class Circle:
    """So many kilometres round a point."""

    centre: Point
    km: float


def circle_round(where: str, miles: int | None) -> Circle:
    """So many miles round a postcode or a post town. Refuses with `postcode` what is neither."""
    areas = towns().get(" ".join(fold(where).split()), frozenset())
    centre = AREAS[min(areas)].point if areas else locate(where).point
    return Circle(centre, min(USUAL_MILES if miles is None else miles, MOST_MILES) * KM_PER_MILE)
