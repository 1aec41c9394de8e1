"""How administrators divide the country."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import went_through
from stem.geography import operations
from stem.geography.areas import AREAS
from stem.geography.forms import RegionForm
from stem.geography.models import Region


@open_to(Role.ADMINISTRATOR)
def regions(request: SignedInRequest) -> HttpResponse:
    """Every region with its areas, and the areas that nobody looks after."""
    found = list(Region.objects.visible_to(request.user).prefetch_related("areas"))
    held = {each.area for region in found for each in region.areas.all()}
    left = [area for code, area in AREAS.items() if code not in held]
    return render(request, "stem/regions.html", {"regions": found, "left": left})


@open_to(Role.ADMINISTRATOR)
def create_region(request: SignedInRequest) -> HttpResponse:
    """Add a region."""
    form = RegionForm(request.POST or None)
    if form.is_valid() and went_through(
        form, operations.create_region, **form.plan(), by=request.user, at=timezone.now()
    ):
        messages.success(request, _("%(region)s is now a region.") % {"region": form.plan()["name"]})
        return redirect("staff_regions")
    return render(request, "stem/region_form.html", {"form": form})


@open_to(Role.ADMINISTRATOR)
def change_region(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change a region's name, nation or areas."""
    region = get_object_or_404(Region.objects.visible_to(request.user).prefetch_related("areas"), slug=slug)
    form = RegionForm(request.POST or None, region=region)
    if form.is_valid() and went_through(
        form, operations.change_region, region=region, **form.plan(), by=request.user, at=timezone.now()
    ):
        messages.success(request, _("%(region)s has been changed.") % {"region": form.plan()["name"]})
        return redirect("staff_regions")
    return render(request, "stem/region_form.html", {"form": form, "region": region})
