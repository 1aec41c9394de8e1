"""Employers, as coordinators and administrators set them up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality.employer_forms import EmployerForm, InvitationForm, SpellingForm
from quality.employer_querysets import sets_up_employers
from quality.employers.register import Listed, employers_listed, told_to
from quality.models import Employer, EmployerLead, EmployerSpelling
from quality.operations import employers as operations
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press, went_through

for_employers = open_to(Role.COORDINATOR, Role.ADMINISTRATOR)


@for_employers
def employers(request: SignedInRequest) -> HttpResponse:
    """Every employer that is told of its people, and the form for one more; to a region's coordinator, whom to ask."""
    if not sets_up_employers(request.user):
        return render(request, "quality/employers_elsewhere.html")
    form = EmployerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form, operations.set_up_employer, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("%(name)s is set up.") % form.cleaned_data)
        return redirect("employer", Employer.objects.visible_to(request.user).get(name=form.cleaned_data["name"]).pk)
    context = {"employers": employers_listed(request.user), "form": form}
    return render(request, "quality/employers.html", context)


@for_employers
def employer(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them: the ways to write its name, with how many people each is of, and who reads for it."""
    return _page(request, pk)


@for_employers
@require_POST
def add_spelling(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down one more way to write its name."""
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    form = SpellingForm(request.POST)
    if form.is_valid() and went_through(
        form, operations.add_spelling, employer=employer, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("Written down. It counts from the next term that is told of."))
        return redirect("employer", pk)
    return _page(request, pk, spelling_form=form, form=form)


@for_employers
@require_POST
def remove_spelling(request: SignedInRequest, pk: int) -> HttpResponse:
    """Count nobody who writes it like this any more."""
    spelling = get_object_or_404(EmployerSpelling.objects.visible_to(request.user), pk=pk)
    said = _("Removed. Nobody who writes it like that is counted in what is told next.")
    press(request, operations.remove_spelling, said=said, spelling=spelling, by=request.user, at=timezone.now())
    return redirect("employer", spelling.employer_id)


@for_employers
@require_POST
def invite_lead(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask somebody to read for it."""
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    form = InvitationForm(request.POST)
    if form.is_valid() and went_through(
        form, operations.invite_lead, employer=employer, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("employer", pk)
    return _page(request, pk, invitation_form=form, form=form)


@for_employers
@require_POST
def end_lead(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody read no more."""
    lead = get_object_or_404(EmployerLead.objects.visible_to(request.user).select_related("user"), pk=pk)
    said = _("Ended. From now on %(email)s reads nothing here.") % {"email": lead.address}
    press(request, operations.end_lead, said=said, lead=lead, by=request.user, at=timezone.now())
    return redirect("employer", lead.employer_id)


def _page(request: SignedInRequest, pk: int, **forms: Any) -> HttpResponse:
    found: list[Listed] = employers_listed(request.user, pk=pk)
    if not found:
        raise Http404
    context = {
        "listed": found[0],
        "told": told_to(found[0].employer),
        "spelling_form": SpellingForm(),
        "invitation_form": InvitationForm(),
    }
    return render(request, "quality/employer.html", {**context, **forms})
