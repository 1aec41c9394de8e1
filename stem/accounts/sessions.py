"""How long a sign-in lasts (rule 4.4): staff half an hour idle and 12 hours in all, others two hours and a day."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from stem.accounts.devices import device_of
from stem.accounts.models import BrowserSession, User
from stem.accounts.roles import roles_of
from stem.accounts.session_store import DEVICE, SEEN, STARTED
from stem.audit.record import record

# Idle and absolute seconds.
STAFF_LIMITS = (30 * 60, 12 * 60 * 60)
OTHER_LIMITS = (2 * 60 * 60, 24 * 60 * 60)
# The row is written again only after a minute, not at every click.
WRITE_EVERY = 60


class SessionLimits:
    """Middleware: signs out whoever has been idle, or signed in, for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            idle, absolute = limits_of(request.user)
            started = request.session.setdefault(STARTED, now)
            seen = request.session.setdefault(SEEN, now)
            if now - seen > idle or now - started > absolute:
                logout(request)
            elif now - seen > WRITE_EVERY:
                request.session[SEEN] = now
        response = self.get_response(request)
        if request.user.is_authenticated and DEVICE not in request.session:
            # They have signed in just now: the row says so at once, not after the next click.
            now = int(time.time())
            request.session.setdefault(STARTED, now)
            request.session.setdefault(SEEN, now)
            request.session[DEVICE] = device_of(request.headers.get("user-agent", ""))
        return response


def limits_of(user: User) -> tuple[int, int]:
    """After how many idle seconds, and how many in all, this person's sign-in ends."""
    return STAFF_LIMITS if roles_of(user) else OTHER_LIMITS


def open_sessions_of(user: User, *, at: datetime) -> list[BrowserSession]:
    """Where this person is signed in now, the latest first; those that have run out are not among them."""
    idle, absolute = limits_of(user)
    rows = BrowserSession.objects.visible_to(user).open(
        at, idle=timedelta(seconds=idle), absolute=timedelta(seconds=absolute)
    )
    return list(rows.order_by("-seen_at", "-began_at"))


@transaction.atomic
def end_sessions_of(user: User, *, by: User | None, at: datetime, but: str | None = None) -> int:
    """Sign this person out everywhere, at once, except in the session with the key `but`; how many that were."""
    ended, _rows = BrowserSession.objects.filter(user=user).exclude(session_key=but or "").delete()
    if ended:
        record("sessions.end", user, by=by, at=at)
    return ended


@transaction.atomic
def end_session(*, session: BrowserSession, by: User, at: datetime) -> None:
    """Sign the person out in this one browser, at once."""
    session.delete()
    record("session.end", by, by=by, at=at)
