"""Requests as machines, mistakes and malice make them: any person, any page, any method, anything sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.http.response import HttpResponseBase
from django.test import Client
from hypothesis import strategies as st

from tests.architecture.site_map import Page
from tests.fire.rubbish import LONE_SURROGATE, WORDS

METHODS = ("GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")
PLAIN = [words if isinstance(words, str) else words.decode(errors="replace") for words in WORDS.values()]
SHORT = [words for words in PLAIN if len(words) < 2000]
NAMES = (
    "q",
    "page",
    "next",
    "status",
    "email",
    "reason",
    "ambassador",
    "answer",
    "starts_at",
    "postcode",
    "on_0",
    "csrf",
)
GARBAGE = (
    "0",
    "1",
    "2",
    "7",
    "-1",
    "999999999",
    "9" * 40,
    "a",
    "%00",
    "..",
    "%2e%2e%2f",
    "é",
    "null",
    "1.0",
    "1'",
    "٣",
)
HEADERS: dict[str, tuple[str, ...]] = {
    "HTTP_HX_REQUEST": ("true", "false", "x"),
    "HTTP_HX_CURRENT_URL": ("http://testserver/", "javascript:alert(1)", "%%%"),
    "HTTP_ACCEPT_LANGUAGE": ("cy", "en;q=x", "*" * 600, "zz-ZZ,;;;", "\x00"),
    "HTTP_HOST": ("testserver", "evil.example", "a b", "x" * 300, "[::1", "localhost:99999"),
    "HTTP_REFERER": ("http://evil.example/", "not an address", "http://testserver/\r\nX: y", ""),
    "HTTP_COOKIE": ("sessionid=x; csrftoken=y", "=;;;=", "sessionid=" + "a" * 5000, 'a="\\999"', "messages=x:y"),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "x, y", "'; --", ",,,", "::1"),
    "HTTP_X_FORWARDED_PROTO": ("https", "http", "gopher"),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-1", "bytes=9-1", "lines=x"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', "W/", "\\"),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "Thu, 01 Jan 99999 00:00:00 GMT"),
    "HTTP_ACCEPT": ("application/json", "*/*", ";", "text/html;q=nan"),
    "HTTP_X_CSRFTOKEN": ("x", "é" * 40),
    "HTTP_ORIGIN": ("null", "http://evil.example"),
    "HTTP_AUTHORIZATION": ("Bearer x", "Basic !!!"),
    "HTTP_USER_AGENT": ("", "x" * 5000, "\u202e"),
    "CONTENT_LENGTH": ("0", "-1", "x", "99999999999"),
}
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/x-www-form-urlencoded", b"a=1&b=%ZZ&=&&page=%00"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=\xff\xfe"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=1"),
    ("application/x-www-form-urlencoded", b"a=" + LONE_SURROGATE),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(1500))),
    ("application/json", b'{"a": [1, {"b": null}]}'),
    ("application/json", b'{"a": '),
    ("multipart/form-data", b"no boundary at all"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data; name=a; filename=../b\r\n\r\n1\r\n--x--\r\n",
    ),
    ("multipart/form-data; boundary=" + "y" * 300, b"--x--"),
    ("text/plain; charset=latin-1", b"\xe9\x00"),
    ("", b"\x00\x01"),
)


@dataclass(frozen=True)
class Sent:
    """One request: who, how, where and with what."""

    person: str
    method: str
    path: str
    body: bytes = b""
    kind: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)

    def to(self, client: Client) -> HttpResponseBase:
        """Send it."""
        return client.generic(self.method, self.path, self.body, content_type=self.kind, **self.headers)


def any_request(page: Page, person: str, address: str, known: Callable[[str], list[Any]]) -> st.SearchStrategy[Sent]:
    """Requests of this page by this person; `known` tells the ids, keys and tokens that do exist of an argument."""
    body = st.one_of(st.sampled_from(BODIES), fields().map(lambda words: (Sent.kind, encoded(words).encode())))
    return st.builds(
        lambda method, path, query, what, headers: Sent(
            person, method, path + (f"?{encoded(query)}" if query else ""), what[1], what[0], headers
        ),
        st.sampled_from(METHODS),
        paths(page, address, known),
        st.one_of(st.just({}), fields(SHORT)),
        st.one_of(st.just((Sent.kind, b"")), body),
        headers(),
    )


def paths(page: Page, address: str, known: Callable[[str], list[Any]]) -> st.SearchStrategy[str]:
    """The page's address with its row, a neighbour's, somebody else's, and with what is no row at all."""
    if not page.arguments:
        return st.just(address)
    parts = address.strip("/").split("/")
    places = [number for number, part in enumerate(parts) if is_a_value(part, known)]
    others = [str(each) for name in page.arguments for each in known(name)]
    if not places:
        return st.just(address)
    return st.one_of(
        st.just(address),
        st.tuples(st.sampled_from(places), st.sampled_from([*others, *GARBAGE])).map(
            lambda change: "/" + "/".join([*parts[: change[0]], change[1], *parts[change[0] + 1 :]]) + "/"
        ),
    )


def is_a_value(part: str, known: Callable[[str], list[Any]]) -> bool:
    """Whether this part of an address is what it carries, and not one of its words."""
    return part.isdigit() or len(part) > 25 or not part.replace("-", "").isalpha()


def fields(words: list[str] = PLAIN) -> st.SearchStrategy[dict[str, str]]:
    """Some fields that pages know, with rubbish in them."""
    return st.dictionaries(st.sampled_from(NAMES), st.sampled_from(words), min_size=1, max_size=3)


def headers() -> st.SearchStrategy[dict[str, str]]:
    """A few headers that nobody's browser sends."""
    pairs = st.sampled_from([(name, value) for name, values in HEADERS.items() for value in values])
    return st.one_of(st.just({}), st.lists(pairs, max_size=3).map(dict))


def encoded(words: dict[str, str]) -> str:
    """As a browser sends them."""
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in words.items())
