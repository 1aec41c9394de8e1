"""What an administrator fills in about a region."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm
from stem.geography.areas import AREAS, Area
from stem.geography.models import Region, RegionArea
from stem.nations import Nation


class RegionForm(HouseForm):
    """A name, a nation, and the postcode areas that no other region has."""

    region_name = forms.CharField(label=_("Name"), max_length=80)
    nation = forms.ChoiceField(label=_("Nation"), choices=Nation.choices, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(
        label=_("Postcode areas"),
        help_text=_("Areas that belong to another region are not shown."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, region: Region | None = None, **kwargs: Any) -> None:
        if region is not None:
            kwargs["initial"] = {
                "region_name": region.name,
                "nation": region.nation,
                "areas": [each.area for each in region.areas.all()],
            }
        super().__init__(*args, **kwargs)
        taken = set(RegionArea.objects.exclude(region=region).values_list("area", flat=True))
        areas = self.fields["areas"]
        assert isinstance(areas, forms.MultipleChoiceField)
        areas.choices = _area_choices(taken)

    def plan(self) -> dict[str, Any]:
        """What was filled in, by the names that the operations give it."""
        given = self.cleaned_data
        return {"name": given["region_name"], "nation": given["nation"], "areas": given["areas"]}


def _area_choices(taken: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The areas that are left, under the region of England or the nation that they lie in."""
    left = sorted((area for area in AREAS.values() if area.code not in taken), key=_shelf)
    return [(name, [(area.code, str(area)) for area in areas]) for name, areas in groupby(left, lambda a: a.region)]


def _shelf(area: Area) -> tuple[int, str, str]:
    return list(Nation).index(area.nation), area.region, area.code
