"""A gateway as it answers, and as none should."""

import logging
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from stem.texts.gateway import (
    GatewayFails,
    GatewayRedirects,
    GatewaySilent,
    GatewayTexts,
    NumberRefused,
    TokenRefused,
)
from stem.texts.port import NeverTaken, NotTaken, TextPort
from tests.stem.texts.gateway_stand_in import StandIn, make_certificate, running, says

NUMBER, WORDS = "+447700900123", "Called off: visit at Beckside Academy"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("gateway"))


@pytest.fixture
def gateway(certificate: Path) -> Iterator[StandIn]:
    with running(certificate) as stand_in:
        yield stand_in


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


@pytest.fixture
def send(gateway: StandIn, trusting: ssl.SSLContext):
    def hand_over(*, seconds: float = 5, address: str = "") -> None:
        port = GatewayTexts(address=address or gateway.address, token="s3cret", seconds=seconds, context=trusting)
        port.send_text(number=NUMBER, words=WORDS, reference="r1")

    return hand_over


def test_it_is_a_port(trusting):
    assert isinstance(GatewayTexts(address="https://a.example/", token="t"), TextPort)


def test_it_is_sent_one_text_with_its_token_and_its_reference(gateway, send, settings):
    settings.TEXTS_FROM = "Scheme"
    send()
    ((path, headers, said),) = gateway.asked
    assert path == "/v1/messages?tier=2"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer s3cret", "r1")
    assert said == {"to": NUMBER, "from": "Scheme", "text": WORDS, "reference": "r1"}


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_answer_of_success_means_that_it_is_taken(gateway, send, status):
    gateway.behave = says(status)
    send()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *[(status, NumberRefused) for status in (400, 422)],
        *[(status, TokenRefused) for status in (401, 403)],
        *[(status, GatewayFails) for status in (404, 408, 409, 429, 500, 502, 503, 504)],
        *[(status, GatewayRedirects) for status in (300, 301, 302, 303, 307, 308)],
    ],
)
def test_each_other_answer_has_its_class(gateway, send, status, error):
    gateway.behave = says(status, b"+447700900123 is not known", Location="/elsewhere")
    with pytest.raises(NotTaken) as raised:
        send()
    assert type(raised.value) is error
    assert (raised.value.args, raised.value.__context__) == ((), None)
    assert isinstance(raised.value, NeverTaken) is (error is NumberRefused)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirection_is_followed(gateway, send, certificate, status):
    with running(certificate) as elsewhere:
        gateway.behave = says(status, Location=elsewhere.address)
        with pytest.raises(GatewayRedirects):
            send()
        assert elsewhere.asked == []
    assert len(gateway.asked) == 1


def test_no_proxy_of_the_environment_is_told(gateway, send, certificate, monkeypatch):
    with running(certificate) as proxy:
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        send()
        assert (len(gateway.asked), proxy.asked) == (1, [])


@pytest.mark.parametrize("how", ["hangs", "trickles_its_head"])
def test_it_is_not_waited_for_longer_than_was_said(gateway, send, how):
    gateway.behave = getattr(gateway, how)
    began = time.monotonic()
    with pytest.raises(GatewaySilent):
        send(seconds=0.3)
    assert time.monotonic() - began < 3


def test_of_an_answer_no_more_is_read_than_that_it_is_taken(gateway, send):
    gateway.behave = gateway.trickles_its_body
    send(seconds=2)


@pytest.mark.parametrize(
    "bytes_sent",
    [b"", b"\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"HTTP/1.1 " + b"2" * 70_000],
)
def test_what_is_no_answer_is_none(gateway, send, bytes_sent):
    gateway.behave = lambda request: (request.wfile.write(bytes_sent), request.connection.close())
    with pytest.raises(NotTaken):
        send(seconds=2)


def test_one_that_is_not_there_has_not_answered(send, certificate):
    with running(certificate) as gone:
        address = gone.address
    with pytest.raises(GatewaySilent):
        send(address=address)


def test_a_certificate_that_nobody_vouches_for_is_told_nothing(gateway):
    with pytest.raises(GatewaySilent):
        GatewayTexts(address=gateway.address, token="t").send_text(number=NUMBER, words=WORDS, reference="r1")
    assert gateway.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://a.example/",
        "http://127.0.0.1/",
        "ftp://a.example/",
        "https:///x",
        "https://a.example:x/",
        "//a.example",
    ],
)
def test_only_an_address_by_https_is_one(address, settings):
    settings.TEXTS_GATEWAY_URL = address
    with pytest.raises(ImproperlyConfigured):
        GatewayTexts(token="t")


def test_without_a_token_there_is_no_gateway():
    with pytest.raises(ImproperlyConfigured):
        GatewayTexts(address="https://a.example/")


def test_no_log_and_no_error_shows_who_was_texted_or_the_token(gateway, send, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    for behave in (says(200), says(500), says(400), lambda request: request.connection.close()):
        gateway.behave = behave
        with suppress(NotTaken):
            send(seconds=2)
    printed = capfd.readouterr()
    said = f"{caplog.text} {printed.out} {printed.err}"
    assert not [each for each in ("7700900123", "s3cret", "Beckside") if each in said]
