"""What waits for a coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bookings.operations import reminding
from bookings.queries.inbox import inbox
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role


@open_to(Role.COORDINATOR)
def coordinator_home(request: SignedInRequest) -> HttpResponse:
    """Everything that needs a coordinator, by kind, each one press from the place to act."""
    waiting = inbox(request.user, at=timezone.now())
    return render(request, "bookings/coordinator_home.html", {"waiting": waiting})


@open_to(Role.COORDINATOR)
@require_POST
def remind_at_risk(request: SignedInRequest) -> HttpResponse:
    """Write to everybody whose visits are at risk, and say to how many."""
    told = reminding.remind_at_risk(by=request.user, at=timezone.now())
    if told:
        words = ngettext("%(n)d person has been written to.", "%(n)d people have been written to.", told)
        messages.success(request, words % {"n": told})
    else:
        messages.info(request, _("Nobody was written to: everyone concerned has had a letter in the last seven days."))
    return redirect("coordinator_home")
