"""Fetch a calendar from an address that somebody gave us, and from nowhere else.

Whoever gives an address would have this server ask it. So a name is resolved once, every address that it has must be a
public one, and the connection goes to one of those very addresses: what the name leads to a moment later cannot
matter. Each redirection begins anew. Neither proxies nor cookies nor credentials are sent.
"""

import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import monotonic
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stem.calendars.addresses import is_public
from stem.calendars.connecting import Deadline, DeadlineSocket, NotFound, connect, resolve
from stem.rules import Kind, Refusal, refuse

MOST_BYTES = 5_000_000
SECONDS = 10.0
MOST_REDIRECTIONS = 3
LONGEST_ADDRESS = 2_000
SCHEMES = {"https": "https", "http": "http", "webcal": "https", "webcals": "https"}
PORTS = {"https": 443, "http": 80}
PIECE = 65_536

SENTENCES: dict[str, Promise] = {
    "address": _("This is no address that can be asked for a calendar: it begins with https:// or webcal://."),
    "port": _("The calendar’s address names a port: only the usual ones, 443 and 80, are asked."),
    "credentials": _("The calendar’s address holds a name or a password: use one that works without."),
    "not_public": _("The calendar’s address leads to a private network: use one that is public."),
    "not_found": _("There is no server at the calendar’s address: look whether it is right."),
    "no_connection": _("The calendar’s server did not answer: try again later."),
    "tls": _("The calendar’s server could not prove that it is who it says: its certificate is not valid."),
    "too_slow": _("The calendar’s server took longer than 10 seconds: try again later."),
    "too_large": _("The calendar is larger than 5 MB: share a shorter time of it."),
    "redirections": _("The calendar’s address leads on to others too often: use the one that it ends at."),
    "downgrade": _("The calendar’s address leads on to one that is not secure, and was not followed."),
    "denied": _("The calendar’s server wants a name and a password: use the calendar’s private or public address."),
    "gone": _("There is no calendar at this address any more: look for its new one."),
    "status": _("The calendar’s server answered with an error: try again later."),
    "web_page": _("There is a web page at this address and no calendar: look for the address that ends in .ics."),
    "encoding": _("The calendar’s server packs its answer in a way that cannot be read."),
}


@dataclass(frozen=True)
class Fetched:
    """What an address answered, with what to send next time so that it is told only of changes."""

    body: bytes = field(repr=False)
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class NotModified:
    """The calendar is as it was when it was fetched last."""


@dataclass(frozen=True)
class Reach:
    """Where may be asked, and how; as it stands, the public network only."""

    allows: Callable[[str], bool] = is_public
    resolve: Callable[[str, int, Deadline], list[str]] = resolve
    ports: frozenset[int] = frozenset(PORTS.values())
    seconds: float = SECONDS
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


PUBLIC = Reach()


def fetch(url: str, *, etag: str = "", last_modified: str = "", reach: Reach = PUBLIC) -> Fetched | NotModified:
    """The calendar at this address, unless it is still the one with this tag or of this time.

    Takes at most ten seconds from the look-up of its name to its last byte. Refuses with `calendar_` and one of the
    codes of `SENTENCES`.
    """
    deadline = Deadline(monotonic() + reach.seconds)
    asked = {"If-None-Match": _header(etag), "If-Modified-Since": _header(last_modified)}
    headers = {name: value for name, value in asked.items() if value}
    try:
        for _time in range(MOST_REDIRECTIONS + 1):
            answer = _ask(url, headers, deadline, reach)
            if not isinstance(answer, str):
                return answer
            if _scheme(url) == "https" and _scheme(answer) == "http":
                raise _refuse("downgrade")
            url = answer
    except TimeoutError as error:
        raise _refuse("too_slow") from error
    except ssl.SSLError as error:
        raise _refuse("tls") from error
    except NotFound as error:
        raise _refuse("not_found") from error
    except (OSError, HTTPException, ValueError) as error:
        raise _refuse("no_connection") from error
    raise _refuse("redirections")


class Asked(NamedTuple):
    """An address as it is asked, and the name of its server."""

    url: str
    host: str


def asked_at(url: str, *, reach: Reach = PUBLIC) -> Asked:
    """This address in the one spelling in which it is asked; nothing is asked here.

    Refuses with `calendar_address`, `calendar_credentials` or `calendar_port`, as `fetch` would.
    """
    parts, host, port = _parts(url, reach)
    scheme = _scheme(url)
    server = f"[{host}]" if ":" in host else host
    if port != PORTS[scheme]:
        server += f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return Asked(f"{scheme}://{server}{parts.path or '/'}{query}", host)


def _ask(url: str, headers: dict[str, str], deadline: Deadline, reach: Reach) -> Fetched | NotModified | str:
    """One question to one server: its answer, or the address that it sends us on to."""
    parts, host, port = _parts(url, reach)
    addresses = reach.resolve(host, port, deadline)
    if not addresses or not all(map(reach.allows, addresses)):
        raise _refuse("not_public")
    secured = reach.tls() if _scheme(url) == "https" else None
    with connect(addresses, port, host, secured, deadline) as socket:
        response = _request(socket, parts, host, port, headers)
        if response.status in {301, 302, 303, 307, 308}:
            return urljoin(url, response.getheader("Location", ""))
        return _answer(response, deadline)


def _parts(url: str, reach: Reach) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked, its host's name and port."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
    except ValueError as error:
        raise _refuse("address") from error
    if parts.scheme not in SCHEMES or not host or len(url) > LONGEST_ADDRESS or not url.isprintable():
        raise _refuse("address")
    if "@" in parts.netloc:
        raise _refuse("credentials")
    port = port or PORTS[SCHEMES[parts.scheme]]
    if port not in reach.ports:
        raise _refuse("port")
    return parts, host, port


def _scheme(url: str) -> str:
    return SCHEMES.get(urlsplit(url.strip()).scheme, "")


def _request(socket: DeadlineSocket, parts: SplitResult, host: str, port: int, headers: dict[str, str]) -> HTTPResponse:
    """The server's answer as far as its headers."""
    connection = HTTPConnection(host, port)
    # It connects to nothing by itself: the socket leads to the address that was looked at.
    connection.sock = socket.as_socket()
    connection.auto_open = 0
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = {
        "Host": f"[{host}]" if ":" in host else host,
        "Accept": "text/calendar, */*;q=0.5",
        "Accept-Encoding": "gzip, identity",
        "User-Agent": "Rolemodel",
        "Connection": "close",
    }
    if port not in PORTS.values():
        asked["Host"] += f":{port}"
    connection.request("GET", _quoted(path), headers={**asked, **headers})
    return connection.getresponse()


def _answer(response: HTTPResponse, deadline: Deadline) -> Fetched | NotModified:
    if response.status == 304:
        return NotModified()
    if response.status != 200:
        code = {401: "denied", 403: "denied", 404: "gone", 410: "gone"}.get(response.status, "status")
        raise _refuse(code)
    body = _body(response, deadline)
    kind = response.getheader("Content-Type", "").partition(";")[0].strip().lower()
    begins = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (kind in {"text/html", "application/xhtml+xml"} and not begins.startswith(b"begin:")) or begins.startswith(b"<"):
        raise _refuse("web_page")
    return Fetched(body, _header(response.getheader("ETag", "")), _header(response.getheader("Last-Modified", "")))


def _body(response: HTTPResponse, deadline: Deadline) -> bytes:
    """The whole answer, unpacked; neither it nor what it unpacks to is ever held beyond what is allowed."""
    coding = response.getheader("Content-Encoding", "identity").strip().lower() or "identity"
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise _refuse("encoding")
    unpack = None if coding == "identity" else zlib.decompressobj(wbits=31)
    body, received = bytearray(), 0
    while piece := response.read1(PIECE):
        deadline.check()
        received += len(piece)
        try:
            body += piece if unpack is None else unpack.decompress(piece, MOST_BYTES + 1 - len(body))
        except zlib.error as error:
            raise _refuse("encoding") from error
        if max(len(body), received) > MOST_BYTES:
            raise _refuse("too_large")
    if unpack is not None and (not unpack.eof or unpack.unused_data):
        raise _refuse("encoding")
    if response.length:
        raise HTTPException("The answer stopped before its end.")
    return bytes(body)


def _quoted(path: str) -> str:
    """A path as it goes over the wire, whatever letters it was given in."""
    return "".join(
        letter if letter.isascii() and letter != " " else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in path
    )


def _header(value: str) -> str:
    """A header's value as a server sent it; nothing, where it would be more than that."""
    return value if value.isprintable() and value.isascii() and len(value) < 1_000 else ""


def _refuse(code: str) -> Refusal:
    return refuse(f"calendar_{code}", Kind.INPUT, str(SENTENCES[code]))
