"""A plain gateway: one HTTPS POST for each text, to one address, with a token.

    POST /the/path HTTP/1.1
    Authorization: Bearer TOKEN
    Idempotency-Key: REFERENCE
    Content-Type: application/json

    {"to": "+447700900123", "from": "Scheme", "text": "…", "reference": "REFERENCE"}

Any 2xx means that it is taken; of the answer no more than its number is read. 400 and 422 mean that this number will
never do. Everything else, a redirection among it, is a failure of the day. Asked through `http.client`, which goes to
this address alone: it follows no redirection and knows of no proxy.
"""

import json
import socket
from contextlib import suppress
from http.client import HTTPException, HTTPSConnection
from ssl import SSLContext, create_default_context
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables

from stem.texts.port import NeverTaken, NotTaken

# So many seconds a gateway is waited for until it takes the connection, and as many until it has answered.
SECONDS = 10.0
NO_SUCH_NUMBER = frozenset({400, 422})
TOKEN_IS_WRONG = frozenset({401, 403})


class NumberRefused(NeverTaken):
    """The gateway will not send to this number."""


class TokenRefused(NotTaken):
    """The gateway does not know us by this token: somebody has to set another."""


class GatewayRedirects(NotTaken):
    """The gateway sends us to another address, and we go to none that nobody has named to us."""


class GatewayFails(NotTaken):
    """The gateway answered that something is wrong with it, or with our address for it."""


class GatewaySilent(NotTaken):
    """No whole answer came in time: it may have been taken all the same, and its reference tells that it is one."""


def read_address(address: str) -> SplitResult | None:
    """The parts of a gateway's address; None unless it is one of the web that nobody on the way can read."""
    try:
        parts = urlsplit(address)
        # asked for as well: a port that is none is found out only then
        is_right = parts.scheme == "https" and bool(parts.hostname) and (parts.port or True)
    except ValueError:
        return None
    return parts if is_right and "@" not in parts.netloc else None


class GatewayTexts:
    """The gateway that the settings name: `TEXTS_GATEWAY_URL`, `TEXTS_GATEWAY_TOKEN`, `TEXTS_FROM`."""

    def __init__(
        self, *, address: str = "", token: str = "", seconds: float = SECONDS, context: SSLContext | None = None
    ) -> None:
        parts = read_address(address or settings.TEXTS_GATEWAY_URL)
        self.token = token or settings.TEXTS_GATEWAY_TOKEN
        if parts is None or not self.token:
            raise ImproperlyConfigured("TEXTS_GATEWAY_URL must be an https address, and TEXTS_GATEWAY_TOKEN set.")
        self.address, self.seconds, self.context = parts, seconds, context

    @sensitive_variables()
    def send_text(self, *, number: str, words: str, reference: str) -> None:
        """Hand it to the gateway, once."""
        status = self._post(number, words, reference)
        # outside of any handler: the error that stands behind it may name the number or the token
        if status is None:
            raise GatewaySilent
        if 200 <= status < 300:
            return
        if status in NO_SUCH_NUMBER:
            raise NumberRefused
        if status in TOKEN_IS_WRONG:
            raise TokenRefused
        raise GatewayRedirects if 300 <= status < 400 else GatewayFails

    @sensitive_variables()
    def _post(self, number: str, words: str, reference: str) -> int | None:
        """The number of its answer; None where no whole one came in time."""
        said = {"to": number, "from": settings.TEXTS_FROM, "text": words, "reference": reference}
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": reference,
            "Connection": "close",
        }
        host, port = self.address.hostname or "", self.address.port
        context = self.context or create_default_context()
        connection = HTTPSConnection(host, port, timeout=self.seconds, context=context)
        path = (self.address.path or "/") + (f"?{self.address.query}" if self.address.query else "")
        try:
            connection.connect()
            # A trickle never lets a single wait run out: the whole answer has a time of its own.
            is_over = Event()
            clock = Timer(self.seconds, _hang_up, [connection.sock, is_over])
            clock.daemon = True
            clock.start()
            try:
                connection.request("POST", path, body=json.dumps(said).encode(), headers=headers)
                status = connection.getresponse().status
            finally:
                clock.cancel()
            # A line that was closed in the middle of an answer looks like the end of one.
            return None if is_over.is_set() else status
        except (OSError, HTTPException, ValueError):
            return None
        finally:
            connection.close()


def _hang_up(line: socket.socket, is_over: Event) -> None:
    """Wake whoever waits on this line: there is no more to come."""
    is_over.set()
    with suppress(OSError):
        # the line's own, beneath the encryption: a polite end of that would wait for the other side
        socket.socket.shutdown(line, socket.SHUT_RDWR)
