"""The pages on which people say how they show who they are, and agree to a check."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.enums import CheckBody, IdentityMethod
from ambassadors.forms.vouching import CheckForm, IdentityForm
from ambassadors.models import Application
from ambassadors.operations import answers
from ambassadors.validity import body_for
from ambassadors.views.onwards import go_on
from ambassadors.views.promises import way_back
from stem.acts import went_through
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
        "agreed_at": application.check_agreed_at if application else None,
        "back": way_back(request),
    }
    return render(request, "ambassadors/agree_to_check.html", shown)
