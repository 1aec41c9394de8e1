"""What vetting officers do with references. Reading one is itself put on record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.forms.vetting import ReasonForm
from ambassadors.forms.vouching import AcceptReferenceForm
from ambassadors.models import Referee
from ambassadors.operations import references
from ambassadors.querysets import RefereeQuerySet
from ambassadors.vouching import read_reference
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, went_through
from stem.audit.record import record


def _references(request: SignedInRequest) -> RefereeQuerySet:
    """Those about people whom this officer vets: never about oneself (rule V-31)."""
    rows = Referee.objects.visible_to(request.user).about_others(request.user)
    return rows.select_related("ambassador", "decided_by")


@open_to(Role.VETTING_OFFICER)
def reference(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a referee answered, and how to make sure that it was them."""
    row = get_object_or_404(_references(request), pk=pk)
    record("reference.read", row, by=request.user, at=timezone.now())
    return render(request, "ambassadors/reference.html", {"read": read_reference(row)})


@open_to(Role.VETTING_OFFICER)
def accept_reference(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a reference, saying how one knows that it is theirs."""
    row = get_object_or_404(_references(request), pk=pk)
    form = AcceptReferenceForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        references.accept_reference,
        referee=row,
        verified_how=form.cleaned_data["how"],
        by=request.user,
        at=timezone.now(),
    ):
        done = _("Accepted. It is on record, with how you made sure.")
        return _said(request, row, done, waits=_("Your yes is on record. A second officer has to say yes as well."))
    return ask_first(
        request,
        form,
        title=_("Accept the reference from %(name)s?") % {"name": row},
        caption=row.ambassador.full_name,
        lead=_("They know of a reason against, so it takes two officers. Talk with them before you say yes.")
        if row.has_doubts
        else "",
        submit=_("Accept it"),
        kind="primary",
        back_url=reverse("reference", args=[row.pk]),
    )


@open_to(Role.VETTING_OFFICER)
def not_accept_reference(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a reference out of account, with the reason on record."""
    row = get_object_or_404(_references(request), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        references.not_accept_reference,
        referee=row,
        because=form.cleaned_data["because"],
        by=request.user,
        at=timezone.now(),
    ):
        done = _("Not accepted. The applicant is asked to name someone else, and not told why.")
        return _said(request, row, done, waits=_("On record. A second officer has to agree before it is left out."))
    return ask_first(
        request,
        form,
        title=_("Leave out the reference from %(name)s?") % {"name": row},
        caption=row.ambassador.full_name,
        lead=_("They know of a reason against, so it takes two officers. Of what it is, write nothing here.")
        if row.has_doubts
        else _("The applicant is asked to name someone else, and is not told why."),
        submit=_("Leave it out"),
        kind="danger",
        back_url=reverse("reference", args=[row.pk]),
    )


def _said(request: SignedInRequest, row: Referee, done: str, *, waits: str) -> HttpResponse:
    """Back to the person's page, with what became of an officer's word: decided, or the first of two."""
    is_waiting = _references(request).doubted().filter(pk=row.pk).exists()
    messages.success(request, waits if is_waiting else done)
    return redirect("ambassador", row.ambassador_id)
