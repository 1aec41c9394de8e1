"""What becomes of a worry: who was told, how it ended, and two who close it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.enums import ConcernOutcome
from quality.jurisdictions import jurisdiction
from quality.operations import concern_steps as operations
from quality.queries import nation_of_concern
from quality.views.concerns import concern_act, concern_of, for_safeguarding
from quality.worry_forms import ConcernNoteForm, OutcomeForm, PassOnForm, ProposeCloseForm, ReferForm
from stem.access import SignedInRequest
from stem.acts import press


@for_safeguarding
@never_cache
def pass_on_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that the school's lead was rung."""
    shown, form = concern_of(request, pk), PassOnForm(request.POST or None)
    return concern_act(
        request,
        shown,
        form,
        operations.pass_on_concern,
        said=_("It is with the school."),
        title=_("Passed on by telephone"),
        lead=_("Ring them: never by e-mail. The school deals with it from there, and we do not investigate."),
        submit=_("Put it on record"),
        decided=form.said if form.is_valid() else {},
    )


@for_safeguarding
@never_cache
def refer_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that the designated officer was told."""
    shown, form = concern_of(request, pk), ReferForm(request.POST or None)
    officer = jurisdiction(nation_of_concern(shown)).officer
    return concern_act(
        request,
        shown,
        form,
        operations.refer_concern,
        said=_("On record: the officer knows. Go by what they say."),
        title=_("Told to the designated officer"),
        lead=_("%(officer)s: within one working day. Do not interview the ambassador first.") % {"officer": officer},
        submit=_("Put it on record"),
        decided=form.said if form.is_valid() else {},
    )


@for_safeguarding
@never_cache
def record_outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record how it ended."""
    form = OutcomeForm(request.POST or None)
    decided = dict(form.cleaned_data) if form.is_valid() else {}
    if decided:
        decided["outcome"] = ConcernOutcome(decided["outcome"])
    return concern_act(
        request,
        concern_of(request, pk),
        form,
        operations.record_outcome,
        said=_("The outcome is on record."),
        title=_("How did it end?"),
        submit=_("Put it on record"),
        decided=decided,
    )


@for_safeguarding
@never_cache
def record_actions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record what was done in the end."""
    form = ConcernNoteForm(request.POST or None)
    return concern_act(
        request,
        concern_of(request, pk),
        form,
        operations.record_actions,
        said=_("What was done is on record."),
        title=_("What was done in the end?"),
        submit=_("Put it on record"),
        decided=form.cleaned_data if form.is_valid() else {},
    )


@for_safeguarding
@never_cache
def propose_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the first of two to say that it is over."""
    form = ProposeCloseForm(request.POST or None)
    return concern_act(
        request,
        concern_of(request, pk),
        form,
        operations.propose_close,
        said=_("Proposed. Another safeguarding lead closes it."),
        title=_("Propose to close it"),
        lead=_("Another safeguarding lead reads it, and closes it or keeps it open."),
        submit=_("Propose it"),
        decided=form.cleaned_data if form.is_valid() else {},
    )


@for_safeguarding
@require_POST
def keep_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that something is still to be done."""
    said = _("It stays open.")
    press(request, operations.keep_open, said=said, concern=concern_of(request, pk), by=request.user, at=timezone.now())
    return redirect("concern", pk)


@for_safeguarding
@require_POST
def close_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second of two."""
    shown, said = concern_of(request, pk), _("It is closed.")
    press(request, operations.close_concern, said=said, concern=shown, by=request.user, at=timezone.now())
    return redirect("concern", pk)
