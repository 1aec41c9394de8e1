"""How vetting officers take a criminal record check from step to step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.enums import CheckStatus, EligibilityBasis
from ambassadors.forms.checks import EligibilityForm, certificate_form
from ambassadors.models import Check
from ambassadors.operations import checks
from ambassadors.queries.checks import told_of_check
from ambassadors.validity import body_for
from ambassadors.views.files import refuse_files
from ambassadors.views.vetting import people_vetted_by
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.audit.record import record
from stem.forms import HouseForm
from stem.nations import Nation
from stem.rules import Audience
from stem.update_service import update_service


def _check(request: SignedInRequest, pk: int) -> Check:
    rows = Check.objects.visible_to(request.user).of_those_vetted_by(request.user)
    rows = rows.select_related("ambassador__application", "seen_by", "requirement")
    return get_object_or_404(rows, pk=pk)


@open_to(Role.VETTING_OFFICER)
@require_POST
def begin_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a check of someone, or go on with the one under way."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    said = _("Begun. The next step is below.")
    press(request, checks.begin_check, said=said, ambassador=person, by=request.user, at=timezone.now())
    check = person.checks.first()
    return redirect("check", check.pk) if check else redirect("ambassador", person.pk)


@open_to(Role.VETTING_OFFICER)
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far one check has come, and its next step. Looking at it is itself put on record (V-23)."""
    row, at = _check(request, pk), timezone.now()
    record("check.read", row, by=request.user, at=at)
    told = told_of_check(row, reader=request.user, at=at)
    is_asked = update_service() is not None
    return render(request, "ambassadors/check.html", {"check": row, "told": told, "is_asked": is_asked})


@open_to(Role.VETTING_OFFICER)
@refuse_files
def confirm_check_right(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say by what right a check is asked for."""
    row, form = _check(request, pk), EligibilityForm(request.POST or None)
    made_by = body_for(Nation(row.ambassador.nation)) if row.ambassador.nation else None
    if made_by is not None:
        rights = [(right.value, right.label) for right in EligibilityBasis.of(made_by)]
        form.fields["basis"].choices = rights  # type: ignore[attr-defined]
    if form.is_valid():
        said, right = _("Recorded."), form.right()
        if _went_on(request, form, checks.confirm_eligibility, said=said, check=row, right=right):
            return redirect("check", row.pk)
    body = made_by.label if made_by is not None else ""
    return render(request, "ambassadors/confirm_check_right.html", {"check": row, "form": form, "body": body})


@open_to(Role.VETTING_OFFICER)
@refuse_files
def see_certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that the original was seen."""
    row = _check(request, pk)
    form = certificate_form(row)(request.POST or None)
    if form.is_valid():
        seen, said = form.certificate(), _("Recorded.")
        if not seen.matches:
            said = _("It did not match, so it does not count. Ask for the check anew.")
        if _went_on(request, form, checks.see_original, said=said, check=row, certificate=seen):
            return redirect("check", row.pk)
    return render(request, "ambassadors/see_certificate.html", {"check": row, "form": form})


def _went_on(request: SignedInRequest, form: HouseForm, operation: Any, *, said: str, **told: Any) -> bool:
    """Take the check a step on with what a form gave; whether that went through."""
    done = went_through(form, operation, told_to=Audience.ENTITLED, **told, by=request.user, at=timezone.now())
    if done:
        messages.success(request, said)
    return done


@open_to(Role.VETTING_OFFICER)
@require_POST
def apply_for_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the body has been asked."""
    return _pressed(request, pk, checks.apply_for_check, _("Noted: it is applied for."))


@open_to(Role.VETTING_OFFICER)
@require_POST
def note_issued(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the certificate is out."""
    return _pressed(request, pk, checks.note_issued, _("Noted: the certificate is out. See the original next."))


def _pressed(request: SignedInRequest, pk: int, operation: Any, said: str) -> HttpResponse:
    row = _check(request, pk)
    press(request, operation, said=said, told_to=Audience.ENTITLED, check=row, by=request.user, at=timezone.now())
    return redirect("check", row.pk)


@open_to(Role.VETTING_OFFICER)
def withdraw_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a check that goes no further, after asking."""
    row = _check(request, pk)
    if request.method == "POST" and row.status not in (CheckStatus.OK, CheckStatus.CONDITIONS):
        return _pressed(request, pk, checks.withdraw_check, _("Withdrawn. A new one can be begun."))
    return ask_first(
        request,
        HouseForm(),
        title=_("End this check?"),
        caption=row.ambassador.full_name,
        lead=_("It stays on record as withdrawn. What has been decided before is not changed by it."),
        submit=_("End it"),
        kind="danger",
        back_url=reverse("check", args=[row.pk]),
    )
