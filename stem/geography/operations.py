"""Divide the country into regions."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stem.audit.record import record
from stem.geography.areas import AREAS
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from stem.promises import kept
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def create_region(*, name: str, nation: str, areas: Iterable[str], by: "User", at: datetime) -> Region:
    """Add a region of these postcode areas.

    Refuses with `region_name` a name in use or without letters, with `area_taken` an area of another region, with
    `area_unknown` one that is no postcode area of the United Kingdom.
    """
    region = Region(name=name, nation=Nation(nation))
    _write(region, areas)
    record("region.create", region, by=by, at=at)
    return region


@transaction.atomic
def change_region(*, region: Region, name: str, nation: str, areas: Iterable[str], by: "User", at: datetime) -> None:
    """Give a region another name, nation or set of areas. Refuses as `create_region` does."""
    region = Region.objects.locked(region)
    region.name, region.nation = name, Nation(nation)
    _write(region, areas)
    record("region.change", region, by=by, at=at)


def _write(region: Region, areas: Iterable[str]) -> None:
    """Write the region and its areas."""
    name_in_use = Reason("region_name", Kind.INPUT, _("Choose another name: a region already has this one."))
    taken = Reason("area_taken", Kind.CONFLICT, _("Untick the areas that another region already has."))
    wanted = set(areas)
    if not wanted <= AREAS.keys():
        raise refuse("area_unknown", Kind.INPUT, _("Choose postcode areas of the United Kingdom."))
    region.slug = slugify(region.name)[:80]
    if not region.slug:
        raise refuse("region_name", Kind.INPUT, _("Choose a name with letters in it."))
    with kept(Region, region_slug_once=name_in_use):
        region.save()
    held = set(region.areas.values_list("area", flat=True))
    region.areas.filter(area__in=held - wanted).delete()
    with kept(RegionArea, region_area_once=taken):
        RegionArea.objects.bulk_create(RegionArea(region=region, area=area) for area in sorted(wanted - held))
