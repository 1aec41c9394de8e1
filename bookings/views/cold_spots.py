"""Where people are missing, for the coordinators who could look for some."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.models import Search
from bookings.queries.cold_spots import cold_spots as cold_spots_among
from bookings.queries.cold_spots import spot_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.moments import day_of

PER_PAGE = 25


@open_to(Role.COORDINATOR)
def cold_spots(request: SignedInRequest) -> HttpResponse:
    """What was asked for in one's regions and found few, the worst first."""
    rows = cold_spots_among(Search.objects.visible_to(request.user), on=day_of(timezone.now()))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    spots = [spot_of(row) for row in page.object_list]
    return render(request, "bookings/cold_spots.html", {"page": page, "spots": spots})
