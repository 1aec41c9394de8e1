"""Leaving the scheme: oneself, and by a vetting officer for whoever telephones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.models import Ambassador
from ambassadors.workflow import LIFECYCLE
from bookings.forms.departures import LeaveForm
from bookings.operations import departures
from bookings.queries.departure import departure_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import went_through


@ambassadors_only
def leave_scheme(request: AmbassadorRequest) -> HttpResponse:
    """Say what would be lost and what is kept, ask, and then let someone go."""
    if not LIFECYCLE.can(request.ambassador, "leave"):
        return redirect("ambassador_home")
    said = _("You have left the scheme. Thank you for all you gave; a letter tells you what follows.")
    return _leave(request, request.ambassador, said=said, back=reverse("my_account"), done=reverse("ambassador_home"))


@open_to(Role.VETTING_OFFICER)
def leave_scheme_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for someone who has telephoned; the record says so for ever."""
    person = get_object_or_404(Ambassador.objects.visible_to(request.user).other_than(request.user), pk=pk)
    page = reverse("ambassador", args=[pk])
    if not LIFECYCLE.can(person, "leave"):
        return redirect(page)
    said = _("%(name)s has left the scheme, and gets a letter that says so.") % {"name": person}
    return _leave(request, person, said=said, back=page, done=page, on_behalf_of=str(person))


def _leave(
    request: SignedInRequest, ambassador: Ambassador, *, said: str, back: str, done: str, on_behalf_of: str = ""
) -> HttpResponse:
    at = timezone.now()
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form,
        departures.leave_scheme,
        ambassador=ambassador,
        by=request.user,
        at=at,
        on_behalf_of=on_behalf_of,
        **form.cleaned_data,
    ):
        messages.success(request, said)
        return redirect(done)
    context = {
        "form": form,
        "departure": departure_of(ambassador, at=at),
        "is_own": not on_behalf_of,
        "back": back,
    }
    return render(request, "bookings/leave_scheme.html", context)
