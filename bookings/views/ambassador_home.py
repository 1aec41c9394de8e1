"""An ambassador's own page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.journey import is_joining
from bookings.queries.diary import home_of


@ambassadors_only
def ambassador_home(request: AmbassadorRequest) -> HttpResponse:
    """What is asked of someone, what they have promised, and how they stand. On the way in, their tasks are home."""
    if is_joining(request.ambassador):
        return redirect("join_as_ambassador")
    home = home_of(request.ambassador, request.user, at=timezone.now())
    return render(request, "bookings/ambassador_home.html", {"home": home})
