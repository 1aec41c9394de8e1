"""The numbers of designated officers, kept by safeguarding leads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality.models import Officer
from quality.officers import officers_listed
from quality.operations import officers as operations
from quality.views.concerns import for_safeguarding
from quality.worry_forms import OfficerForm
from stem.access import SignedInRequest
from stem.acts import ask_first, press, went_through
from stem.moments import day_of


@for_safeguarding
def officers(request: SignedInRequest) -> HttpResponse:
    """Whom to ring in which area, and which numbers nobody has checked for a year."""
    listed = officers_listed(request.user, on=day_of(timezone.now()))
    return render(request, "quality/officers.html", {"listed": listed})


@for_safeguarding
def keep_officer(request: SignedInRequest) -> HttpResponse:
    """Write down how one is reached, or that it is right as it stands."""
    whose, at = request.GET.get("whose", ""), timezone.now()
    known = {each.officer.whose: each.officer for each in officers_listed(request.user, on=day_of(at))}.get(whose)
    form = OfficerForm(request.POST or None, known=known, whose=whose, on=day_of(at))
    if form.is_valid() and went_through(form, operations.keep_officer, by=request.user, at=at, **form.kept):
        messages.success(request, _("Written down."))
        return redirect("officers")
    return ask_first(
        request,
        form,
        title=_("How the officer is reached"),
        lead=_("The number that the authority publishes for schools and charities. It replaces what stood there."),
        submit=_("Write it down"),
        back_url=reverse("officers"),
    )


@for_safeguarding
@require_POST
def forget_officer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it off the list."""
    officer = get_object_or_404(Officer.objects.visible_to(request.user), pk=pk)
    press(
        request,
        operations.forget_officer,
        said=_("It is off the list."),
        officer=officer,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("officers")
