"""From where an act comes, as its entry says beside who did it: page, part, request and network (L-03)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_hex
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

# How much of an address is kept: the network, and nobody's own device.
BITS_KEPT = {4: 24, 6: 48}


@dataclass(frozen=True)
class Origin:
    """What is known of where an act comes from; "" where it is not, as in a job that nobody asked for."""

    # the page, or the command, by its name: what for
    page: str = ""
    # of the roles for which that page is open, those that the actor holds; or what else they are to it
    part: str = ""
    request: str = ""
    address: str = ""


UNKNOWN = Origin()
_now: ContextVar[Origin] = ContextVar("origin", default=UNKNOWN)


def origin() -> Origin:
    """Where whatever is done now comes from."""
    return _now.get()


@contextmanager
def acting(**known: str) -> Iterator[None]:
    """Within this, so much more is known of where an act comes from."""
    before = _now.set(replace(_now.get(), **known))
    try:
        yield
    finally:
        _now.reset(before)


class KnownOrigin:
    """Middleware: every act of a request is known by the request's number, its network, and the page asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(page="", part="", request=token_hex(8), address=network_of(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """The page is known once its address has been read; what is set here ends with the request."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        _now.set(replace(_now.get(), page=page))


def network_of(request: HttpRequest) -> str:
    """The network that a request comes from, or "" when that cannot be told: an address without its last part."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return str(ip_network((address, BITS_KEPT[address.version]), strict=False).network_address)
