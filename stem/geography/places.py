"""From a postcode to a place."""

from dataclasses import dataclass

from stem.geography.areas import AREAS
from stem.geography.points import Point
from stem.geography.postcodes import ELSEWHERE, Postcode, read_postcode
from stem.nations import Nation
from stem.rules import Kind, refuse


@dataclass(frozen=True, slots=True)
class Place:
    """Where a postcode is; approximate when that is only the middle of its area, perhaps an hour's drive away."""

    postcode: Postcode
    point: Point
    approximate: bool
    nation: Nation
    region_name: str


def locate(text: str) -> Place:
    """The place of a postcode in any spelling.

    Refuses with `postcode` when it is none, or lies outside the United Kingdom, or is nowhere in particular.
    """
    postcode = read_postcode(text)
    if postcode.area in ELSEWHERE:
        raise refuse("postcode", Kind.INPUT, str(ELSEWHERE[postcode.area]))
    area = AREAS[postcode.area]
    return Place(postcode, area.point, approximate=True, nation=area.nation, region_name=area.region)
