"""What becomes of a complaint: it is acknowledged, given to somebody, looked into, and answered."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.complaint_book import handlers_of
from quality.complaint_forms import AnswerForm, AssignForm, ComplaintNoteForm, RepeatForm, RerouteForm, WithdrawForm
from quality.operations import complaints as operations
from quality.views.complaints import complaint_act, complaint_of, for_complaints
from stem.access import SignedInRequest
from stem.acts import press


@for_complaints
@require_POST
def acknowledge_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that we have it."""
    return _pressed(request, pk, operations.acknowledge_complaint, said=_("They hear that we have it."))


@for_complaints
@never_cache
def assign_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give it to somebody unconnected."""
    shown = complaint_of(request, pk)
    form = AssignForm(request.POST or None, people=handlers_of(shown, at=timezone.now()))
    return complaint_act(
        request,
        shown,
        form,
        operations.assign_complaint,
        said=_("It is given to them."),
        title=_("Who looks into it?"),
        lead=_("Whoever has a part in what it is about is not on the list."),
        submit=_("Give it to them"),
        decided=form.decided if form.is_valid() else {},
    )


@for_complaints
@require_POST
def investigate_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin to look into it."""
    return _pressed(request, pk, operations.investigate_complaint, said=_("You look into it now."))


@for_complaints
@never_cache
def note_on_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    return complaint_act(
        request,
        complaint_of(request, pk),
        ComplaintNoteForm(request.POST or None),
        operations.note_on_complaint,
        said=_("Written down."),
        title=_("What was done about it"),
        submit=_("Write it down"),
    )


@for_complaints
@never_cache
def respond_to_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer whoever complained."""
    form = AnswerForm(request.POST or None)
    return complaint_act(
        request,
        complaint_of(request, pk),
        form,
        operations.respond_to_complaint,
        said=_("It is answered. They may ask for another look."),
        title=_("Answer the complaint"),
        lead=_("They read your answer on their own page; a letter says that it is there."),
        submit=_("Send the answer"),
        decided=form.decided if form.is_valid() else {},
    )


@for_complaints
@never_cache
def propose_repeat(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the first of two to say that the same was answered before."""
    return complaint_act(
        request,
        complaint_of(request, pk),
        RepeatForm(request.POST or None),
        operations.propose_repeat,
        said=_("A colleague reads it, and says whether they agree."),
        title=_("The same was answered before"),
        lead=_("It takes two: a colleague reads it, and your words go out only if they agree."),
        submit=_("Ask a colleague"),
    )


@for_complaints
@require_POST
def keep_investigating(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that it is looked into after all."""
    return _pressed(request, pk, operations.keep_investigating, said=_("It is looked into."))


@for_complaints
@require_POST
def confirm_repeat(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second of two."""
    return _pressed(request, pk, operations.confirm_repeat, said=_("It is answered. They may ask for another look."))


@for_complaints
@never_cache
def withdraw_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that they have taken it back."""
    return complaint_act(
        request,
        complaint_of(request, pk),
        WithdrawForm(request.POST or None),
        operations.withdraw_complaint,
        said=_("It is closed as withdrawn."),
        title=_("They have taken it back"),
        submit=_("Close it as withdrawn"),
    )


@for_complaints
@never_cache
def reroute_complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell them who sees to it instead."""
    return complaint_act(
        request,
        complaint_of(request, pk),
        RerouteForm(request.POST or None),
        operations.reroute_complaint,
        said=_("They hear who sees to it."),
        title=_("Somebody else sees to it"),
        lead=_("For what is not ours to answer: a school’s own matter, or another organisation’s."),
        submit=_("Tell them, and close it"),
    )


@for_complaints
@never_cache
def answer_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer once more, as somebody who had no part in the first answer."""
    form = AnswerForm(request.POST or None)
    return complaint_act(
        request,
        complaint_of(request, pk),
        form,
        operations.answer_appeal,
        said=_("It is answered, and closed."),
        title=_("Answer after another look"),
        lead=_("It is our last word: say whom else they can turn to, if there is anybody."),
        submit=_("Send the answer, and close it"),
        decided=form.decided if form.is_valid() else {},
    )


def _pressed(request: SignedInRequest, pk: int, act: Callable[..., Any], *, said: str) -> HttpResponse:
    """Do what one button asks for."""
    press(request, act, said=said, complaint=complaint_of(request, pk), by=request.user, at=timezone.now())
    return redirect("complaint", pk)
