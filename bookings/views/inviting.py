"""Inviting schools that never ask: the list of the month, a letter, a call, and what the school said."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.eligibility import check_can_be_invited, lead_to_write_to
from bookings.enums import Channel
from bookings.envelopes import to_lead
from bookings.forms.inviting import CallForm, SaidForm, SendForm, SentenceForm
from bookings.models import Coverage, Invitation
from bookings.notifications import school_invited
from bookings.operations import inviting
from bookings.queries.coverage import Line, help_needed, lines_of
from bookings.queries.inviting import figures_for, list_of, regions_listed_for
from stem.access import SignedInRequest, open_to
from stem.accounts.models import User
from stem.accounts.roles import Role, has_role
from stem.acts import went_through
from stem.letters.drafts import Draft
from stem.letters.rendering import Wording, word_in_advance
from stem.moments import day_of
from stem.rules import Refusal, why_not

PER_PAGE = 10


@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def schools_to_invite(request: SignedInRequest) -> HttpResponse:
    """The list of this month, region by region, and what came of inviting schools so far."""
    at = timezone.now()
    regions = regions_listed_for(request.user)
    named = request.GET.get("region", "")
    region = next((each for each in regions if str(each.pk) == named), regions[0] if regions else None)
    listed = list_of(region, request.user, at=at) if region else None
    schools = listed.schools if listed else []
    context = {
        "regions": regions,
        "listed": listed,
        "page": Paginator(schools, PER_PAGE).get_page(request.GET.get("page")),
        "figures": figures_for(request.user, at=at),
        "may_coordinate": has_role(request.user, Role.COORDINATOR),
    }
    return render(request, "bookings/schools_to_invite.html", context)


def _preview(line: Line, *, words: str, by: User, at: datetime) -> Wording:
    """The invitation as whoever leads there would read it. Refuses as `lead_to_write_to`."""
    lead = lead_to_write_to(line.school, at=at)
    has_been = line.coverage.last_on is not None
    envelope = to_lead(Draft(at=at, preview=True), lead, has_been=has_been, words=words, by=by.full_name)
    return word_in_advance(school_invited, envelope, language=lead.user.language)


def _line(request: SignedInRequest, pk: int) -> Line:
    """How a school of one's regions is reached."""
    covered = Coverage.objects.visible_to(request.user).select_related("school")
    [line] = lines_of([get_object_or_404(covered, school=pk)], on=day_of(timezone.now()))
    return line


@open_to(Role.COORDINATOR)
def write_to_school(request: SignedInRequest, pk: int) -> HttpResponse:
    """The letter as it would leave, with a sentence of one's own in the address; and sending it."""
    line, at = _line(request, pk), timezone.now()
    form = SentenceForm(request.POST if request.method == "POST" else request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if request.method == "POST" and form.is_valid():
        operation = inviting.write_to_school
        if went_through(form, operation, school=line.school, words=words, by=request.user, at=at):
            messages.success(
                request, _("The letter leaves in its reader’s working hours. What comes of it stands here.")
            )
            return redirect("coverage_school", pk)
    letter, refusal = None, None
    try:
        letter = _preview(line, words=words, by=request.user, at=at)
    except Refusal as why:
        refusal = why
    context = {
        "line": line,
        "form": form,
        "refusal": refusal,
        "help_needed": help_needed(line.school) if refusal else "",
        "letter": letter,
        "send": SendForm(initial={"words": words}, auto_id="send_%s"),
    }
    return render(request, "bookings/write_to_school.html", context)


@open_to(Role.COORDINATOR)
def note_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """That somebody rang a school that has not asked, and what it said."""
    line, at = _line(request, pk), timezone.now()
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form, inviting.note_call, school=line.school, said=form.status, by=request.user, at=at
    ):
        messages.success(request, _("The call is on record."))
        return redirect("coverage_school", pk)
    refusal = why_not(check_can_be_invited, line.school, Channel.CALL, at=at)
    context = {"line": line, "form": form, "refusal": refusal, "help_needed": help_needed(line.school)}
    return render(request, "bookings/note_call.html", context)


@open_to(Role.COORDINATOR)
def note_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a school said to an invitation."""
    rows = Invitation.objects.visible_to(request.user).select_related("school")
    invitation = get_object_or_404(rows, pk=pk)
    form = SaidForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form, inviting.note_answer, invitation=invitation, said=form.status, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("What it said is on record."))
        return redirect("coverage_school", invitation.school_id)
    return render(request, "bookings/note_answer.html", {"invitation": invitation, "form": form})
