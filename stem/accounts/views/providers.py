"""Signing in by another service, and connecting one's account to it."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal.flows.connect import connect
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import signup
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from stem.access import SignedInRequest, freshly_confirmed, public, signed_in
from stem.accounts import connections
from stem.accounts.devices import device_of
from stem.accounts.freshness import is_fresh, page_to_confirm
from stem.accounts.models import User
from stem.accounts.providers import SignInAdapter
from stem.acts import ask_first, press


class Callback(OAuth2CallbackView):
    """The library's reading of an answer, with the number that our question carried."""

    def _get_state(self, request: HttpRequest, provider: object) -> "tuple[dict | None, HttpResponse | None]":
        state, refused = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refused


@public
@require_POST
@never_cache
def begin_with_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to a service: to sign in or join, or, for who is signed in, to connect it.

    The answer is a page that goes on by itself, and no redirect: browsers hold a form's whole way, through whatever
    doors of its own the service sends people, to the addresses that our policy names.
    """
    provider = connections.provider_of(request, provider_id)
    if provider is None:
        raise Http404
    signed_in_already = isinstance(request.user, User)
    if signed_in_already and not is_fresh(request, now=timezone.now().timestamp()):
        return redirect(page_to_confirm(request.user, come_back_to=reverse("connected_accounts")))  # type: ignore[arg-type]
    process = "connect" if signed_in_already else "login"
    try:
        answer = provider.redirect(request, process, next_url=get_next_redirect_url(request))
    except RequestException as error:
        return _away(request, provider, error)
    if answer.status_code != 302:
        return answer
    return render(request, "socialaccount/onward.html", {"address": answer["Location"], "provider": provider})


@public
@require_GET
@never_cache
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Read what the service answers."""
    provider = connections.provider_of(request, provider_id)
    if provider is None:
        raise Http404
    try:
        return Callback.adapter_view(SignInAdapter(request, provider_id))(request)
    except RequestException as error:
        return _away(request, provider, error)


def _away(request: HttpRequest, provider: Any, error: RequestException) -> HttpResponseBase:
    return render_authentication_error(request, provider, exception=error, extra_context={"state": {}})


@public
def join_with_provider(request: HttpRequest) -> HttpResponseBase:
    """The rest of joining, for who comes from a service: what they are called, and how we write to them."""
    return redirect("home") if request.user.is_authenticated else signup(request)


@public
def account_known(request: HttpRequest) -> HttpResponse:
    """There is an account with the address that a service gave: its owner signs in to it once, and then connects."""
    waiting = connections.held_back(request)
    if waiting is None:
        return redirect("account_login")
    if request.user.is_authenticated:
        return redirect("connect_known")
    words = {"provider": waiting.provider, "email": waiting.email_addresses[0].email}
    return render(request, "account/account_known.html", words)


@freshly_confirmed
def connect_known(request: SignedInRequest) -> HttpResponse:
    """Connect the service that someone came by, now that they have signed in to the account with its address."""
    waiting = connections.held_back(request)
    if waiting is None or connections.owner_of(waiting) != request.user:
        connections.let_go(request)
        return redirect("connected_accounts")
    if request.method == "POST":
        connections.let_go(request)
        waiting.state = {"process": "connect"}
        answer: HttpResponse = connect(request, waiting)
        return answer
    words = {"provider": waiting.provider.name, "email": waiting.email_addresses[0].email}
    return ask_first(
        request,
        None,
        title=_("Connect %(provider)s?") % words,
        lead=_("%(provider)s then signs you in to this account: %(email)s.") % words,
        submit=_("Connect"),
        back_url=reverse("connected_accounts"),
        cancel=_("Not now"),
    )


@signed_in
def connected_accounts(request: SignedInRequest) -> HttpResponse:
    """The services that can sign one in, and those that could."""
    return render(request, "account/connected_accounts.html", {"rows": connections.connections_of(request.user)})


@freshly_confirmed
def disconnect_account(request: SignedInRequest, provider_id: str) -> HttpResponse:
    """Let a service sign one in no longer."""
    connection = next(
        (each for each in connections.connections_of(request.user) if each.provider_id == provider_id), None
    )
    if connection is None:
        raise Http404
    back = reverse("connected_accounts")
    if request.method == "POST":
        press(
            request,
            connections.disconnect_provider,
            said=_("%(provider)s can no longer sign you in.") % {"provider": connection.name},
            user=request.user,
            provider_id=provider_id,
            at=timezone.now(),
            device=device_of(request.headers.get("user-agent", "")),
        )
        return redirect(back)
    return ask_first(
        request,
        None,
        title=_("Disconnect %(provider)s?") % {"provider": connection.name},
        lead=_("You can still sign in with a code that we send to %(email)s.") % {"email": request.user.email},
        submit=_("Disconnect"),
        kind="danger",
        back_url=back,
    )
