"""Where a postcode district is: by its middle alone, so that nothing nearer than a district is ever asked about."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stem.geography.areas import AREAS
from stem.geography.models import Sector
from stem.geography.points import Point
from stem.geography.postcodes import District
from stem.geography.sectors import NATION_BY_LETTER
from stem.nations import Nation
from stem.rules import Kind, refuse

PLACES = 6


@dataclass(frozen=True, slots=True)
class DistrictPlace:
    """The middle of a district; approximate without a directory of postcodes: then it is the middle of its area."""

    district: District
    point: Point
    nation: Nation
    approximate: bool = False


def place_of_district(district: District) -> DistrictPlace:
    """Where this district is, by the mean of its sectors' middles. At most two statements.

    Refuses with `district` one that the directory of postcodes does not know.
    """
    area = AREAS[district.area]
    # A sector is a digit more; to ask for each by name needs no order of letters, which databases do not share.
    sectors = [f"{district} {digit}" for digit in range(10)]
    rows = list(Sector.objects.in_force().filter(code__in=sectors).values_list("lat", "lon", "authorities"))
    points = [(lat, lon) for lat, lon, _codes in rows if lat is not None and lon is not None]
    if not rows and Sector.objects.in_force().exists():
        words = _("We know no postcode district %(district)s. Check it, or try one beside it.")
        raise refuse("district", Kind.INPUT, words % {"district": district})
    if not points:
        return DistrictPlace(district, area.point, area.nation, approximate=True)
    lats, lons = zip(*points, strict=True)
    middle = Point(round(sum(lats) / len(points), PLACES), round(sum(lons) / len(points), PLACES))
    return DistrictPlace(district, middle, _nation_of([codes for _lat, _lon, codes in rows]) or area.nation)


def _nation_of(authorities: list[str]) -> Nation | None:
    """The nation in which most of the authorities of these sectors lie, if they tell."""
    told = Counter(NATION_BY_LETTER.get(code[:1]) for codes in authorities for code in codes.split(" "))
    del told[None]
    return told.most_common(1)[0][0] if told else None
