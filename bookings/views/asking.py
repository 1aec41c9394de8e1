"""How people come to be asked for a request, as its coordinator decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.forms.sharing import AskingForm
from bookings.operations.ladder import choose_asking
from bookings.views.matchmaking import request_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, went_through


@open_to(Role.COORDINATOR)
def how_people_are_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """By themselves, by an open call, or by hand."""
    wanted = request_of(request, pk)
    form = AskingForm(request.POST or None, initial={"asking": wanted.asking})
    if form.is_valid() and went_through(
        form, choose_asking, request=wanted, asking=form.cleaned_data["asking"], by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Noted. Whoever has been asked already may still answer."))
        return redirect("coordinate_request", pk)
    return ask_first(
        request,
        form,
        title=_("How should people be asked?"),
        caption=wanted,
        lead=wanted.school,
        submit=_("Save"),
        back_url=reverse("coordinate_request", args=[pk]),
    )
