"""Choosing a second factor, and going on once there is one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from stem.access import SignedInRequest, signed_in
from stem.accounts.freshness import has_second_factor

# Where someone was going who had to set up a second factor first.
GOING_TO = "going_to_after_factor"


@signed_in
def choose_factor(request: SignedInRequest) -> HttpResponse:
    """Offer a passkey and an app to someone who needs one of them to go on."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        request.session[GOING_TO] = asked
    if has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "mfa/choose.html")


@signed_in
def go_on_with_factor(request: SignedInRequest) -> HttpResponse:
    """On to where someone was going before they set up a second factor."""
    return redirect(request.session.pop(GOING_TO, reverse("mfa_index")))
