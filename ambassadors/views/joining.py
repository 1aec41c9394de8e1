"""The pages on which people begin to join, and say when they are away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.forms.away import AwayForm
from ambassadors.journey import is_joining
from ambassadors.models import Ambassador
from ambassadors.operations.applications import begin_application
from ambassadors.operations.profile import come_back, go_away, take_a_break
from ambassadors.progress import days_away
from stem.access import SignedInRequest, signed_in
from stem.acts import press, went_through
from stem.moments import day_of


@signed_in
def join_as_ambassador(request: SignedInRequest) -> HttpResponse:
    """Begin one's way into the scheme, or go on with it."""
    mine = Ambassador.objects.visible_to(request.user).filter(user=request.user).first()
    if mine is not None and not is_joining(mine):
        return redirect("ambassador_home")
    if request.method == "POST":
        begin_application(user=request.user, at=timezone.now())
        return redirect("about_me")
    return render(request, "ambassadors/join.html", {"me": mine})


@ambassadors_only
def away(request: AmbassadorRequest) -> HttpResponse:
    """Say which days one is away."""
    at = timezone.now()
    form = AwayForm(request.POST or None)
    if form.is_valid() and went_through(
        form, go_away, ambassador=request.ambassador, by=request.user, at=at, **form.cleaned_data
    ):
        messages.success(request, _("We will not ask you for those days."))
        return redirect("go_away")
    periods = days_away(request.ambassador, on=day_of(at))
    return render(request, "ambassadors/go_away.html", {"form": form, "periods": periods})


@ambassadors_only
@require_POST
def begin_break(request: AmbassadorRequest) -> HttpResponse:
    """Stop being asked until further notice."""
    press(
        request,
        take_a_break,
        said=_("Enjoy your break. Nobody asks you until you come back; visits you have promised still stand."),
        ambassador=request.ambassador,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("ambassador_home")


@ambassadors_only
@require_POST
def end_break(request: AmbassadorRequest) -> HttpResponse:
    """Be asked again."""
    press(
        request,
        come_back,
        said=_("Welcome back. Schools can be offered your time again."),
        ambassador=request.ambassador,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("ambassador_home")
