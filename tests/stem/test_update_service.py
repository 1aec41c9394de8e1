"""The update service as it answers, and as nobody should: three answers, and whatever is not plainly one is none."""

import gzip
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stem.update_service import (
    LONGEST,
    NoClearAnswer,
    OnlineUpdateService,
    StatusQuestion,
    StatusResult,
    is_private,
    read_answer,
    update_service,
)
from tests.stem.update_stand_in import WORDS, StandIn, document, running, says

QUESTION = StatusQuestion("001234567890", "O’Neill & Sons", date(1961, 2, 3), "Beck Ambassadors", "Vera van Vetter")
MEANS = dict(zip(WORDS, ("current", "current", "not_current", "no_match"), strict=True))


@pytest.fixture
def service() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


def ask(service: StandIn, *, seconds: float = 5) -> StatusResult:
    return OnlineUpdateService(service.address, seconds=seconds).ask(QUESTION)


@pytest.mark.parametrize("word", WORDS)
def test_each_of_its_words_is_one_of_three_answers(service: StandIn, word: str):
    service.answers(word)
    assert ask(service) == MEANS[word]


def test_it_is_told_what_it_asks_for(service: StandIn):
    ask(service)
    assert service.asked == [
        (
            "001234567890",
            {
                "dateOfBirth": "03/02/1961",
                "surname": "O’Neill & Sons",
                "hasAgreedTermsAndConditions": "true",
                "organisationName": "Beck Ambassadors",
                "employeeSurname": "Vetter",
                "employeeForename": "Vera van",
            },
        )
    ]


def test_somebody_with_one_name_has_two_for_it(service: StandIn):
    question = StatusQuestion("1", "x", date(1961, 2, 3), "Beck", "Vera")
    OnlineUpdateService(service.address).ask(question)
    assert (service.asked[0][1]["employeeForename"], service.asked[0][1]["employeeSurname"]) == ("Vera", "Vera")


def test_a_number_that_is_a_path_stays_one_word(service: StandIn):
    OnlineUpdateService(service.address).ask(StatusQuestion("../x?y#z", "x", date(1961, 2, 3), "Beck", "Vera"))
    assert service.asked[0][0] == "..%2Fx%3Fy%23z"


TRUE = document()
UNCLEAR = {
    "nothing": b"",
    "a page of words": b"<html><body>BLANK_NO_NEW_INFO</body></html>",
    "that it failed": document(outcome="FAILURE"),
    "a word that we do not know": document("BLANK"),
    "a word in small letters": document("blank_no_new_info"),
    "two words": document("BLANK_NO_NEW_INFO NEW_INFO"),
    "no word": document(""),
    "two answers": document(more="<status>NEW_INFO</status>"),
    "the same answer twice": document(more="<status>BLANK_NO_NEW_INFO</status>"),
    "two outcomes": document(more="<statusCheckResultType>SUCCESS</statusCheckResultType>"),
    "two documents": TRUE + TRUE,
    "half a document": TRUE[:-1],
    "an answer in a comment": document("", more="<!--<status>BLANK_NO_NEW_INFO</status>-->"),
    "an answer within another": document("", more="<x><status>BLANK_NO_NEW_INFO</status></x>"),
    "an element that is closed before its word": TRUE.replace(b"<status>", b"<status />"),
    "another encoding": TRUE.decode().encode("utf-16"),
    "a letter of another encoding": TRUE.decode().encode("latin-1"),
    "packed bytes": gzip.compress(TRUE),
    "too much": TRUE + b" " * LONGEST,
    "something before it": b"x" + TRUE,
    "loose words": document(more="NEW_INFO"),
    "another element round it": b"<x>" + TRUE.partition(b"\n")[2] + b"</x>",
    "an element of somebody else's": TRUE.replace(b"<statusCheckResult>", b'<statusCheckResult xmlns="urn:x">'),
    "raw words": document("<![CDATA[BLANK_NO_NEW_INFO]]>"),
    "very deep": b"<x>" * 3000 + b"</x>" * 3000,
    "an entity of its own": b'<!DOCTYPE x [<!ENTITY e "BLANK_NO_NEW_INFO">]>' + document("&e;"),
}


@pytest.mark.parametrize("what", UNCLEAR)
def test_what_is_not_plainly_an_answer_is_none(service: StandIn, what: str):
    service.behave = says(UNCLEAR[what])
    with pytest.raises(NoClearAnswer):
        ask(service)


@pytest.mark.parametrize("status", [201, 204, 206, 301, 302, 307, 400, 401, 403, 404, 429, 500, 503])
def test_only_an_answer_with_200_is_one(service: StandIn, status: int):
    service.behave = says(TRUE, status=status)
    with pytest.raises(NoClearAnswer):
        ask(service)


def test_no_redirection_is_followed(service: StandIn):
    with running() as elsewhere:
        there = f"{elsewhere.address}/001234567890"
        service.behave = says(b"", status=302, headers={"Location": there})
        with pytest.raises(NoClearAnswer):
            ask(service)
        assert elsewhere.asked == []


def test_no_proxy_of_the_environment_is_told(service: StandIn, monkeypatch):
    with running() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        assert ask(service) is StatusResult.CURRENT
        assert proxy.asked == []


@pytest.mark.parametrize("how", ["hangs", "trickles"])
def test_it_is_not_waited_for_longer_than_was_said(service: StandIn, how: str):
    service.behave = getattr(service, how)
    with pytest.raises(NoClearAnswer):
        ask(service, seconds=0.15)


def test_one_that_hangs_up_has_not_answered(service: StandIn):
    service.behave = lambda request: request.connection.close()
    with pytest.raises(NoClearAnswer):
        ask(service)


def test_one_that_is_not_there_has_not_answered():
    with running() as gone:
        address = gone.address
    with pytest.raises(NoClearAnswer):
        OnlineUpdateService(address).ask(QUESTION)


def test_a_body_shorter_than_its_length_is_half_an_answer(service: StandIn):
    service.behave = says(TRUE[:-5], headers={"Content-Length": str(len(TRUE))})
    with pytest.raises(NoClearAnswer):
        ask(service, seconds=0.5)


def test_no_log_and_no_error_shows_whom_it_was_asked_about(service: StandIn, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    for behave in (says(TRUE), says(b"", status=500), lambda request: request.connection.close()):
        service.behave = behave
        with suppress(NoClearAnswer):
            ask(service)
    printed = capfd.readouterr()
    said = f"{caplog.text} {printed.out} {printed.err} {QUESTION!r}"
    assert not [each for each in ("001234567890", "Neill", "1961") if each in said]


def test_no_error_stands_behind_an_unclear_answer_that_could_name_its_address(service: StandIn):
    service.behave = lambda request: request.connection.close()
    with pytest.raises(NoClearAnswer) as unclear:
        ask(service)
    assert (unclear.value.args, unclear.value.__context__) == ((), None)


@given(some.binary(max_size=300) | some.text(max_size=300).map(str.encode))
def test_no_bytes_are_an_answer_by_chance(body: bytes):
    with pytest.raises(NoClearAnswer):
        read_answer(body)


PIECES = (
    "<",
    "&",
    ">",
    "/",
    "!--",
    "-->",
    "<status>",
    "</status>",
    "BLANK_NO_",
    "NON_",
    *WORDS,
    "<status/>",
    " ",
    "x",
    "\n",
)


@given(
    word=some.sampled_from(WORDS),
    piece=some.lists(some.sampled_from(PIECES), max_size=4).map("".join),
    place=some.integers(0, 400),
    cut=some.integers(0, 60),
)
def test_what_is_read_as_an_answer_is_a_document_that_gives_it_once(word: str, piece: str, place: int, cut: int):
    whole = document(word).decode()
    body = (whole[:place] + piece + whole[place + cut :]).encode()
    try:
        read = read_answer(body)
    except NoClearAnswer:
        return
    root = ElementTree.fromstring(body)
    assert [each.text.strip() for each in root.iter("statusCheckResultType")] == ["SUCCESS"]
    [given] = [each.text.strip() for each in root.iter("status")]
    assert read == MEANS[given]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("", False),
        ("https://secure.service.example/crsc/api/status", True),
        ("https://secure.service.example:8443/x", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://localhost:8000/x", True),
        ("http://[::1]:8000/x", True),
        ("http://secure.service.example/x", False),
        ("http://127.0.0.1:80@secure.service.example/x", False),
        ("http://localhost.service.example/x", False),
        ("https://", False),
        ("https://x:port/", False),
        ("ftp://localhost/x", False),
        ("file:///etc/passwd", False),
        ("secure.service.example", False),
        ("http://[", False),
    ],
)
def test_only_an_address_that_nobody_listens_to_is_asked(settings, address: str, asked: bool):
    settings.UPDATE_SERVICE_URL = address
    assert is_private(address) is asked
    assert (update_service() is not None) is asked
