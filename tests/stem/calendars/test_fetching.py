"""Fetching a calendar from whatever address somebody gives."""

import gzip
import ssl
import tracemalloc
import zlib
from contextlib import contextmanager
from functools import partial
from time import monotonic, sleep

import pytest

from stem.calendars.addresses import is_public
from stem.calendars.connecting import Deadline, NotFound, resolve
from stem.calendars.fetching import PUBLIC, Fetched, NotModified, Reach, asked_at, fetch
from stem.rules import Refusal
from tests.stem.calendars.servers import EMPTY, certificate_for, reach, says, sends_on, server


@pytest.fixture(scope="module")
def here():
    with server() as told:
        yield told


def refusal_of(url: str, by: Reach = PUBLIC) -> str:
    with pytest.raises(Refusal) as refused:
        fetch(url, reach=by)
    [code] = refused.value.codes
    assert refused.value.told_to().count(".") <= 2
    return code


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://cal.example/a.ics", "https://cal.example/a.ics"),
        ("webcal://CAL.example./a.ics#top", "https://cal.example/a.ics"),
        ("  WEBCALS://cal.example:443/a.ics?b=c ", "https://cal.example/a.ics?b=c"),
        ("http://cal.example", "http://cal.example/"),
        ("https://käse.example/", "https://xn--kse-qla.example/"),
        ("https://[2001:4860:4860::8888]/a", "https://[2001:4860:4860::8888]/a"),
    ],
)
def test_an_address_has_one_spelling_in_which_it_is_asked(given, asked):
    assert asked_at(given).url == asked == asked_at(asked).url


# --- which addresses may be asked


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.67", "2001:4860:4860::8888", "2a00:1450::1"])
def test_an_address_of_the_public_network_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "172.31.255.255",
            "169.254.169.254",
            "0.0.0.0",
        ),
        *("100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:7f00:1"),
        *("fe80::1", "fe80::1%lo", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "100::1", "2001:db8::1", "3fff::1"),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "2001:0:7f00:1::1",
        ),
        *("not an address", "", "127.1"),
    ],
)
def test_any_other_address_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "calendar_address"),
        ("calendar.example/a.ics", "calendar_address"),
        ("ftp://calendar.example/a.ics", "calendar_address"),
        ("file:///etc/passwd", "calendar_address"),
        ("javascript:alert(1)", "calendar_address"),
        ("https://", "calendar_address"),
        ("https://calendar.example:99999/", "calendar_address"),
        ("https://[::1/", "calendar_address"),
        ("https://a..b/", "calendar_address"),
        ("https://calendar.example/a\r\nHost: other", "calendar_address"),
        ("https://calendar.example/" + "a" * 3000, "calendar_address"),
        ("https://calendar.example:8443/a.ics", "calendar_port"),
        ("http://calendar.example:22/", "calendar_port"),
        ("https://ada:secret@calendar.example/a.ics", "calendar_credentials"),
        ("https://ada@calendar.example/", "calendar_credentials"),
        ("http://127.0.0.1/", "calendar_not_public"),
        ("http://localhost/", "calendar_not_public"),
        ("webcal://127.0.0.1/", "calendar_not_public"),
        ("http://[::1]/", "calendar_not_public"),
        ("http://[::ffff:127.0.0.1]/", "calendar_not_public"),
        ("http://0/", "calendar_not_public"),
        ("http://127.1/", "calendar_not_public"),
        ("http://2130706433/", "calendar_not_public"),
        ("http://0x7f.1/", "calendar_not_public"),
        ("http://169.254.169.254/latest/meta-data/", "calendar_not_public"),
        ("http://10.0.0.1/", "calendar_not_public"),
        ("http://LOCALHOST./", "calendar_not_public"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_unasked(url, code):
    assert refusal_of(url) == code


def test_every_address_of_a_name_has_to_be_public():
    asked = []

    def look_up(host, _port, _deadline):
        asked.append(host)
        return ["93.184.216.34", "127.0.0.1"]

    assert refusal_of("https://calendar.example/", Reach(resolve=look_up)) == "calendar_not_public"
    assert asked == ["calendar.example"]


def test_a_name_that_nobody_knows_is_refused():
    def look_up(host, _port, _deadline):
        raise NotFound(host)

    assert refusal_of("https://calendar.example/", Reach(resolve=look_up)) == "calendar_not_found"


# --- what comes back


def test_a_calendar_is_fetched_with_what_to_ask_by_next_time(here):
    url = here.answers(says(EMPTY, ETag='"1"', Last_Modified="Tue, 12 Jan 2027 10:00:00 GMT"), "/a%20b.ics?key=x")
    assert fetch(url.replace("%20", " "), reach=reach(here)) == Fetched(EMPTY, '"1"', "Tue, 12 Jan 2027 10:00:00 GMT")
    path, headers = here.asked[-1]
    assert (path, headers["Host"]) == ("/a%20b.ics?key=x", f"calendar.example:{here.port}")
    assert {"Cookie", "Authorization", "Referer"}.isdisjoint(headers)


def test_a_calendar_that_is_as_it_was_is_not_sent_again(here):
    url = here.answers(says(b"", status=304))
    asked = fetch(url, etag='"1"', last_modified="Tue, 12 Jan 2027 10:00:00 GMT", reach=reach(here))
    headers = here.asked[-1][1]
    assert asked == NotModified()
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "Tue, 12 Jan 2027 10:00:00 GMT")


def test_a_tag_that_would_be_more_than_a_header_is_left_out(here):
    fetch(here.answers(says()), etag='"1"\r\nX-More: 1', reach=reach(here))
    assert {"If-None-Match", "X-More"}.isdisjoint(here.asked[-1][1])


def test_a_packed_answer_is_unpacked(here):
    assert fetch(here.answers(says(gzip.compress(EMPTY), Content_Encoding="gzip")), reach=reach(here)) == Fetched(EMPTY)


def test_proxies_named_in_the_environment_are_not_asked(here, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(here.answers(says()), reach=reach(here)) == Fetched(EMPTY)


@pytest.mark.parametrize(
    ("behave", "code"),
    [
        (says(b"", status=401), "calendar_denied"),
        (says(b"", status=403), "calendar_denied"),
        (says(b"", status=404), "calendar_gone"),
        (says(b"", status=500), "calendar_status"),
        (says(EMPTY, status=206), "calendar_status"),
        (says(b"<html>", Content_Type="text/html"), "calendar_web_page"),
        (says(b"please sign in", Content_Type="text/html; charset=utf-8"), "calendar_web_page"),
        (says(b"\xef\xbb\xbf\n <!DOCTYPE html>", Content_Type="text/calendar"), "calendar_web_page"),
        (says(EMPTY, Content_Encoding="br"), "calendar_encoding"),
        (says(EMPTY, Content_Encoding="gzip"), "calendar_encoding"),
        (says(gzip.compress(EMPTY)[:-9], Content_Encoding="gzip"), "calendar_encoding"),
        (says(gzip.compress(bytes(6_000_000)), Content_Encoding="gzip"), "calendar_too_large"),
        (says(bytes(5_000_001)), "calendar_too_large"),
        (says(EMPTY, Content_Length="9000"), "calendar_no_connection"),
        (lambda request: request.wfile.write(b"hello\r\n\r\n"), "calendar_no_connection"),
        (lambda request: None, "calendar_no_connection"),
    ],
)
def test_an_answer_that_is_no_calendar_is_refused(here, behave, code):
    assert refusal_of(here.answers(behave), reach(here)) == code


def test_a_calendar_called_a_web_page_is_one_still(here):
    assert fetch(here.answers(says(EMPTY, Content_Type="text/html")), reach=reach(here)) == Fetched(EMPTY)


def test_as_many_bytes_as_are_allowed_are_taken(here):
    body = EMPTY + bytes(5_000_000 - len(EMPTY))
    assert fetch(here.answers(says(body)), reach=reach(here)) == Fetched(body)


# --- servers that mean harm


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://localhost:80/", "//127.0.0.1/", "https://[::1]/", "http://169.254.169.254/"]
)
def test_what_leads_on_to_this_machine_is_refused(here, status, to):
    """Only the first name is allowed to lead here, as though it were public."""
    names = {"calendar.example": ["127.0.0.1"]}

    def look_up(host, port, deadline):
        return names.get(host) or resolve(host, port, deadline)

    by = reach(
        here,
        resolve=look_up,
        allows=lambda address: len(names) > len(here.asked) - before or is_public(address),
        ports=frozenset({here.port, 80, 443}),
    )
    before = len(here.asked)
    assert refusal_of(here.answers(sends_on(to, status)), by) == "calendar_not_public"
    assert len(here.asked) == before + 1


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("file:///etc/passwd", "calendar_address"),
        ("http://ada:secret@calendar.example/", "calendar_credentials"),
        ("http://calendar.example:22/", "calendar_port"),
        ("", "calendar_redirections"),
        ("?again", "calendar_gone"),
    ],
)
def test_what_leads_on_to_what_may_not_be_asked_is_refused(here, to, code):
    assert refusal_of(here.answers(sends_on(to)), reach(here)) == code


def test_three_times_an_address_may_lead_on_and_no_more(here):
    for step in range(5):
        here.answers(sends_on(f"/{step + 1}"), f"/{step}")
    here.answers(says(), "/5")
    assert fetch(f"http://calendar.example:{here.port}/2", reach=reach(here)) == Fetched(EMPTY)
    assert refusal_of(f"http://calendar.example:{here.port}/1", reach(here)) == "calendar_redirections"
    here.answers(sends_on("/0"), "/0")
    before = len(here.asked)
    assert refusal_of(f"http://calendar.example:{here.port}/0", reach(here)) == "calendar_redirections"
    assert len(here.asked) == before + 4


def test_what_a_name_leads_to_after_it_was_looked_up_cannot_matter(here):
    """The name is looked up once, and the connection goes to the address that was looked at."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    looked_at = []

    def allows(address):
        looked_at.append(address)
        return address == "127.0.0.1"

    by = reach(here, resolve=lambda *_asked: next(answers), allows=allows)
    assert fetch(here.answers(says()), reach=by) == Fetched(EMPTY)
    assert looked_at == ["127.0.0.1"]
    assert refusal_of(here.answers(says()), by) == "calendar_not_public"


@pytest.mark.parametrize("how", ["trickles", "trickles_headers", "hangs"])
def test_a_slow_answer_is_over_when_the_time_is(here, how):
    begun = monotonic()
    assert refusal_of(here.answers(getattr(here, how)), reach(here, seconds=0.4)) == "calendar_too_slow"
    assert monotonic() - begun < 3


def test_redirections_take_of_the_same_time(here):
    def slowly(request):
        sleep(0.3)
        sends_on("/")(request)

    begun = monotonic()
    assert refusal_of(here.answers(slowly), reach(here, seconds=0.4)) == "calendar_too_slow"
    assert monotonic() - begun < 3


def test_a_slow_look_up_is_left_behind(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_more: sleep(1) or [])
    begun = monotonic()
    with pytest.raises(TimeoutError):
        resolve("calendar.example", 443, Deadline(monotonic() + 0.2))
    assert monotonic() - begun < 0.9


@contextmanager
def at_most_20_mb():
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_of_a_thousand_million_bytes_few_are_taken_and_none_kept(here):
    here.sent = 0
    url = here.answers(here.pours_without_end)
    with at_most_20_mb():
        assert refusal_of(url, reach(here, seconds=10)) == "calendar_too_large"
    assert here.sent < 50_000_000


def test_of_a_thousand_million_bytes_that_are_said_to_be_ten_ten_are_taken(here):
    here.sent = 0
    assert fetch(here.answers(here.pours), reach=reach(here)) == Fetched(b"x" * 10)
    assert here.sent < 50_000_000


def test_what_unpacks_to_a_thousand_million_bytes_is_not_unpacked(here):
    packer = zlib.compressobj(9, wbits=31)
    first, *others = [packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _time in range(2)]
    url = here.answers(says(first + others[0] * 999, Content_Encoding="gzip"))
    with at_most_20_mb():
        assert refusal_of(url, reach(here)) == "calendar_too_large"


# --- secured connections


@pytest.fixture(scope="module")
def secured(tmp_path_factory):
    path = certificate_for("calendar.example", tmp_path_factory.mktemp("tls") / "one.pem")
    with server(path) as told:
        told.paths["/"] = says()
        yield told, partial(ssl.create_default_context, cafile=str(path))


def test_a_secured_server_is_asked_by_its_name(secured):
    told, trusting = secured
    url = f"webcal://calendar.example:{told.port}/"
    assert fetch(url, reach=reach(told, tls=trusting)) == Fetched(EMPTY)


def test_a_certificate_of_another_name_or_of_nobody_known_is_refused(secured, tmp_path):
    told, trusting = secured
    assert refusal_of(f"https://other.example:{told.port}/", reach(told, tls=trusting)) == "calendar_tls"
    assert refusal_of(f"https://calendar.example:{told.port}/", reach(told)) == "calendar_tls"
    path = certificate_for("calendar.example", tmp_path / "ended.pem", ended=True)
    with server(path) as late:
        by = reach(late, tls=partial(ssl.create_default_context, cafile=str(path)))
        assert refusal_of(f"https://calendar.example:{late.port}/", by) == "calendar_tls"


def test_a_server_that_does_not_speak_tls_is_refused(here):
    assert refusal_of(f"https://calendar.example:{here.port}/", reach(here)) == "calendar_tls"


def test_what_leads_from_a_secured_address_to_an_open_one_is_not_followed(secured, here):
    told, trusting = secured
    told.paths["/on"] = sends_on(here.answers(says()))
    by = reach(told, here, tls=trusting)
    assert refusal_of(f"https://calendar.example:{told.port}/on", by) == "calendar_downgrade"


def test_a_server_that_is_not_there_is_refused():
    with server() as gone:
        pass
    assert refusal_of(f"http://calendar.example:{gone.port}/", reach(gone)) == "calendar_no_connection"
