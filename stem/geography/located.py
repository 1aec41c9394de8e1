"""Rows that have a place: a postcode as people know it, and the point it stands for."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from stem.geography.places import Place, locate
from stem.geography.points import Point, bounding_box
from stem.querysets import HouseQuerySet, Row


class LocatedQuerySet(HouseQuerySet[Row]):
    """Rows by where they are."""

    def in_box(self, centre: Point, km: float) -> Self:
        """Rows that may lie within `km` of the centre, and none that lies nearer is left out.

        The corners of the box are farther away than `km`: ask `km_between` before you promise anything.
        """
        box = bounding_box(centre, km)
        return self.filter(lat__range=(box.south, box.north), lon__range=(box.west, box.east))


class Located(models.Model):
    """A row with a postcode, and a point once the postcode is known.

    A subclass that adds its own constraints or indexes lists these first: `[*Located.Meta.constraints, …]`.
    """

    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    # The postcode's letters, which say whose region this is.
    area = models.CharField(_("postcode area"), max_length=2, blank=True, db_index=True, editable=False)
    lat = models.FloatField(_("latitude"), null=True, editable=False)
    lon = models.FloatField(_("longitude"), null=True, editable=False)
    # True when the point is only the middle of the postcode's area, which may be 30 km away.
    approximate = models.BooleanField(default=False, editable=False)

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

    @property
    def point(self) -> Point | None:
        """Where this is, if it is known. Longitude 0 runs through Greenwich and is a place like any other."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)

    def set_place(self, text: str) -> Place:
        """Take a postcode in any spelling, and the point it stands for; the caller saves.

        Refuses with `postcode` when it is none.
        """
        place = locate(text)
        self.postcode, self.area = place.postcode.official, place.postcode.area
        self.lat, self.lon, self.approximate = place.point.lat, place.point.lon, place.approximate
        return place
