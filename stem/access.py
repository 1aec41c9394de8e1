"""Who may open a page: every view carries one of these marks, and a test fails on one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from stem.accounts.models import User
from stem.accounts.roles import Role, has_role


class SignedInRequest(HttpRequest):
    """A request that has passed a mark other than `@public`: somebody is there."""

    user: User


View = Callable[..., HttpResponseBase]


def marked(view: View, mark: str) -> View:
    """The same view, with its mark."""
    view.access_mark = mark  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Open to anyone."""
    return marked(view, "public")


def signed_in(view: View) -> View:
    """Open to anyone who has signed in; others sign in first and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return marked(guarded, "signed_in")


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very sign-in used a second factor, not merely whether one exists."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open to scheme staff with one of these roles who have used a second factor in this sign-in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_role(request.user, *roles):  # type: ignore[arg-type]
                raise PermissionDenied
            if not used_second_factor(request):
                # The library's other way to confirm oneself takes a password, which is no second factor.
                way = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
                return redirect(f"{reverse(way)}?{urlencode({'next': request.get_full_path()})}")
            return view(request, *args, **kwargs)

        return marked(signed_in(guarded), "|".join(role.value for role in roles))

    return decorate
