"""Saying shortly before a visit that everything is as agreed: signed in, by the letter's link, or by telephone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bookings.models import Reconfirmation, Seat, Visit
from bookings.operations.reconfirming import reconfirm_by_link, reconfirm_visit
from bookings.views.coordination import visit_looked_after
from stem.access import SignedInRequest, open_to, public, signed_in
from stem.accounts.roles import Role
from stem.acts import press
from stem.letters.links import find_link
from stem.rules import Refusal


@signed_in
@require_POST
def as_agreed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say for one's school, or for one's own seat, that everything is as agreed."""
    visits = Visit.objects.visible_to(request.user)
    visit, seat = visits.to_schools_of(request.user).filter(pk=pk).first(), None
    if visit is None:
        mine = Seat.objects.visible_to(request.user).held_by(request.user).leads().select_related("visit")
        seat = get_object_or_404(mine, visit=pk)
        visit = seat.visit
    said = _("Thank you. We have noted that everything is as agreed.")
    press(request, reconfirm_visit, said=said, visit=visit, seat=seat, by=request.user, at=timezone.now())
    return redirect("visit", pk)


@open_to(Role.COORDINATOR)
@require_POST
def as_agreed_for_school(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a school which telephones says that everything is as agreed."""
    visit = visit_looked_after(request, pk)
    name = str(visit.request.contact.user)
    said = _("Noted for %(name)s: everything is as agreed.") % {"name": name}
    act, at = reconfirm_visit, timezone.now()
    press(request, act, said=said, visit=visit, by=request.user, at=at, on_behalf_of=name)
    return redirect("visit", pk)


@open_to(Role.COORDINATOR)
@require_POST
def as_agreed_for_seat(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that an ambassador who telephones says that everything is as agreed."""
    rows = Seat.objects.visible_to(request.user).filter(ambassador__isnull=False).select_related("ambassador")
    seat = get_object_or_404(rows, pk=pk)
    visit = visit_looked_after(request, seat.visit_id)
    name = str(seat.ambassador)
    said = _("Noted for %(name)s: everything is as agreed.") % {"name": name}
    act, at = reconfirm_visit, timezone.now()
    press(request, act, said=said, visit=visit, seat=seat, by=request.user, at=at, on_behalf_of=name)
    return redirect("visit", visit.pk)


@public
@never_cache
def reconfirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: to look at it says nothing for anybody; pressing its button does."""
    at = timezone.now()
    try:
        link = find_link("reconfirm", token, at=at)
    except Refusal as refusal:
        status = 404 if refusal.codes == ["link_unknown"] else 410
        return render(request, "bookings/reconfirm_closed.html", {"why": refusal.told_to()}, status=status)
    row = Reconfirmation.objects.behind(link.object_id)
    reader = row.reader
    if request.user.is_authenticated and (reader is None or request.user.pk != reader.pk):
        return render(request, "bookings/answer_of_someone_else.html", status=403)
    why_not = ""
    if request.method == "POST":
        try:
            reconfirm_by_link(link=link, at=at)
        except Refusal as refusal:
            why_not = refusal.told_to()
        row = Reconfirmation.objects.behind(link.object_id)
    return render(request, "bookings/reconfirm.html", {"row": row, "visit": row.visit, "why_not": why_not, "at": at})
