"""The pages on which people speak for themselves: joining, their profile, and their times away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.enums import AmbassadorStatus
from ambassadors.forms.joining import AwayForm, ProfileForm, answers_of
from ambassadors.models import Ambassador
from ambassadors.operations.applications import apply_to_join
from ambassadors.operations.profile import change_profile, come_back, go_away, take_a_break
from ambassadors.progress import days_away
from stem.access import SignedInRequest, signed_in
from stem.acts import press, went_through
from stem.moments import day_of


@signed_in
def join_as_ambassador(request: SignedInRequest) -> HttpResponse:
    """The registration: one form, sent in as it is saved."""
    mine = Ambassador.objects.visible_to(request.user).filter(user=request.user).first()
    if mine is not None and mine.status != AmbassadorStatus.DRAFT:
        return redirect("ambassador_home")
    known = {"full_name": request.user.full_name, "known_as": request.user.known_as, "phone": request.user.phone}
    form = ProfileForm(request.POST or None, initial=answers_of(mine) if mine else known)
    if form.is_valid() and went_through(
        form, apply_to_join, profile=form.profile(), user=request.user, at=timezone.now()
    ):
        messages.success(request, _("Thank you. Your registration has been sent in."))
        return redirect("ambassador_home")
    return render(request, "ambassadors/join.html", {"form": form})


@ambassadors_only
def edit_profile(request: AmbassadorRequest) -> HttpResponse:
    """What a person says about themselves, to change."""
    form = ProfileForm(request.POST or None, initial=answers_of(request.ambassador))
    if form.is_valid() and went_through(
        form, change_profile, ambassador=request.ambassador, profile=form.profile(), by=request.user
    ):
        messages.success(request, _("Your profile has been saved."))
        return redirect("ambassador_home")
    return render(request, "ambassadors/profile.html", {"form": form})


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
