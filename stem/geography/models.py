"""Regions, by which a scheme divides the country among its coordinators, and the postcodes of the country."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.models import Load
from stem.nations import Nation
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class RegionQuerySet(HouseQuerySet["Region"]):
    """Which regions."""

    def visible_to(self, user: "User") -> Self:
        """Every region, for anyone signed in: how the scheme divides the country is no secret."""
        return self if user.is_authenticated else self.none()

    def covering(self, area: str) -> Self:
        """The region that these postcode letters belong to, if there is one."""
        return self.filter(areas__area=area)


class Region(models.Model):
    """A named set of postcode areas."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation.choices)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        # The slug is the name in lower case, without what addresses cannot hold: this keeps names apart as well.
        constraints = [models.UniqueConstraint(fields=["slug"], name="region_slug_once")]

    def __str__(self) -> str:
        return self.name


class RegionArea(models.Model):
    """One postcode area of a region, by its letters. An area belongs to one region."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="areas")
    area = models.CharField(max_length=2)

    class Meta:
        ordering = ["area"]
        constraints = [models.UniqueConstraint(fields=["area"], name="region_area_once")]

    def __str__(self) -> str:
        return self.area


class SectorQuerySet(HouseQuerySet["Sector"]):
    """Sectors of a directory of postcodes."""

    def in_force(self) -> Self:
        """Those of the directory that was loaded last."""
        return self.filter(load__kind=LoadKind.POSTCODES, load__status=LoadStatus.LOADED)


class Sector(models.Model):
    """The postcodes that share all but their last two letters, as one load brought them (`stem.geography.sectors`)."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=6)
    # The mean of its postcodes' points; None where none has one.
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    # ONS codes of the authorities that its postcodes lie in, separated by spaces; "-" where the file names none.
    authorities = models.TextField()
    units = models.BinaryField()

    objects = SectorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "load"], name="sector_once_a_load")]

    def __str__(self) -> str:
        return self.code
