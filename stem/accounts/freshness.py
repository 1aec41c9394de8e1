"""Whether somebody has shown, in the last few minutes, that it is still they; and what they show it with."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from stem.accounts.models import User

FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
# How one signs in and confirms oneself, as the library names it in what it keeps of a session.
PASSWORD, CODE, FACTOR = "password", "code", "mfa"


def has_second_factor(user: User) -> bool:
    """Whether this person has a passkey or an authenticator app; recovery codes only stand in for one."""
    return is_mfa_enabled(user, FACTORS)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very sign-in used a second factor, not merely whether one exists."""
    return FACTOR in used_ways(request)


def used_ways(request: HttpRequest, *, since: float = 0) -> set[str]:
    """How the person has signed in and confirmed themselves in this session, since this second of the clock."""
    return {each["method"] for each in get_authentication_records(request, request.user) if each["at"] >= since}


def is_fresh(request: HttpRequest, *, now: float) -> bool:
    """Whether the person signed in, or confirmed that it is they, in the last few minutes.

    Who has a second factor does so with that and with nothing less.
    """
    if not request.user.is_authenticated:
        return False
    ways = used_ways(request, since=now - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    return FACTOR in ways if has_second_factor(request.user) else bool(ways)


def ways_to_confirm(user: User) -> list[str]:
    """The pages on which this person can show that it is they, the best first; there is always one.

    A second factor is not stood in for by a password, and a password not by a letter.
    """
    if has_second_factor(user):
        pages = ["mfa_reauthenticate"]
        if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
            pages.insert(0, "mfa_reauthenticate_webauthn")
        return pages
    return ["account_reauthenticate"] if user.has_usable_password() else ["confirm_by_letter"]


def page_to_confirm(user: User, *, come_back_to: str) -> str:
    """Where to show that it is oneself, and then to come back."""
    return with_next(ways_to_confirm(user)[0], come_back_to)


def with_next(page: str, come_back_to: str) -> str:
    """The address of a page that sends on to another."""
    return f"{reverse(page)}?{urlencode({'next': come_back_to})}"


def proof_still_missing(request: HttpRequest) -> str | None:
    """The page that takes the next proof before a second factor may be set up; None when all have been given.

    Who lost theirs, and had an administrator take it away, gives a password and a code from a letter in one sign-in:
    either alone may be in the hands of the person who told the administrator a story.
    """
    if not isinstance(request.user, User) or request.user.factor_reset_at is None:
        return None
    since = request.user.factor_reset_at.timestamp()
    ways = used_ways(request, since=since)
    if request.user.has_usable_password() and PASSWORD not in ways:
        return "account_reauthenticate"
    return None if CODE in ways else "confirm_by_letter"
