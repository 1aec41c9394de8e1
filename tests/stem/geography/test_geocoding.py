"""Asking a geocoding service, tried against one of our own that answers as Nominatim does."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from urllib.parse import parse_qs, urlsplit

import pytest

from stem.geography import geocoding
from stem.geography.geocoding import geocode
from stem.geography.points import Point

PARKINSON_BUILDING = Point(53.8084, -1.5527)
LEEDS_IN_KENT = Point(51.2500, 0.6100)
LEEDS_IN_ALABAMA = Point(33.5482, -86.5444)
ST_MARYS_SCILLY = Point(49.9140, -6.3150)
NAME = "LS2 9JT, Leeds, West Yorkshire, England, United Kingdom"


class Service(ThreadingHTTPServer):
    """A Nominatim on loopback that knows one answer, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status, self.body, self.headers = 200, "[]", {}
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked: list[dict[str, str]] = []
        self.callers: list[str] = []
        self.times: list[float] = []

    def knows(self, *points: Point) -> None:
        """Answer with these places from now on."""
        self.body = json.dumps(
            [
                {
                    "place_id": 1,
                    "licence": "Data © OpenStreetMap contributors, ODbL 1.0",
                    "lat": str(point.lat),
                    "lon": str(point.lon),
                    "class": "place",
                    "type": "postcode",
                    "display_name": NAME,
                    "boundingbox": ["53.7", "53.9", "-1.6", "-1.5"],
                }
                for point in points
            ]
        )

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that has given up is no error here."""


class Answer(BaseHTTPRequestHandler):
    """One request to the service."""

    server: Service

    def do_GET(self) -> None:
        self.server.times.append(monotonic())
        url = urlsplit(self.path)
        self.server.asked.append({"path": url.path} | {key: value for key, [value] in parse_qs(url.query).items()})
        self.server.callers.append(self.headers["User-Agent"])
        self.server.may_answer.wait(10)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings) -> Iterator[Service]:
    """The service, running, and allowed by this scheme."""
    with Service() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.GEOCODER = "nominatim"
        settings.GEOCODER_OPTIONS = {
            "domain": f"127.0.0.1:{running.server_port}",
            "scheme": "http",
            "proxies": {},
            "timeout": 5,
            "pause_seconds": 0,
        }
        yield running
        running.may_answer.set()
        running.shutdown()
        thread.join()


class TestOff:
    def test_nobody_is_asked(self, service, settings, monkeypatch):
        settings.GEOCODER = ""
        reached = []
        monkeypatch.setattr(socket.socket, "connect", lambda _, address: reached.append(address))
        assert geocode("LS2 9JT") is None
        assert (reached, service.asked) == ([], [])

    def test_it_is_off_unless_the_environment_names_one(self, settings):
        assert (settings.GEOCODER, settings.GEOCODER_OPTIONS) == ("", {})


class TestAsking:
    def test_a_postcode_is_found_and_nothing_but_the_postcode_is_told(self, service, settings):
        service.knows(PARKINSON_BUILDING)
        assert geocode("ls29jt") == PARKINSON_BUILDING
        assert service.asked == [
            {"path": "/search", "postalcode": "LS2 9JT", "countrycodes": "gb", "format": "json", "limit": "1"}
        ]
        assert service.callers == [f"Rolemodel ({settings.BASE_URL})"]

    def test_the_scheme_may_call_itself_what_the_service_wants(self, service, settings):
        settings.GEOCODER_OPTIONS = {**settings.GEOCODER_OPTIONS, "user_agent": "STEM Anywhere (it@stem.example)"}
        geocode("LS2 9JT")
        assert service.callers == ["STEM Anywhere (it@stem.example)"]

    @pytest.mark.parametrize("known", [[], [PARKINSON_BUILDING]])
    def test_the_answer_is_kept_in_any_spelling_also_that_there_is_none(self, service, known):
        service.knows(*known)
        assert geocode("LS2 9JT") == geocode("ls2 9jt") == (known[0] if known else None)
        assert len(service.asked) == 1

    @pytest.mark.parametrize("postcode", ["", "nowhere", "LS2", "JE2 3AB", "IM1 1AA", "BF1 2AT", "GIR 0AA"])
    def test_what_is_no_postcode_of_the_united_kingdom_is_not_asked(self, service, postcode):
        assert geocode(postcode) is None
        assert service.asked == []

    def test_another_kind_of_service_is_asked_in_words(self, service, settings):
        settings.GEOCODER = "photon"
        where = {"coordinates": [PARKINSON_BUILDING.lon, PARKINSON_BUILDING.lat]}
        service.body = json.dumps({"features": [{"geometry": where, "properties": {"name": "LS2 9JT"}}]})
        assert geocode("LS2 9JT") == PARKINSON_BUILDING
        assert [asked["q"] for asked in service.asked] == ["LS2 9JT, United Kingdom"]

    def test_two_questions_are_a_pause_apart(self, service, settings):
        settings.GEOCODER_OPTIONS = {**settings.GEOCODER_OPTIONS, "pause_seconds": 0.5}
        geocode("LS2 9JT")
        geocode("LS2 9BH")
        first, second = service.times
        assert second - first > 0.4


class TestBelief:
    @pytest.mark.parametrize("point", [LEEDS_IN_KENT, LEEDS_IN_ALABAMA, Point(0, 0)])
    def test_a_place_far_from_its_area_is_not_believed(self, service, point, caplog):
        service.knows(point)
        assert geocode("LS2 9JT") is geocode("LS2 9JT") is None
        assert len(service.asked) == 1
        assert "put a postcode of LS" in caplog.text and "9JT" not in caplog.text

    def test_an_island_at_the_end_of_a_wide_area_is(self, service):
        service.knows(ST_MARYS_SCILLY)
        assert geocode("TR21 0LL") == ST_MARYS_SCILLY


class TestFailure:
    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (500, "<h1>Internal Server Error</h1>"),
            (503, "LS2 9JT"),
            (200, ""),
            (200, '[{"lat": "53.8'),
            (200, "<html>Sign in to the guest network for LS2 9JT</html>"),
            (200, '{"error": "LS2 9JT"}'),
            (200, "[1, 2]"),
            (200, '[{"lat": "LS2 9JT", "lon": "0"}]'),
            (200, '[{"lat": [], "lon": []}]'),
            (200, '[{"lat": null, "lon": null}]'),
            (200, '[{"lat": "nan", "lon": "nan"}]'),
            (200, '[{"lat": "999", "lon": "0"}]'),
        ],
    )
    def test_what_the_service_does_wrong_is_logged_without_the_postcode_and_answered_none(
        self, service, status, body, caplog
    ):
        service.status, service.body = status, body
        assert geocode("LS2 9JT") is None
        assert re.fullmatch(r"The geocoder gave no answer: \w+", caplog.records[-1].getMessage())

    def test_a_slow_service_is_not_waited_for(self, service, settings):
        settings.GEOCODER_OPTIONS = {**settings.GEOCODER_OPTIONS, "timeout": 0.2}
        service.may_answer.clear()
        started = monotonic()
        assert geocode("LS2 9JT") is None
        assert monotonic() - started < 3

    def test_a_service_that_is_not_there_is_none(self, settings):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # and not listening
            settings.GEOCODER = "nominatim"
            settings.GEOCODER_OPTIONS = {"domain": f"127.0.0.1:{unused.getsockname()[1]}", "scheme": "http"}
            settings.GEOCODER_OPTIONS |= {"proxies": {}, "pause_seconds": 0}
            assert geocode("LS2 9JT") is None

    def test_a_failed_question_is_not_asked_again_at_once(self, service):
        service.status = 500
        assert geocode("LS2 9JT") is geocode("LS2 9JT") is None
        assert len(service.asked) == 1

    def test_it_is_asked_again_when_the_failure_is_forgotten(self, service, monkeypatch):
        monkeypatch.setattr(geocoding, "KEEP_FAILURE_SECONDS", 0)
        service.status = 500
        assert geocode("LS2 9JT") is None
        service.status = 200
        service.knows(PARKINSON_BUILDING)
        assert geocode("LS2 9JT") == PARKINSON_BUILDING

    @pytest.mark.parametrize(("status", "headers"), [(429, {"Retry-After": "120"}), (429, {}), (403, {})])
    def test_a_service_that_sends_us_away_is_left_alone(self, service, status, headers):
        service.status, service.headers = status, headers
        assert geocode("LS2 9JT") is geocode("LS2 9BH") is None
        assert len(service.asked) == 1

    @pytest.mark.parametrize(
        ("name", "options"),
        [
            ("nowhere", {}),
            ("nominatim", {"user_agent": "my-application"}),  # the library refuses names that identify nobody
            ("nominatim", {"colour": "red"}),
            ("nominatim", {"scheme": "ftp"}),
            ("nominatim", {"pause_seconds": "long"}),
            ("nominatim", ["domain"]),
        ],
    )
    def test_wrong_settings_are_logged_and_answered_none(self, settings, name, options, caplog):
        settings.GEOCODER, settings.GEOCODER_OPTIONS = name, options
        assert geocode("LS2 9JT") is None
        assert "GEOCODER or GEOCODER_OPTIONS is wrong: " in caplog.text
