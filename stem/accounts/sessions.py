"""How long a sign-in lasts (rule 4.4): staff half an hour idle and 12 hours in all, others two hours and a day."""

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from stem.accounts.roles import roles_of

STARTED, SEEN = "signed_in_at", "seen_at"
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
            idle, absolute = STAFF_LIMITS if roles_of(request.user) else OTHER_LIMITS
            started = request.session.setdefault(STARTED, now)
            seen = request.session.setdefault(SEEN, now)
            if now - seen > idle or now - started > absolute:
                logout(request)
            elif now - seen > WRITE_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)
