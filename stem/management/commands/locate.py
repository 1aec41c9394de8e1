"""Say where a postcode is."""

from typing import Any

from django.core.management.base import CommandParser

from stem.commands import HouseCommand
from stem.geography.places import locate


class Command(HouseCommand):
    help = "Say where a postcode is, in any spelling."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one postcode, with or without its space."""
        super().add_arguments(parser)
        parser.add_argument("postcode", nargs="+", help="such as LS2 9JT; quotes are not needed")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Where it is. Refuses with `postcode` what is none."""
        place = locate(" ".join(options["postcode"]))
        return {
            "postcode": place.postcode.official,
            "lat": place.point.lat,
            "lon": place.point.lon,
            "approximate": place.approximate,
            "nation": place.nation.value,
            "region": place.region_name,
            "authority": place.authority,
        }
