"""What the scheme has asked of an applicant besides the tasks, and their answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.forms.vetting import AnswerForm
from ambassadors.models import Application
from ambassadors.operations import asking
from stem.acts import went_through


@ambassadors_only
def answer_asked(request: AmbassadorRequest) -> HttpResponse:
    """Read what we have asked for, and say that it is done."""
    mine = Application.objects.visible_to(request.user).filter(ambassador=request.ambassador).open_questions().first()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form,
        asking.answer_asked,
        ambassador=request.ambassador,
        words=form.cleaned_data["words"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Thank you. It is our turn now: we look at it and write to you."))
        return redirect("ambassador_home")
    return render(request, "ambassadors/answer_asked.html", {"form": form, "asked": mine})
