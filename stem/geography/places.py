"""From a postcode to a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from stem.geography.areas import AREAS
from stem.geography.authorities import authority_of
from stem.geography.models import Sector
from stem.geography.points import Point
from stem.geography.postcodes import ELSEWHERE, Postcode, read_postcode
from stem.geography.sectors import NATION_BY_LETTER, Unit, find_unit
from stem.nations import Nation
from stem.rules import Kind, refuse


@dataclass(frozen=True, slots=True)
class Place:
    """Where a postcode is.

    Exact when the directory of postcodes knows its point; otherwise approximate: the middle of its sector, a mile or
    two away, or without a directory the middle of its area, perhaps an hour's drive away.
    """

    postcode: Postcode
    point: Point
    approximate: bool
    nation: Nation
    region_name: str
    authority: str
    # The middle of the sector, by which a home is placed (rule P-04); None where the directory does not know it.
    sector_middle: Point | None


class Gazetteer:
    """The directory of postcodes in force, read a sector at a time and remembered for as long as it is held."""

    def __init__(self) -> None:
        self._sectors: dict[str, Sector | None] = {}

    def read_ahead(self, postcodes: Iterable[Postcode]) -> None:
        """Read the sectors of many postcodes in one query."""
        wanted = {sector for sector in (each.sector for each in postcodes) if sector not in self._sectors}
        if wanted:
            found = {sector.code: sector for sector in Sector.objects.in_force().filter(code__in=wanted)}
            self._sectors.update({code: found.get(code) for code in wanted})

    def place_of(self, postcode: Postcode) -> Place:
        """Where this postcode is. Refuses with `postcode` one outside the United Kingdom, or nowhere in particular."""
        if postcode.area in ELSEWHERE:
            raise refuse("postcode", Kind.INPUT, str(ELSEWHERE[postcode.area]))
        self.read_ahead([postcode])
        area = AREAS[postcode.area]
        sector = self._sectors[postcode.sector]
        if sector is None:
            return Place(postcode, area.point, True, area.nation, area.region, "", None)
        codes = ["" if code == "-" else code for code in sector.authorities.split(" ")]
        middle = None if sector.lat is None or sector.lon is None else Point(sector.lat, sector.lon)
        unit = find_unit(bytes(sector.units), codes, postcode.inward[1:])
        code = unit.code if unit else (codes[0] if len(codes) == 1 else "")
        authority = authority_of(code)
        nation = NATION_BY_LETTER.get(code[:1]) or _only_nation(codes) or area.nation
        return Place(
            postcode,
            _best(unit, middle, area.point),
            approximate=unit is None or unit.point is None,
            nation=nation,
            region_name=authority.region
            if authority
            else (area.region if nation == area.nation else _REGION_OF[nation]),
            authority=authority.name if authority else "",
            sector_middle=middle,
        )


# Where the directory names no authority and the area is another nation's; England's regions would need its name.
_REGION_OF = {Nation.ENG: "", Nation.WLS: "Wales", Nation.SCO: "Scotland", Nation.NIR: "Northern Ireland"}


def _best(unit: Unit | None, middle: Point | None, otherwise: Point) -> Point:
    if unit is not None and unit.point is not None:
        return unit.point
    return middle if middle is not None else otherwise


def _only_nation(codes: list[str]) -> Nation | None:
    """The nation of a sector that lies in one."""
    nations = {NATION_BY_LETTER.get(code[:1]) for code in codes}
    return nations.pop() if len(nations) == 1 else None


def locate(text: str) -> Place:
    """The place of a postcode in any spelling.

    Refuses with `postcode` when it is none, or lies outside the United Kingdom, or is nowhere in particular.
    """
    return Gazetteer().place_of(read_postcode(text))
