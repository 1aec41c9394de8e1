"""How vetting officers look after the people of the register."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors import queries
from ambassadors.forms.vetting import HoldForm, PeopleFilter, ReasonForm, RequirementForm
from ambassadors.models import Ambassador, Hold, Requirement
from ambassadors.operations import applications, holds, requirements
from ambassadors.querysets import AmbassadorQuerySet
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role
from stem.acts import press, went_through
from stem.audit.record import record
from stem.moments import day_of
from stem.rules import Audience

PER_PAGE = 25


def _people(request: SignedInRequest) -> AmbassadorQuerySet:
    """The people this officer vets: never oneself (rule V-31)."""
    return Ambassador.objects.visible_to(request.user).other_than(request.user)


@open_to(Role.VETTING_OFFICER)
def ambassadors(request: SignedInRequest) -> HttpResponse:
    """The people of the officer's regions, searched and filtered by the address."""
    form = PeopleFilter(request.GET or None)
    people = form.narrowed(_people(request))
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ambassadors/ambassadors.html", {"filters": form, "page": page})


@open_to(Role.VETTING_OFFICER)
def ambassador(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's record. Looking at it is itself put on record."""
    at = timezone.now()
    person = get_object_or_404(_people(request).select_related("user"), pk=pk)
    record("ambassador.read", person, by=request.user, at=at)
    knows = has_role(request.user, Role.SAFEGUARDING_LEAD)
    return render(
        request,
        "ambassadors/ambassador.html",
        {
            "ambassador": person,
            "record": queries.vetting_record(person, on=day_of(at), knows_safeguarding=knows),
            "history": queries.history_of(person),
        },
    )


@open_to(Role.VETTING_OFFICER)
def record_requirement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that a requirement is met."""
    person = get_object_or_404(_people(request), pk=pk)
    form = RequirementForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if form.is_valid() and went_through(
        form,
        requirements.record_requirement,
        told_to=Audience.ENTITLED,
        ambassador=person,
        **form.cleaned_data,
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Recorded: %(what)s.") % {"what": form.cleaned_data["kind"].label})
        return redirect("ambassador", person.pk)
    return render(request, "ambassadors/record_requirement.html", {"form": form, "ambassador": person})


@open_to(Role.VETTING_OFFICER)
@require_POST
def confirm_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second pair of eyes on a criminal record check."""
    requirement = get_object_or_404(Requirement.objects.visible_to(request.user), pk=pk)
    said = _("Confirmed. The check counts from now on.")
    press(request, requirements.confirm_check, said=said, requirement=requirement, by=request.user, at=timezone.now())
    return redirect("ambassador", requirement.ambassador_id)


@open_to(Role.VETTING_OFFICER)
def withdraw_requirement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a record made in error, after asking."""
    rows = Requirement.objects.visible_to(request.user).select_related("ambassador", "recorded_by")
    requirement = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        said = _("Withdrawn. It stays on record and no longer counts.")
        act = requirements.withdraw_requirement
        press(request, act, said=said, requirement=requirement, by=request.user, at=timezone.now())
        return redirect("ambassador", requirement.ambassador_id)
    return render(request, "ambassadors/withdraw_requirement.html", {"requirement": requirement})


@open_to(Role.VETTING_OFFICER)
@require_POST
def approve_application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take someone into the scheme, or say what is missing."""
    person = get_object_or_404(_people(request), pk=pk)
    press(
        request,
        applications.approve_application,
        said=_("%(name)s is an ambassador now, and has been told.") % {"name": person},
        told_to=Audience.ENTITLED,
        ambassador=person,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("ambassador", person.pk)


@open_to(Role.VETTING_OFFICER)
def decline_application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Turn an application down, with the reason on record."""
    person = get_object_or_404(_people(request), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        applications.decline_application,
        ambassador=person,
        because=form.cleaned_data["because"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Declined. %(name)s will be told how to ask about it.") % {"name": person})
        return redirect("ambassador", person.pk)
    return render(request, "ambassadors/decline_application.html", {"form": form, "ambassador": person})


@open_to(Role.VETTING_OFFICER)
def set_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop someone from being booked for a time."""
    person = get_object_or_404(_people(request), pk=pk)
    at = timezone.now()
    form = HoldForm(request.POST or None, initial={"starts_on": day_of(at)})
    if form.is_valid() and went_through(
        form, holds.set_hold, ambassador=person, **form.cleaned_data, by=request.user, at=at
    ):
        messages.success(request, _("The hold is set."))
        return redirect("ambassador", person.pk)
    return render(request, "ambassadors/set_hold.html", {"form": form, "ambassador": person})


@open_to(Role.VETTING_OFFICER)
@require_POST
def lift_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let someone be booked again."""
    hold = get_object_or_404(Hold.objects.visible_to(request.user), pk=pk)
    press(request, holds.lift_hold, said=_("The hold is lifted."), hold=hold, by=request.user, at=timezone.now())
    return redirect("ambassador", hold.ambassador_id)
