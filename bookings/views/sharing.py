"""Whose turn it is, as a coordinator sees it for one request."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.eligibility import times_on_offer
from bookings.enums import RequestStatus, VisitStatus
from bookings.forms.sharing import AllTheSameForm
from bookings.models import Request, Visit
from bookings.operations.sharing import ask_all_the_same
from bookings.queries.sharing import shares_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.accounts.scope import areas_looked_after_by
from stem.acts import went_through
from stem.moments import day_of
from stem.policy.values import values


def _sought(request: SignedInRequest, pk: int) -> Visit | None:
    """The visit of this request for which someone is sought, with its school and its priority."""
    visits = Visit.objects.visible_to(request.user).looked_after_by(request.user)
    found = visits.filter(request=pk, status=VisitStatus.FINDING, request__status=RequestStatus.OPEN)
    return found.select_related("request__school", "request__priority").order_by("pk").first()


@open_to(Role.COORDINATOR)
def share_of_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """The school's term and the week's offers beside those who wait, and how to ask for this school all the same."""
    at = timezone.now()
    visit = _sought(request, pk)
    rows = Request.objects.visible_to(request.user).looked_after_by(request.user).select_related("school")
    wanted = visit.request if visit else get_object_or_404(rows, pk=pk)
    form = AllTheSameForm(request.POST or None)
    if form.is_valid() and went_through(
        form, ask_all_the_same, request=wanted, because=form.cleaned_data["because"], by=request.user, at=at
    ):
        messages.success(request, _("Noted in the history: someone may be asked for this school now."))
        return redirect("coordinate_request", pk)
    times = times_on_offer(visit, at) if visit else []
    policy = values(on=day_of(at))
    areas = areas_looked_after_by(request.user)
    shares = shares_of(visit, times[0][0], areas=areas, at=at, policy=policy) if visit and times else None
    return render(request, "bookings/share_of_request.html", {"wanted": wanted, "shares": shares, "form": form})
