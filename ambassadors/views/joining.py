"""The pages on which people begin to join, and say when they are away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.enums import AmbassadorStatus, HoldKind
from ambassadors.forms.away import AwayForm
from ambassadors.journey import is_joining, journey_of, next_task, target_of
from ambassadors.models import Ambassador, Application, Hold
from ambassadors.operations import applications
from ambassadors.operations.profile import (
    ask_to_watch,
    come_back,
    come_back_early,
    go_away,
    no_longer_ask_to_watch,
    take_a_break,
)
from ambassadors.progress import days_away
from ambassadors.queries.checks import told_to_person
from ambassadors.queries.front_door import offered_to
from ambassadors.queries.records import goes_on_elsewhere
from ambassadors.views.claiming import CLAIMING
from ambassadors.views.profile import profile_of
from ambassadors.workflow import LIFECYCLE
from stem.access import SignedInRequest, signed_in
from stem.acts import press, went_through
from stem.forms import HouseForm
from stem.moments import day_of, read_day


@signed_in
def join_as_ambassador(request: SignedInRequest) -> HttpResponse:
    """For someone new what joining takes; for someone on the way in every task, and who waits for whom."""
    mine = Ambassador.objects.visible_to(request.user).filter(user=request.user).select_related("application").first()
    if mine is None and goes_on_elsewhere(request.user):
        return redirect("ambassador_home")
    at = timezone.now()
    link_id = request.session.get(CLAIMING)
    may_be_offered = mine is None or link_id or LIFECYCLE.can(mine, "submit")
    offered = offered_to(request.user, link_id=link_id, at=at) if may_be_offered else None
    if mine is None:
        return render(request, "ambassadors/join.html", {"offered": offered})
    if not is_joining(mine):
        return redirect("known_here" if offered else "ambassador_home")
    today = day_of(at)
    journey = journey_of(mine, on=today)
    shown = {
        "me": mine,
        "offered": offered,
        "journey": journey,
        "next": next_task(journey.tasks),
        "target": target_of(mine, on=today),
        "told": told_to_person(mine),
        "asked": Application.objects.visible_to(request.user).filter(ambassador=mine).open_questions().first(),
    }
    return render(request, "ambassadors/tasks.html", shown)


@signed_in
@require_POST
def begin_application(request: SignedInRequest) -> HttpResponse:
    """Start a registration, or go on with the one there is."""
    applications.begin_application(user=request.user, at=timezone.now())
    return redirect("about_me")


@ambassadors_only
def send_application(request: AmbassadorRequest) -> HttpResponse:
    """Read once more what one is about to send in, and send it."""
    at = timezone.now()
    if not LIFECYCLE.can(request.ambassador, "submit"):
        return redirect("application_sent")
    form = HouseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form, applications.submit_application, ambassador=request.ambassador, by=request.user, at=at
    ):
        return redirect("application_sent")
    journey = journey_of(request.ambassador, on=day_of(at))
    shown = {"form": form, "journey": journey, **profile_of(request, back="check")}
    return render(request, "ambassadors/send_application.html", shown)


@ambassadors_only
def application_sent(request: AmbassadorRequest) -> HttpResponse:
    """It is in, and this is what happens next."""
    if request.ambassador.status != AmbassadorStatus.VETTING:
        return redirect("join_as_ambassador")
    today = day_of(timezone.now())
    journey = journey_of(request.ambassador, on=today)
    shown = {"journey": journey, "target": target_of(request.ambassador, on=today)}
    return render(request, "ambassadors/application_sent.html", shown)


@ambassadors_only
def away(request: AmbassadorRequest) -> HttpResponse:
    """Say which days one is away."""
    at = timezone.now()
    # A day of one's diary leads here with itself.
    day = read_day(request.GET.get("on", ""))
    form = AwayForm(request.POST or None, initial={"starts_on": day, "ends_on": day})
    if form.is_valid() and went_through(
        form, go_away, ambassador=request.ambassador, by=request.user, at=at, **form.cleaned_data
    ):
        messages.success(request, _("We will not ask you for those days."))
        return redirect("go_away")
    periods = days_away(request.ambassador, on=day_of(at))
    return render(request, "ambassadors/go_away.html", {"form": form, "periods": periods, "me": request.ambassador})


@ambassadors_only
@require_POST
def no_longer_away(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Take back days away that one has told us of."""
    own = Hold.objects.visible_to(request.user).filter(ambassador=request.ambassador, set_by=request.user)
    hold = get_object_or_404(own.filter(kind=HoldKind.AWAY), pk=pk)
    said = _("Welcome back. We can ask you for those days again.")
    press(request, come_back_early, said=said, hold=hold, by=request.user, at=timezone.now())
    return redirect("go_away")


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


@ambassadors_only
@require_POST
def watch_first(request: AmbassadorRequest) -> HttpResponse:
    """Say that one would like to watch a visit before one's own."""
    said = _("Thank you. When somebody near you goes to a school, we may ask you to come along.")
    press(request, ask_to_watch, said=said, ambassador=request.ambassador, by=request.user, at=timezone.now())
    return redirect("ambassador_home")


@ambassadors_only
@require_POST
def not_watch_first(request: AmbassadorRequest) -> HttpResponse:
    """Take that back."""
    said = _("Noted. Schools can be offered your time without that.")
    act = no_longer_ask_to_watch
    press(request, act, said=said, ambassador=request.ambassador, by=request.user, at=timezone.now())
    return redirect("ambassador_home")
