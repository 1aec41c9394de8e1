"""How many could come to a school near a postcode, for whoever looks at us from outside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from bookings.enums import SearchKind
from bookings.forms.nearby import NearbyForm
from bookings.matching.nearby import Nearby, people_near
from bookings.operations.searches import keep_search
from stem.access import public
from stem.limits import is_key_within_limit, is_within_limit
from stem.rules import Refusal


@public
@require_http_methods(["GET", "HEAD", "POST"])
def nearby(request: HttpRequest) -> HttpResponse:
    """Ask how many could come; what is asked is kept, about no one, and the answer has an address of its own.

    Too many questions from one place, or from all together, are asked to wait.
    """
    sent = request.POST if request.method == "POST" else request.GET
    # Whoever comes with a district alone, as from a link, has not asked yet.
    has_asked = request.method == "POST" or "subject" in sent
    form = NearbyForm(sent) if has_asked else NearbyForm(initial={"district": sent.get("district", "")[:20]})
    found = None
    if form.is_valid():
        if not _is_within_limits(request):
            later = render(request, "bookings/nearby_later.html", status=429)
            later["Retry-After"] = "60"
            return later
        found = _found(form)
    if found is not None and request.method == "POST":
        _keep(found)
        asked = form.asked | ({"cut": "1"} if form.cleaned_data["district"].is_cut else {})
        return redirect(f"{reverse('people_near')}?{urlencode(asked)}")
    is_cut = found is not None and (found.place.district.is_cut or request.GET.get("cut") == "1")
    return render(request, "bookings/nearby.html", {"form": form, "found": found, "is_cut": is_cut})


def _is_within_limits(request: HttpRequest) -> bool:
    """Whether neither this place nor all places together have asked too often."""
    return is_within_limit(request, "people_near") and is_key_within_limit(request, "people_near_everywhere", "all")


def _found(form: NearbyForm) -> Nearby | None:
    """How many could come, or None where the form says why that cannot be told."""
    given = form.cleaned_data
    try:
        return people_near(given["district"], subject=given["subject"], stage=given["stage"], at=timezone.now())
    except Refusal as refusal:
        form.add_error("district", refusal.told_to())
        return None


def _keep(found: Nearby) -> None:
    """Keep what was asked for."""
    district = found.place.district
    keep_search(
        kind=SearchKind.VISITOR,
        area=district.area,
        district=str(district),
        wanted=found.wanted,
        found=found.found,
        at=timezone.now(),
    )
