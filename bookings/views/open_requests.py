"""Open requests near an ambassador, and saying that one could do them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.journey import is_joining
from bookings.matching import open_requests as matching
from bookings.operations import willing
from stem.acts import press

PER_PAGE = 10


@ambassadors_only
def open_requests(request: AmbassadorRequest) -> HttpResponse:
    """The open requests for which this person could be asked, and those of which they have said that they could."""
    if is_joining(request.ambassador):
        return redirect("join_as_ambassador")
    at, person = timezone.now(), request.ambassador
    said = matching.said_by(request.user)
    known = {each.request_id for each in said}
    openings = [each for each in matching.open_requests(person, at=at) if each.request_id not in known]
    page = Paginator(openings, PER_PAGE).get_page(request.GET.get("page"))
    shown = matching.openings_shown(list(page.object_list), person, at=at)
    can_be_asked = bool(openings or said) or matching.can_be_asked(person, at=at)
    context = {"page": page, "shown": shown, "said": said, "me": person, "can_be_asked": can_be_asked}
    return render(request, "bookings/open_requests.html", context)


@ambassadors_only
@require_POST
def offer_oneself(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say that one could do this one."""
    said = _("Thank you. We have told whoever looks for somebody there; they ask you, or somebody else.")
    act = willing.offer_oneself
    press(request, act, said=said, ambassador=request.ambassador, pk=pk, by=request.user, at=timezone.now())
    return redirect("open_requests")


@ambassadors_only
@require_POST
def no_longer_offer_oneself(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Take it back."""
    said = _("Taken back. That is quite all right.")
    act = willing.no_longer_offer_oneself
    press(request, act, said=said, ambassador=request.ambassador, pk=pk, by=request.user, at=timezone.now())
    return redirect("open_requests")
