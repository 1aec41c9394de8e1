"""The outline of a visit: written by whoever comes, or for them by a coordinator, and agreed to by the school."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.eligibility import is_open_for_messages
from bookings.forms.preparing import AgreeForm, OutlineForm
from bookings.models import Preparation, Seat, Visit
from bookings.operations import preparing
from bookings.views.coordination import visit_looked_after
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, went_through


@ambassadors_only
def write_outline(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say in one's own words what happens in the lesson."""
    mine = Seat.objects.visible_to(request.user).held_by(request.user).leads()
    seat = get_object_or_404(mine.select_related("visit__request__school"), visit=pk)
    return _write(request, seat)


@open_to(Role.COORDINATOR)
def write_outline_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for an ambassador who telephones."""
    rows = Seat.objects.visible_to(request.user).leads().filter(ambassador__isnull=False).select_related("ambassador")
    seat = get_object_or_404(rows, pk=pk)
    seat.visit = visit_looked_after(request, seat.visit_id)
    return _write(request, seat, on_behalf_of=str(seat.ambassador))


def _write(request: SignedInRequest, seat: Seat, *, on_behalf_of: str = "") -> HttpResponse:
    at, visit = timezone.now(), seat.visit
    if not is_open_for_messages(visit, at):
        return redirect("visit", visit.pk)
    prepared = Preparation.objects.visible_to(request.user).for_visit(visit)
    form = OutlineForm(request.POST or None, initial={"text": prepared.outline_in_words})
    if form.is_valid() and went_through(
        form,
        preparing.write_outline,
        seat=seat,
        by=request.user,
        at=at,
        on_behalf_of=on_behalf_of,
        **form.cleaned_data,
    ):
        messages.success(request, _("Saved. The school is asked whether it agrees."))
        return redirect("visit", visit.pk)
    return ask_first(
        request,
        form,
        title=_("Content outline"),
        caption=visit.request,
        lead=_("With the yes to this visit what pupils should gain was agreed. Say here in more words what happens."),
        submit=_("Save the outline"),
        back_url=reverse("visit", args=[visit.pk]),
    )


@contacts_only
def agree_to_outline(request: ContactRequest, pk: int) -> HttpResponse:
    """Read an outline that was written after the school's yes, and agree to it."""
    own = Visit.objects.visible_to(request.user).to_schools_of(request.user)
    visit = get_object_or_404(own.select_related("request__school"), pk=pk)
    at = timezone.now()
    if not is_open_for_messages(visit, at):
        return redirect("visit", pk)
    prepared = Preparation.objects.visible_to(request.user).for_visit(visit)
    form = AgreeForm(request.POST or None, prepared=prepared)
    if (
        request.method == "POST"
        and form.is_valid()
        and went_through(form, preparing.agree_to_outline, visit=visit, by=request.user, at=at, **form.cleaned_data)
    ):
        messages.success(request, _("Thank you. We have noted that you agree."))
        return redirect("visit", pk)
    return render(request, "bookings/agree_to_outline.html", {"visit": visit, "prepared": prepared, "form": form})
