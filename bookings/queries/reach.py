"""How far someone can go, and which schools that reaches."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ambassadors.models import Ambassador
from bookings.mapping import Drawing, Spot, draw, shown_km, split
from schools.enums import Phase, Register
from schools.models import School
from stem.curriculum import Words
from stem.geography.located import PlaceColumns
from stem.geography.points import Point
from stem.geography.travel import miles, road_km_for_minutes
from stem.nations import Nation
from stem.rules import Refusal
from stem.wording import miles_in_words

# The phases as someone thinks of them who has no school.
GROUPS: tuple[tuple[Words, tuple[Phase, ...]], ...] = (
    (lazy("Primary"), (Phase.NURSERY, Phase.PRIMARY)),
    (lazy("Secondary"), (Phase.MIDDLE, Phase.SECONDARY, Phase.ALL_THROUGH)),
    (lazy("Colleges and sixth forms"), (Phase.SIXTEEN_PLUS,)),
    (lazy("Special"), (Phase.SPECIAL,)),
)


@dataclass(frozen=True)
class Reach:
    """The schools within someone's reach: how many of each sort, and the map of them unless a sentence says why not."""

    minutes: int
    total: int = 0
    by_phase: tuple[tuple[Words, int], ...] = ()
    drawing: Drawing | None = None
    note: str = ""

    @property
    def title(self) -> str:
        """The number, in the words that head the map."""
        words = ngettext(
            "%(n)s school within %(minutes)d minutes", "%(n)s schools within %(minutes)d minutes", self.total
        )
        return words % {"n": f"{self.total:,}", "minutes": self.minutes}

    @property
    def about(self) -> str:
        """How far that is by road."""
        far = miles_in_words(miles(road_km_for_minutes(self.minutes)))
        return _("About %(miles)s by road, by the same rule that we match by.") % {"miles": far}


def reach_of(place: PlaceColumns, minutes: int) -> Reach:
    """The schools within these minutes of a place, in one query, or two where there are none."""
    if place.point is None:
        return Reach(
            minutes, note=_("We do not know where this postcode is, so we cannot draw it. It is saved all the same.")
        )
    spots = spots_round(place.point, minutes)
    if not spots:
        return Reach(minutes, note=_nothing_there(place))
    within, beyond = split(place.point, minutes, spots)
    phases = Counter(spot.phase for spot in within)
    rough = _("We know only roughly where this postcode is, so take the circle as a rough one.")
    return Reach(
        minutes,
        total=len(within),
        by_phase=tuple((title, sum(phases[phase] for phase in group)) for title, group in GROUPS),
        drawing=draw(place.point, minutes, within, beyond),
        note=rough if place.approximate else "",
    )


def reach_from(postcode: str, minutes: int) -> Reach:
    """The same from a postcode as somebody has just typed it; one that is none is told in its sentence."""
    home = Ambassador()
    try:
        home.set_place(postcode)
    except Refusal as refusal:
        return Reach(minutes, note=refusal.told_to())
    return reach_of(home, minutes)


def spots_round(home: Point, minutes: int) -> list[Spot]:
    """The open schools on a map of these minutes, in one query."""
    rows = School.objects.open().in_box(home, shown_km(minutes)).order_by()
    # What lies in the box has both.
    return list(map(Spot._make, rows.values_list("pk", "lat", "lon", "town", "phase")))


def _nothing_there(place: PlaceColumns) -> str:
    """Why the map would be empty."""
    if place.nation == Nation.NIR:
        return _("We have no register of Northern Ireland’s schools yet, so no map. They can ask for you all the same.")
    if not School.objects.open().exclude(register=Register.HAND).exists():
        return _("We can show schools here once the scheme has its register.")
    return _("No school of ours is so near. Give more minutes, or meet classes online.")
