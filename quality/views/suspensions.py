"""Who is kept out of schools while something is looked into: for safeguarding leads alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors.forms.vetting import PersonFilter
from ambassadors.operations.holds import lift_hold
from bookings.queries.departure import days_promised
from quality.forms import SuspendForm, SuspensionNoteForm
from quality.models import Suspension
from quality.operations import suspensions as operations
from quality.queries import absences_protected_by, people_protected_by
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press, went_through
from stem.audit.record import record
from stem.moments import day_of

for_safeguarding = open_to(Role.SAFEGUARDING_LEAD)
FOUND_SHOWN = 20


@for_safeguarding
@never_cache
def suspensions(request: SignedInRequest) -> HttpResponse:
    """Suspensions that stand, the next review first, and a way to find whom to suspend."""
    form = PersonFilter(request.GET or None)
    sought = form.sought()
    context = {
        "form": form,
        "sought": sought,
        "found": people_protected_by(request.user).matching_text(sought)[:FOUND_SHOWN] if sought else [],
        "standing": Suspension.objects.visible_to(request.user)
        .standing()
        .select_related("ambassador", "lift_proposed_by"),
        "today": day_of(timezone.now()),
    }
    return render(request, "quality/suspensions.html", context)


@for_safeguarding
@never_cache
def suspend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why, having been told what follows at once."""
    person = get_object_or_404(people_protected_by(request.user), pk=pk)
    at = timezone.now()
    form = SuspendForm(request.POST or None)
    if form.is_valid() and went_through(
        form, operations.suspend, ambassador=person, by=request.user, at=at, **form.cleaned_data
    ):
        messages.success(request, _("%(name)s is suspended, and everything promised is given back.") % {"name": person})
        return redirect("suspensions")
    context = {
        "form": form,
        "ambassador": person,
        "promised": days_promised(person, at=at),
        "absences": absences_protected_by(request.user).filter(ambassador=person),
    }
    return render(request, "quality/suspend.html", context)


@for_safeguarding
@require_POST
def end_absence(request: SignedInRequest, pk: int) -> HttpResponse:
    """End somebody's absence that had no last day, which officers cannot tell from a suspension."""
    hold = get_object_or_404(absences_protected_by(request.user), pk=pk)
    press(request, lift_hold, said=_("The absence is over."), hold=hold, by=request.user, at=timezone.now())
    return redirect("suspend", hold.ambassador_id)


@for_safeguarding
@never_cache
def suspension(request: SignedInRequest, pk: int) -> HttpResponse:
    """One suspension, why, and what was done about it. Every reading is on record."""
    shown = _suspension(request, pk)
    record("suspension.read", shown, by=request.user, at=timezone.now())
    return _show(request, shown, SuspensionNoteForm())


@for_safeguarding
@require_POST
def review_suspension(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at it again, and let it stand."""
    return _noted(request, pk, operations.review_suspension, said=_("It stands. The next review is on record."))


@for_safeguarding
@require_POST
def propose_lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the first of two to say that it may end."""
    return _noted(request, pk, operations.propose_lift, said=_("Proposed. A second safeguarding lead lifts it."))


@for_safeguarding
@require_POST
def lift_suspension(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second of two."""
    shown = _suspension(request, pk)
    said = _("The suspension is lifted.")
    press(request, operations.lift_suspension, said=said, suspension=shown, by=request.user, at=timezone.now())
    return redirect("suspension", pk)


def _suspension(request: SignedInRequest, pk: int) -> Suspension:
    rows = Suspension.objects.visible_to(request.user).select_related("ambassador", "hold", "lift_proposed_by")
    return get_object_or_404(rows, pk=pk)


def _noted(request: SignedInRequest, pk: int, act: Callable[..., Any], *, said: str) -> HttpResponse:
    """Do what one of the two forms asks for, which both say what was looked at."""
    shown, form = _suspension(request, pk), SuspensionNoteForm(request.POST)
    if form.is_valid() and went_through(
        form, act, suspension=shown, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, said)
        return redirect("suspension", pk)
    return _show(request, shown, form)


def _show(request: SignedInRequest, shown: Suspension, form: SuspensionNoteForm) -> HttpResponse:
    context = {
        "suspension": shown,
        "form": form,
        "is_first": shown.lift_proposed_by_id == request.user.pk,
        "today": day_of(timezone.now()),
        "events": shown.events.select_related("by"),
    }
    return render(request, "quality/suspension.html", context)
