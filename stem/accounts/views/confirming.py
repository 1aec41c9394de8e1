"""Showing that it is oneself by a code from a letter, for who has neither a second factor nor a password."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from stem.access import SignedInRequest, signed_in
from stem.accounts.adapters import AccountAdapter
from stem.accounts.addresses import verified_address_of
from stem.accounts.codes import new_seed
from stem.accounts.forms import ConfirmLoginCodeForm
from stem.accounts.freshness import CODE, with_next

# What a session keeps while a code is waited for: its seed, since when, and how often a wrong one was typed.
WAITING = "confirming_by_letter"
GOOD_FOR = 15 * 60
TRIES = 3


@signed_in
def confirm_by_letter(request: SignedInRequest) -> HttpResponse:
    """Ask for the code that was sent; before one was, offer to send it."""
    email, coming_back = _address_of(request), _next_of(request)
    waiting = request.session.get(WAITING)
    if waiting and timezone.now().timestamp() - waiting["at"] > GOOD_FOR:
        waiting = None
    form = ConfirmLoginCodeForm(request.POST or None, code=waiting["seed"]) if waiting else None
    if waiting and form and request.method == "POST":
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return render(request, "429.html", status=429)
        if form.is_valid():
            del request.session[WAITING]
            record_authentication(request, request.user, method=CODE, reauthenticated=True)
            return redirect(coming_back)
        if waiting["wrong"] + 1 >= TRIES:
            del request.session[WAITING]
            form = None
        else:
            request.session[WAITING] = {**waiting, "wrong": waiting["wrong"] + 1}
    words = {"form": form, "email": email, "next": coming_back, "used_up": waiting is not None and form is None}
    return render(request, "account/confirm_by_letter.html", words)


@signed_in
@require_POST
def send_confirming_code(request: SignedInRequest) -> HttpResponse:
    """Send a code to one's own address."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return render(request, "429.html", status=429)
    seed = new_seed()
    request.session[WAITING] = {"seed": seed, "at": timezone.now().timestamp(), "wrong": 0}
    AccountAdapter(request).send_mail("account/email/login_code", _address_of(request), {"code": seed})
    return redirect(with_next("confirm_by_letter", _next_of(request)))


def _address_of(request: SignedInRequest) -> str:
    email = verified_address_of(request.user)
    if not email:
        raise PermissionDenied  # a code to an address that may be anyone's shows nothing
    return email


def _next_of(request: HttpRequest) -> str:
    asked: str = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/account/"
