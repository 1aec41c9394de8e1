"""The pack for the day of a visit: one page for each side to print, and a short one for reception (rule 5.10)."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.enums import Side, Speaker
from bookings.models import Visit
from bookings.packs import has_pack, pack_of
from bookings.views.visits import opened_by_its_people
from stem.access import SignedInRequest, signed_in

PAGES = {Side.SCHOOL: "bookings/pack_of_school.html", Side.AMBASSADOR: "bookings/pack_of_ambassador.html"}


def _visit(request: SignedInRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related("request__school", "request__contact__user")
    return get_object_or_404(rows, pk=pk)


@signed_in
@never_cache
@require_safe
def visit_pack(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Everything for the day, for whoever opens it: the school, whoever comes, or a coordinator who looks at either."""
    return opened_by_its_people(request, _visit(request, pk), _show_pack)


def _show_pack(request: SignedInRequest, visit: Visit, speaker: Speaker) -> HttpResponse:
    if not has_pack(visit):
        return redirect("visit", visit.pk)
    is_coordinator = speaker == Speaker.SCHEME
    asked = request.GET.get("for", "") if is_coordinator else speaker
    side = Side.SCHOOL if asked == Side.SCHOOL else Side.AMBASSADOR
    pack = pack_of(visit, at=timezone.now())
    watches = pack.watcher is not None and pack.watcher.user_id == request.user.pk
    context = {"pack": pack, "is_coordinator": is_coordinator, "watches": watches}
    return render(request, PAGES[side], context)


@signed_in
@never_cache
@require_safe
def visit_reception(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What a receptionist needs on the day: for the school, and for its coordinators."""
    return opened_by_its_people(request, _visit(request, pk), _show_reception)


def _show_reception(request: SignedInRequest, visit: Visit, speaker: Speaker) -> HttpResponse:
    if speaker == Speaker.AMBASSADOR:
        raise Http404
    if not has_pack(visit) or visit.request.is_online:
        return redirect("visit", visit.pk)
    return render(request, "bookings/pack_for_reception.html", {"pack": pack_of(visit, at=timezone.now())})
