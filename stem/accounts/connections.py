"""Which other services can sign a person in, and how that comes about and ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from stem.accounts.addresses import verified_address_of
from stem.accounts.changes import note_change
from stem.accounts.models import User
from stem.rules import Kind, refuse

# Where a session keeps what a service said of somebody who has an account, until they have signed in to that.
HELD_BACK = "provider_held_back"


@dataclass(frozen=True)
class Connection:
    """A service that the scheme offers, or offered once, and whether it can sign this person in."""

    provider_id: str
    name: str
    is_offered: bool
    since: datetime | None = None
    email: str = ""


def offered_names() -> dict[str, str]:
    """The services that can sign people in here: their ids, and what people call them."""
    return {app["provider_id"]: app["name"] for app in offered_apps()}


def offered_apps() -> list[dict[str, Any]]:
    """The services that the environment names, as the library is told of them."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return apps


def connections_of(user: User) -> list[Connection]:
    """Every service on offer, connected or not; and those that are connected and offered no longer."""
    names = offered_names()
    accounts = {each.provider: each for each in SocialAccount.objects.filter(user=user)}
    return [
        Connection(
            provider_id,
            names.get(provider_id, provider_id),
            provider_id in names,
            accounts[provider_id].date_joined if provider_id in accounts else None,
            accounts[provider_id].extra_data.get("email", "") if provider_id in accounts else "",
        )
        for provider_id in dict.fromkeys([*names, *sorted(accounts)])
    ]


def provider_of(request: HttpRequest, provider_id: str) -> Any:
    """The service with this id, or None."""
    try:
        return get_adapter().get_provider(request, provider=provider_id) if provider_id in offered_names() else None
    except SocialApp.DoesNotExist:
        return None


@transaction.atomic
def disconnect_provider(*, user: User, provider_id: str, at: datetime, device: str = "") -> None:
    """Let a service sign this person in no longer.

    Refuses with `not_connected`, or `last_way_in` when they would be left with none: no verified address for a code.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    account = SocialAccount.objects.filter(user=user, provider=provider_id).first()
    if account is None:
        raise refuse("not_connected", Kind.STATE, _("This service is not connected to your account."))
    if not verified_address_of(user):
        raise refuse("last_way_in", Kind.STATE, _("First confirm your e-mail address: it is your other way in."))
    account.delete()
    name = offered_names().get(provider_id, provider_id)
    note_change("account_disconnected", user=user, at=at, device=device, provider=name)


def owner_of(sociallogin: SocialLogin) -> User | None:
    """Whose account has the address that a service vouches for; nobody's when it only repeats what it was told."""
    for address in sociallogin.email_addresses:
        found = filter_users_by_email(address.email, prefer_verified=True) if address.verified else []
        if found:
            owner: User = found[0]
            return owner
    return None


def hold_back(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """Remember what the service said, and ask the person to sign in to the account that they have."""
    request.session[HELD_BACK] = sociallogin.serialize()
    return redirect("account_known")


def held_back(request: HttpRequest) -> SocialLogin | None:
    """What a service said in this session of somebody who has an account; None when nothing waits."""
    try:
        return SocialLogin.deserialize(request.session.get(HELD_BACK))
    except (ValueError, SocialApp.DoesNotExist):
        return None


def let_go(request: HttpRequest) -> None:
    """Forget what the service said."""
    request.session.pop(HELD_BACK, None)


def check_may_connect(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Stop where somebody would get a second account at one service: then nobody could tell which of them is meant."""
    others = SocialAccount.objects.filter(user=request.user.pk, provider=sociallogin.account.provider)
    if others.exclude(uid=sociallogin.account.uid).exists():
        messages.error(request, _("Another account of that service is connected already. Disconnect it first."))
        raise ImmediateHttpResponse(redirect("connected_accounts"))
