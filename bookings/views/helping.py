"""What would help where few can be asked, as a coordinator sees it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.eligibility import times_on_offer
from bookings.matching.relaxing import what_helps
from bookings.models import Request, Visit
from bookings.queries import boards
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role


@open_to(Role.COORDINATOR)
def what_would_help(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each change to a request that would let more people come, and how many more."""
    at = timezone.now()
    visits = Visit.objects.visible_to(request.user).looked_after_by(request.user)
    visit = boards.sought(visits, pk)
    rows = Request.objects.visible_to(request.user).looked_after_by(request.user).select_related("school")
    wanted = visit.request if visit else get_object_or_404(rows, pk=pk)
    times = times_on_offer(visit, at) if visit else []
    asked = boards.not_asked_again_for(visit) if visit else []
    relaxations = what_helps(wanted, times, at=at, without=asked).relaxations
    return render(
        request, "bookings/what_would_help.html", {"wanted": wanted, "times": times, "relaxations": relaxations}
    )
