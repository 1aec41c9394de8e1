"""Who may open a page: every view carries one of these marks, and a test fails on one that does not."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from stem.accounts.freshness import (
    has_second_factor,
    is_fresh,
    page_to_confirm,
    proof_still_missing,
    used_second_factor,
    with_next,
)
from stem.accounts.models import User
from stem.accounts.roles import Role, has_role
from stem.audit.origin import acting
from stem.audit.record import record


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


def freshly_confirmed(view: View) -> View:
    """Open to whoever has signed in or confirmed that it is they in the last few minutes; others do so and come back.

    It stands inside another mark, such as `@open_to(…)`, or alone, where it also asks to sign in. For what changes a
    sign-in, hands out many people's details, or reads what few may read.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_fresh(request, now=time.time()):
            if request.method != "GET":
                # What was sent is not kept meanwhile: it may hold a password.
                messages.info(request, _("Please confirm that it is you, and then press the button again."))
            return redirect(page_to_confirm(request.user, come_back_to=where_one_is(request)))  # type: ignore[arg-type]
        return view(request, *args, **kwargs)

    return marked(signed_in(guarded), getattr(view, "access_mark", "signed_in"))


def fully_proven(view: View) -> View:
    """Open to who may set up a second factor: after one was taken away, only to who gave every other proof."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        missing = proof_still_missing(request)
        if missing:
            messages.info(request, _("Your second factor was taken away: we ask for the rest before you set one up."))
            return redirect(with_next(missing, where_one_is(request)))
        return view(request, *args, **kwargs)

    return freshly_confirmed(guarded)


def where_one_is(request: HttpRequest) -> str:
    """The page to come back to: this one, or for what only acts the page whose button was pressed."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        address = urlsplit(came_from)
        return f"{address.path}?{address.query}" if address.query else address.path
    return reverse("my_account")


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open to scheme staff with one of these roles who have used a second factor in this sign-in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user: Any = request.user
            if not has_role(user, *roles):
                record("page.refuse", user, by=user, at=timezone.now(), outcome="refused")
                raise PermissionDenied
            if not used_second_factor(request):
                if has_second_factor(user):
                    return redirect(page_to_confirm(user, come_back_to=where_one_is(request)))
                return redirect(with_next("choose_factor", where_one_is(request)))
            with acting(part=" ".join(role.value for role in roles if has_role(user, role))):
                return view(request, *args, **kwargs)

        return marked(signed_in(guarded), "|".join(role.value for role in roles))

    return decorate
