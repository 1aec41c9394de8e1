"""What vetting officers decide about an application, and what they ask of an applicant."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.enums import DeclineGround
from ambassadors.forms.vetting import AskForm, DeclineForm
from ambassadors.operations import applications, asking, declining
from ambassadors.views.vetting import people_vetted_by
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.forms import HouseForm
from stem.rules import Audience

# Where a button that stands on the board leads back to.
BOARD = "board"


@open_to(Role.VETTING_OFFICER)
@require_POST
def approve_application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take someone into the scheme, or say what is missing; from the board, go on with the board."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    press(
        request,
        applications.approve_application,
        said=_("%(name)s is an ambassador now, and has been told.") % {"name": person},
        told_to=Audience.ENTITLED,
        ambassador=person,
        by=request.user,
        at=timezone.now(),
    )
    if request.POST.get("then") == BOARD:
        return redirect(f"{reverse('vetting_board')}?show=ready")
    return redirect("ambassador", person.pk)


@open_to(Role.VETTING_OFFICER)
def decline_application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Turn an application down with its ground on record, or propose it where two people decide."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        who: dict[str, Any] = {"ambassador": person, "by": request.user, "at": timezone.now()}
        ground, because = form.cleaned_data["ground"], form.cleaned_data["because"]
        if ground is DeclineGround.DISCLOSURE:
            said = _("Proposed. %(name)s may comment first; then a colleague confirms it or takes it back.")
            done = went_through(form, declining.propose_decline, told_to=Audience.ENTITLED, **who)
        else:
            said = _("Declined. %(name)s will be told how to ask about it.")
            done = went_through(
                form, declining.decline_application, told_to=Audience.ENTITLED, ground=ground, because=because, **who
            )
        if done:
            messages.success(request, said % {"name": person})
            return redirect("ambassador", person.pk)
    return render(request, "ambassadors/decline_application.html", {"form": form, "ambassador": person})


@open_to(Role.VETTING_OFFICER)
def confirm_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second of two to decline for what a check disclosed, after asking."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    form = HouseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form,
        declining.confirm_decline,
        told_to=Audience.ENTITLED,
        ambassador=person,
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Declined. %(name)s will be told how to ask about it.") % {"name": person})
        return redirect("ambassador", person.pk)
    return ask_first(
        request,
        form,
        title=_("Confirm that this application is declined?"),
        caption=person.full_name,
        lead=_(
            "A colleague proposes it because of what a check disclosed. Decide for yourself: two people are needed."
        ),
        submit=_("Decline the application"),
        kind="danger",
        back_url=reverse("ambassador", args=[person.pk]),
    )


@open_to(Role.VETTING_OFFICER)
@require_POST
def take_back_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a proposed decline off the table."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    said = _("Taken back. Vetting goes on, and %(name)s is told.") % {"name": person}
    act, at = declining.take_back_decline, timezone.now()
    press(request, act, said=said, told_to=Audience.ENTITLED, ambassador=person, by=request.user, at=at)
    return redirect("ambassador", person.pk)


@open_to(Role.VETTING_OFFICER)
def ask_for_more(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask an applicant for something, in words."""
    person = get_object_or_404(people_vetted_by(request).select_related("application"), pk=pk)
    application = getattr(person, "application", None)
    form = AskForm(request.POST or None, initial={"needed": application.asked_for if application else ""})
    if form.is_valid() and went_through(
        form,
        asking.ask_for_more,
        told_to=Audience.ENTITLED,
        ambassador=person,
        needed=form.cleaned_data["needed"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Asked. %(name)s gets a letter, and it is their turn.") % {"name": person})
        return redirect("ambassador", person.pk)
    return render(request, "ambassadors/ask_for_more.html", {"form": form, "ambassador": person})


@open_to(Role.VETTING_OFFICER)
@require_POST
def settle_talk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one has talked with them."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    act, at = asking.settle_talk, timezone.now()
    press(request, act, said=_("Noted."), told_to=Audience.ENTITLED, ambassador=person, by=request.user, at=at)
    return redirect("ambassador", person.pk)


@open_to(Role.VETTING_OFFICER)
@require_POST
def settle_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put away what was asked for."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    said = _("Settled. The history keeps what was asked and answered.")
    act, at = asking.settle_asked, timezone.now()
    press(request, act, said=said, told_to=Audience.ENTITLED, ambassador=person, by=request.user, at=at)
    return redirect("ambassador", person.pk)
