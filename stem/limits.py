"""How often the pages that anybody may open are opened from one place, by the counters that guard sign-in."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest


def is_within_limit(request: HttpRequest, page: str) -> bool:
    """Count this visit to a page that `PAGE_RATE_LIMITS` names; whether there were not too many."""
    within = ratelimit.consume(request, app="stem", action=page, config=settings.PAGE_RATE_LIMITS, limit_get=True)
    return bool(within)


def was_within_limit(request: HttpRequest, page: str) -> bool:
    """Whether there were not too many so far, with nothing counted: for what counts only what goes wrong."""
    within = ratelimit.consume(
        request, app="stem", action=page, config=settings.PAGE_RATE_LIMITS, limit_get=True, dry_run=True
    )
    return bool(within)


def is_key_within_limit(request: HttpRequest, page: str, key: str) -> bool:
    """The same for a page whose address is a key, wherever it is opened from: one service asks for many people."""
    within = ratelimit.consume(
        request, app="stem", action=page, key=key, config=settings.PAGE_RATE_LIMITS, limit_get=True
    )
    return bool(within)
