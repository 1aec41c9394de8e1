"""A person's own calendars: added by address or file, and removed."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.forms.own_calendars import CalendarAddressForm, CalendarFileForm
from ambassadors.models import OwnCalendar
from ambassadors.operations import own_calendars
from ambassadors.queries.own_calendars import name_of
from stem.acts import ask_first, press, went_through
from stem.forms import HouseForm
from stem.rules import Kind, Refusal


@ambassadors_only
def add_by_address(request: AmbassadorRequest) -> HttpResponse:
    """Give the address of a calendar: the worker reads it."""
    said = _("Added. We read it now, and again every few hours.")
    form = CalendarAddressForm(request.POST or None)
    return _added(request, form, own_calendars.add_calendar_address, said, "ambassadors/add_calendar_address.html")


@ambassadors_only
def add_by_file(request: AmbassadorRequest) -> HttpResponse:
    """Send a calendar as a file: it is read at once, and not kept."""
    said = _("Added. We have read it, and kept nothing of the file.")
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    return _added(request, form, own_calendars.add_calendar_file, said, "ambassadors/add_calendar_file.html")


def _added(
    request: AmbassadorRequest, form: HouseForm, operation: Callable[..., Any], said: str, page: str
) -> HttpResponse:
    """Add what a valid form gives, and lead back to the list of them."""
    person, at = request.ambassador, timezone.now()
    if form.is_valid() and went_through(
        form, _beside_its_field(form, operation), ambassador=person, by=request.user, at=at, **form.cleaned_data
    ):
        messages.success(request, said)
        return redirect("my_time")
    return render(request, page, {"form": form, "back_url": reverse("my_time")})


def _beside_its_field(form: HouseForm, operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation, whose refusals of what was typed or sent are named for the form's one field."""
    [field] = form.fields

    @wraps(operation)
    def named(**arguments: Any) -> None:
        try:
            operation(**arguments)
        except Refusal as refusal:
            reasons = [replace(each, code=field) if each.kind is Kind.INPUT else each for each in refusal.reasons]
            raise Refusal(*reasons) from refusal

    return named


@ambassadors_only
def remove(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Ask first, and then forget one of them with all that was read of it."""
    if request.method == "POST":
        press(
            request,
            own_calendars.remove_calendar,
            said=_("Removed, with all that we had read of it."),
            ambassador=request.ambassador,
            pk=pk,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("my_time")
    mine = OwnCalendar.objects.visible_to(request.user).filter(ambassador=request.ambassador)
    calendar = mine.filter(pk=pk).first()
    if calendar is None:
        # Removed already, or another's, which looks the same.
        return redirect("my_time")
    return ask_first(
        request,
        None,
        title=_("Remove this calendar?"),
        caption=name_of(calendar),
        lead=_("We forget it, and when it says that you are busy. You can add it again whenever you like."),
        submit=_("Remove it"),
        kind="danger",
        back_url=reverse("my_time"),
    )
