"""The pages on which people say how they show who they are, and agree to a check."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.enums import CheckBody, IdentityMethod
from ambassadors.forms.checks import CommentForm
from ambassadors.forms.vouching import CheckForm, IdentityForm
from ambassadors.models import Application
from ambassadors.operations import answers, assessments, checks, updates
from ambassadors.queries.checks import told_to_person
from ambassadors.queries.updates import own_updates, relied_on
from ambassadors.validity import body_for
from ambassadors.views.files import refuse_files
from ambassadors.views.onwards import go_on
from ambassadors.views.promises import way_back
from stem.acts import press, went_through
from stem.moments import day_of
from stem.nations import Nation


def _application(request: AmbassadorRequest) -> Application | None:
    return Application.objects.visible_to(request.user).filter(ambassador=request.ambassador).first()


@ambassadors_only
def show_identity(request: AmbassadorRequest) -> HttpResponse:
    """What to bring, and which way of showing it suits; nothing is uploaded."""
    application = _application(request)
    chosen = application.identity_method if application else ""
    form = IdentityForm(request.POST or None, initial={"method": chosen})
    if form.is_valid() and went_through(
        form,
        answers.choose_identity_method,
        ambassador=request.ambassador,
        method=form.cleaned_data["method"],
        by=request.user,
        at=timezone.now(),
    ):
        if form.cleaned_data["method"] == IdentityMethod.IN_PERSON:
            messages.success(request, _("We write to you to agree a place and a time."))
        else:
            messages.success(request, _("We write to you with the way into the service."))
        return go_on(request, request.ambassador, after="identity")
    return render(
        request, "ambassadors/show_identity.html", {"form": form, "chosen": chosen, "back": way_back(request)}
    )


@ambassadors_only
def agree_to_check(request: AmbassadorRequest) -> HttpResponse:
    """Which check it is, the two questions that decide how far it reaches, and a yes to it."""
    person, application = request.ambassador, _application(request)
    form = CheckForm(request.POST or None)
    if form.is_valid() and went_through(
        form, answers.agree_to_check, ambassador=person, **form.answers(), by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Thank you. We start the check and write to you with what comes next."))
        return go_on(request, person, after="check")
    shown = {
        "form": form,
        "nation": person.nation and Nation(person.nation).label,
        "body": body_for(Nation(person.nation)) if person.nation else "",
        "CheckBody": CheckBody,
        "told": told_to_person(person),
        "agreed_at": application.check_agreed_at if application else None,
        "updates": own_updates(person, on=day_of(timezone.now())),
        "back": way_back(request),
    }
    return render(request, "ambassadors/agree_to_check.html", shown)


@ambassadors_only
@require_POST
def certificate_has_come(request: AmbassadorRequest) -> HttpResponse:
    """Say that one's certificate has come."""
    said = _("Thank you. Bring it along: we write to you about where we can see it.")
    return _of_my_check(request, checks.note_issued, said)


@ambassadors_only
@refuse_files
def comment_on_check(request: AmbassadorRequest) -> HttpResponse:
    """Tell those who weigh one's check what they should know, as long as they do."""
    check = request.ambassador.checks.under_way().first()
    told = told_to_person(request.ambassador)
    if check is None or told is None or not told.may_comment:
        messages.error(request, _("No check of yours is being looked at by two people now."))
        return redirect("agree_to_check")
    form = CommentForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        assessments.comment_on_check,
        check=check,
        words=form.cleaned_data["words"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Thank you. Those who decide read it."))
        return redirect("agree_to_check")
    return render(request, "ambassadors/comment_on_check.html", {"form": form, "told": told})


@ambassadors_only
@require_POST
def appeal_check(request: AmbassadorRequest) -> HttpResponse:
    """Ask for a decision to be looked at again."""
    said = _("Somebody who had no part in it looks at it again, and we write to you.")
    return _of_my_check(request, assessments.appeal, said)


@ambassadors_only
@require_POST
def agree_to_updates(request: AmbassadorRequest) -> HttpResponse:
    """Agree that the update service is asked about one's certificate, until one takes it back (V-40)."""
    said = _("Thank you. You can take it back here at any time.")
    return _of_relied_on(request, updates.consent_to_updates, said)


@ambassadors_only
@require_POST
def take_back_updates(request: AmbassadorRequest) -> HttpResponse:
    """Take that back."""
    said = _("Taken back: the update service is not asked about you any more.")
    return _of_relied_on(request, updates.withdraw_consent, said)


def _of_relied_on(request: AmbassadorRequest, operation: Callable[..., Any], said: str) -> HttpResponse:
    check = relied_on(request.ambassador)
    if check is None:
        messages.error(request, _("You have no check about which the update service could be asked."))
    else:
        press(request, operation, said=said, check=check, by=request.user, at=timezone.now())
    return redirect("agree_to_check")


def _of_my_check(request: AmbassadorRequest, operation: Callable[..., Any], said: str) -> HttpResponse:
    check = request.ambassador.checks.under_way().first()
    if check is None:
        messages.error(request, _("No check of yours is under way."))
    else:
        press(request, operation, said=said, check=check, by=request.user, at=timezone.now())
    return redirect("agree_to_check")
