"""Rows that have a place: a postcode as people know it, and the point it stands for."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from stem.geography.places import Gazetteer, Place, locate
from stem.geography.points import Point, bounding_box
from stem.geography.postcodes import read_postcode
from stem.nations import Nation
from stem.querysets import HouseQuerySet, Row


class LocatedQuerySet(HouseQuerySet[Row]):
    """Rows by where they are."""

    def in_box(self, centre: Point, km: float) -> Self:
        """Rows that may lie within `km` of the centre, and none that lies nearer is left out.

        The corners of the box are farther away than `km`: ask `km_between` before you promise anything.
        """
        box = bounding_box(centre, km)
        return self.filter(lat__range=(box.south, box.north), lon__range=(box.west, box.east))

    def unsettled(self) -> Self:
        """Rows whose place a fuller directory of postcodes may better."""
        return self.filter(approximate=True).exclude(postcode="")


class PlaceColumns(models.Model):
    """The columns of a place."""

    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    # The postcode's letters, which say whose region this is.
    area = models.CharField(_("postcode area"), max_length=2, blank=True, db_index=True, editable=False)
    lat = models.FloatField(_("latitude"), null=True, editable=False)
    lon = models.FloatField(_("longitude"), null=True, editable=False)
    # True when the point is only the middle of the postcode's sector or area, which may be 30 km away.
    approximate = models.BooleanField(default=False, editable=False)
    # Blank outside the United Kingdom, where nobody is sent.
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)

    class Meta:
        abstract = True

    @property
    def point(self) -> Point | None:
        """Where this is, if it is known. Longitude 0 runs through Greenwich and is a place like any other."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)

    @point.setter
    def point(self, point: Point | None) -> None:
        self.lat, self.lon = (None, None) if point is None else (point.lat, point.lon)


class Located(PlaceColumns):
    """A row with a postcode, and a point once the postcode is known.

    A subclass that adds its own constraints or indexes lists these first: `[*Located.Meta.constraints, …]`.
    """

    # A home is placed by the middle of its sector, so that no map and no distance tells whose door it is (rule P-04).
    is_home: ClassVar[bool] = False
    # What `place_again` may change.
    PLACE: ClassVar[tuple[str, ...]] = ("area", "lat", "lon", "approximate", "nation")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["lat", "lon"], name="%(app_label)s_%(class)s_place")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                # A check passes when it comes out unknown, so that half a point has to be named.
                | models.Q(lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180)),
                name="%(app_label)s_%(class)s_point_whole",
            )
        ]

    def set_place(self, text: str) -> Place:
        """Take a postcode in any spelling, with its point and its nation; the caller saves.

        Refuses with `postcode` when it is none.
        """
        place = locate(text)
        self.take_place(place)
        return place

    def take_place(self, place: Place) -> None:
        """Take this place; the caller saves."""
        self.postcode, self.area, self.nation = place.postcode.official, place.postcode.area, place.nation
        if self.is_home and place.sector_middle is not None:
            self.point, self.approximate = place.sector_middle, False
        else:
            self.point, self.approximate = place.point, place.approximate

    def place_again(self, gazetteer: Gazetteer) -> None:
        """Find the place anew, now that more may be known; the caller saves `PLACE`."""
        self.take_place(gazetteer.place_of(read_postcode(self.postcode)))
