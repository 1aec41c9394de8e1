"""How administrators divide the country."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from stem.access import open_to
from stem.accounts.roles import Role
from stem.geography import operations
from stem.geography.areas import AREAS
from stem.geography.forms import RegionForm
from stem.geography.models import Region
from stem.rules import Refusal


@open_to(Role.ADMINISTRATOR)
def regions(request: HttpRequest) -> HttpResponse:
    """Every region with its areas, and the areas that nobody looks after."""
    found = list(Region.objects.visible_to(request.user).prefetch_related("areas"))
    held = {each.area for region in found for each in region.areas.all()}
    left = [area for code, area in AREAS.items() if code not in held]
    return render(request, "stem/regions.html", {"regions": found, "left": left})


@open_to(Role.ADMINISTRATOR)
def create_region(request: HttpRequest) -> HttpResponse:
    """Add a region."""
    form = RegionForm(request.POST or None)
    if form.is_valid():
        try:
            region = operations.create_region(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.told_to())
        else:
            messages.success(request, _("%(region)s is now a region.") % {"region": region})
            return redirect("staff_regions")
    return render(request, "stem/region_form.html", {"form": form})


@open_to(Role.ADMINISTRATOR)
def change_region(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a region's name, nation or areas."""
    region = get_object_or_404(Region.objects.visible_to(request.user).prefetch_related("areas"), slug=slug)
    form = RegionForm(request.POST or None, region=region)
    if form.is_valid():
        try:
            operations.change_region(region=region, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.told_to())
        else:
            messages.success(request, _("%(region)s has been changed.") % {"region": form.cleaned_data["name"]})
            return redirect("staff_regions")
    return render(request, "stem/region_form.html", {"form": form, "region": region})
