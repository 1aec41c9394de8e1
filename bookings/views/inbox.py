"""What waits for a coordinator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.queries.inbox import inbox
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role


@open_to(Role.COORDINATOR)
def coordinator_home(request: SignedInRequest) -> HttpResponse:
    """Everything that needs a coordinator, by kind, each one press from the place to act."""
    waiting = inbox(request.user, at=timezone.now())
    return render(request, "bookings/coordinator_home.html", {"piles": waiting.piles, "vetting": waiting.vetting})
