"""A visit as an ambassador with a part in it sees it, and saying that one cannot come after all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.eligibility import is_too_late_to_replace
from bookings.enums import UPCOMING
from bookings.forms.offers import CannotComeForm
from bookings.models import Seat, Visit
from bookings.operations.series import give_up_rest
from bookings.operations.visits import give_up_seat
from bookings.queries.diary import agreed_visit
from bookings.queries.series import to_come_with
from stem.access import SignedInRequest
from stem.acts import went_through


def show_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """All that someone needs for the day, as far as the school has promised it."""
    agreed = agreed_visit(visit, request.user, at=timezone.now())
    return render(request, "bookings/visit_of_ambassador.html", {"agreed": agreed})


@ambassadors_only
def cannot_come(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Ask why, say what will happen, and only then give the place back."""
    mine = Seat.objects.visible_to(request.user).held_by(request.user)
    seat = get_object_or_404(mine.select_related("visit__request__school"), visit=pk)
    if seat.visit.status not in UPCOMING:
        return redirect("visit", pk)
    at = timezone.now()
    form = CannotComeForm(request.POST or None, following=len(to_come_with(seat.visit, at=at)[1:]))
    if form.is_valid() and went_through(
        form,
        give_up_rest if form.is_of_all else give_up_seat,
        seat=seat,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=at,
    ):
        messages.success(request, _("We have told the school that you cannot come. Thank you for saying so."))
        return redirect("ambassador_home")
    context = {
        "form": form,
        "visit": seat.visit,
        "is_late": is_too_late_to_replace(seat.visit, at),
        "watches": seat.is_shadow,
    }
    return render(request, "bookings/cannot_come.html", context)
