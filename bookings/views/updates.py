"""Where vetting officers ask the update service, or record what they read on its website (rules V-40 to V-42)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ambassadors.forms.updates import AnswerForm, AskForm
from ambassadors.models import Check
from ambassadors.views.files import refuse_files
from bookings.operations import updates
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import put_on_record
from stem.curriculum import Words
from stem.rules import Audience, Refusal
from stem.scheme.identity import who_we_are
from stem.update_service import StatusResult, UpdateService, update_service
from stem.wording import day_in_words

SAID: dict[StatusResult, Words] = {
    StatusResult.CURRENT: lazy("Current: the check counts again from today, until %(day)s."),
    StatusResult.NOT_CURRENT: lazy(
        "Not current: no check counts any more, what they had promised is given back, and a new check has begun."
        " We write to them."
    ),
    StatusResult.NO_MATCH: lazy(
        "No such certificate. Nothing follows from it: compare number, surname and date of birth, and key them once"
        " more. If there is still none, get in touch with them."
    ),
}


def _check(request: SignedInRequest, pk: int) -> Check:
    rows = Check.objects.visible_to(request.user).of_those_vetted_by(request.user)
    return get_object_or_404(rows.select_related("ambassador__application", "requirement"), pk=pk)


@open_to(Role.VETTING_OFFICER)
@never_cache
@sensitive_post_parameters()
@refuse_files
def ask_update_service(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the service whether a certificate is still current, with what is kept nowhere."""
    check, service = _check(request, pk), update_service()
    if service is None:
        messages.error(request, _("The update service is not asked from here: look on its website."))
        return redirect("check", check.pk)
    form = AskForm(request.POST or None, seen=check.status_checks.count())
    if form.is_valid():
        _ask(request, check, form, service)
        return redirect("check", check.pk)
    return render(request, "bookings/ask_update_service.html", {"check": check, "form": form})


@sensitive_variables()
def _ask(request: SignedInRequest, check: Check, form: AskForm, service: UpdateService) -> None:
    """Ask, and say what came of it: no field of the form can be put right where it was refused."""
    asked: dict[str, Any] = {"check": check, "by": request.user, "at": timezone.now()}
    try:
        result = updates.ask_update_service(
            surname=form.cleaned_data["surname"],
            born_on=form.cleaned_data["born_on"],
            organisation=who_we_are().known_as,
            service=service,
            seen=form.answers_seen(),
            **asked,
        )
    except Refusal as refusal:
        put_on_record(updates.ask_update_service, refusal, asked)
        messages.error(request, refusal.told_to(Audience.ENTITLED))
    else:
        _say(request, check, result)


@open_to(Role.VETTING_OFFICER)
@never_cache
@refuse_files
def record_update_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record what the service's own website says today."""
    check = _check(request, pk)
    form = AnswerForm(request.POST or None, seen=check.status_checks.count())
    if not form.is_valid():
        return render(request, "bookings/record_update_answer.html", {"check": check, "form": form})
    result = StatusResult(form.cleaned_data["result"])
    said: dict[str, Any] = {"check": check, "by": request.user, "at": timezone.now()}
    try:
        updates.record_answer(result=result, seen=form.answers_seen(), **said)
    except Refusal as refusal:
        put_on_record(updates.record_answer, refusal, said)
        messages.error(request, refusal.told_to(Audience.ENTITLED))
    else:
        _say(request, check, result)
    return redirect("check", check.pk)


def _say(request: SignedInRequest, check: Check, result: StatusResult) -> None:
    """The answer, and what follows from it."""
    if result is StatusResult.CURRENT:
        answer = check.status_checks.select_related("requirement").last()
        assert answer is not None
        days = [row.last_day for row in (answer.requirement, check.requirement) if row is not None and row.last_day]
        messages.success(request, str(SAID[result]) % {"day": day_in_words(max(days))})
    else:
        messages.warning(request, str(SAID[result]))
