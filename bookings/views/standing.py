"""Where a vetting officer stops someone from being booked: what they have promised is given back with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.forms.checks import LastDayForm
from ambassadors.forms.vetting import HoldForm
from ambassadors.models import Ambassador, Requirement
from ambassadors.querysets import RequirementQuerySet
from bookings.operations import standing
from bookings.queries.departure import days_promised
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press, went_through
from stem.moments import day_of
from stem.rules import Audience


@open_to(Role.VETTING_OFFICER)
def set_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop someone from being booked for a time, having said what they have promised."""
    person = get_object_or_404(Ambassador.objects.visible_to(request.user).vetted_by(request.user), pk=pk)
    at = timezone.now()
    form = HoldForm(request.POST or None, initial={"starts_on": day_of(at)})
    promised = days_promised(person, at=at)
    if form.is_valid() and went_through(
        form, standing.hold_back, ambassador=person, **form.cleaned_data, by=request.user, at=at
    ):
        said = _given_back(len(promised) - len(days_promised(person, at=at)))
        messages.success(request, " ".join([_("The hold is set."), *said]))
        return redirect("ambassador", person.pk)
    return render(request, "bookings/set_hold.html", {"form": form, "ambassador": person, "promised": promised})


@open_to(Role.VETTING_OFFICER)
def withdraw_requirement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a record made in error, after asking."""
    requirement = get_object_or_404(_requirements(request), pk=pk)
    at = timezone.now()
    if request.method == "POST":
        said = _("Withdrawn. It stays on record and no longer counts.")
        press(request, standing.take_back_requirement, said=said, requirement=requirement, by=request.user, at=at)
        return redirect("ambassador", requirement.ambassador_id)
    promised = days_promised(requirement.ambassador, at=at)
    return render(request, "bookings/withdraw_requirement.html", {"requirement": requirement, "promised": promised})


@open_to(Role.VETTING_OFFICER)
def date_membership(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record until when a lifetime member's membership lasts."""
    requirement = get_object_or_404(_requirements(request), pk=pk)
    person, at = requirement.ambassador, timezone.now()
    if not requirement.is_lifetime_membership or requirement.withdrawn_at is not None:
        messages.error(request, _("This is no lifetime membership that counts: its record has changed."))
        return redirect("ambassador", person.pk)
    form = LastDayForm(request.POST or None)
    promised = days_promised(person, at=at)
    if form.is_valid() and went_through(
        form,
        standing.date_membership,
        told_to=Audience.ENTITLED,
        requirement=requirement,
        last_day=form.cleaned_data["last_day"],
        by=request.user,
        at=at,
    ):
        said = _given_back(len(promised) - len(days_promised(person, at=at)))
        messages.success(request, " ".join([_("Recorded."), *said]))
        return redirect("ambassador", person.pk)
    told = {"form": form, "requirement": requirement, "promised": promised}
    return render(request, "bookings/date_membership.html", told)


def _requirements(request: SignedInRequest) -> RequirementQuerySet:
    """The records that this officer may open, with whose they are."""
    return Requirement.objects.visible_to(request.user).select_related("ambassador", "recorded_by")


def _given_back(count: int) -> list[str]:
    """What is said of promised visits that were given back; nothing when there was none."""
    words = ngettext(
        "%(n)d promised visit is given back: the school is told, and we look for someone else.",
        "%(n)d promised visits are given back: the schools are told, and we look for someone else.",
        count,
    )
    return [words % {"n": count}] if count else []
