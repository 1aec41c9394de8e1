"""The visits that an ambassador arranged themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.eligibility import nation_of
from bookings.forms.own_visits import OwnVisitForm
from bookings.operations.own_visits import add_own_visit, remove_own_visit
from bookings.queries.own_visits import own_visits_of
from stem.acts import press, went_through
from stem.moments import day_of


@ambassadors_only
def own_visits(request: AmbassadorRequest) -> HttpResponse:
    """Say on which days one is, or was, with a group one found oneself."""
    at, person = timezone.now(), request.ambassador
    form = OwnVisitForm(request.POST or None, initial={"nation": nation_of(person)})
    if form.is_valid() and went_through(form, add_own_visit, ambassador=person, by=request.user, at=at, **form.said()):
        messages.success(request, _("Added. Thank you for telling us."))
        return redirect("own_visits")
    shown = own_visits_of(person, request.user, on=day_of(at))
    return render(request, "bookings/own_visits.html", {"form": form, "shown": shown})


@ambassadors_only
@require_POST
def remove(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Take one back; nobody else's is touched."""
    said = _("Taken off the list.")
    press(request, remove_own_visit, said=said, ambassador=request.ambassador, pk=pk, by=request.user)
    return redirect("own_visits")
