"""One person for another in a visit that stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.enums import UPCOMING
from bookings.forms.coordination import SwapForm
from bookings.matching.ranking import rank, wanted_for
from bookings.models import Seat
from bookings.operations.swapping import swap_person
from bookings.queries.boards import not_asked_again_for
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import went_through
from stem.rules import Audience

MOST = 8


@open_to(Role.COORDINATOR)
def swap(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that somebody cannot come, and ask another person by name in the same act."""
    at = timezone.now()
    rows = Seat.objects.visible_to(request.user).looked_after_by(request.user)
    rows = rows.leads().filter(ambassador__isnull=False)
    seat = get_object_or_404(rows.select_related("ambassador", "visit__request__school"), pk=pk)
    visit = seat.visit
    if visit.status not in UPCOMING:
        return redirect("visit", visit.pk)
    wanted = wanted_for(visit, at=at)
    matches = rank(wanted, at=at, limit=MOST, without=not_asked_again_for(visit))
    people = [(each.ambassador.pk, _named(each.ambassador.full_name, each.reasons)) for each in matches]
    form = SwapForm(request.POST or None, people=people)
    if form.is_valid() and went_through(
        form, swap_person, told_to=Audience.COORDINATOR, seat=seat, by=request.user, at=at, **form.cleaned_data
    ):
        chosen = dict(people)[form.cleaned_data["person"]]
        messages.success(request, _("Asked: %(name)s. The school will be told that we look.") % {"name": chosen})
        return redirect("coordinate_request", visit.request_id)
    return render(request, "bookings/swap_person.html", {"form": form, "seat": seat, "visit": visit, "people": people})


def _named(name: str, reasons: tuple[str, ...]) -> str:
    return ": ".join([name, *reasons[:1]])
