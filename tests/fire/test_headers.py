"""What every answer tells the browser: trust nothing but us, keep nothing, show us in no frame, lend us no device."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import Morsel
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.architecture.source import ROOT
from tests.architecture.test_access import TABLE
from tests.architecture.world import PEOPLE
from tests.checks import PRODUCTION
from tests.fire.browsing import Page
from tests.fire.crowd import Crowd, words_of
from tests.undoing import as_if_nothing_happened

pytestmark = pytest.mark.django_db

# Pages that may be kept for a while, and why.
MAY_BE_KEPT = {
    "logo": "everybody's, and its address changes with it",
    **dict.fromkeys(
        ["my_picture", "photo", "visitor_photo", "visit_card_photo", "coverage_map"],
        "kept for its reader alone, who asks whether it has changed",
    ),
    **dict.fromkeys(
        ["calendar_feed", "busy_feed"],
        "calendar programs ask whether it has changed; it is kept for its reader alone",
    ),
}
# Their addresses are keys, which no other page is told, not even one of ours.
NO_REFERRER = {"check_card", "checked_photo", "shown_endorsement"}
# Answers with a policy of their own: a letter's styles are inline, as mail programs want them, in a sandbox in which
# nothing runs; a picture may load nothing at all.
OWN_POLICY = {
    *("letter_preview", "logo"),
    *("my_picture", "photo", "visitor_photo", "visit_card_photo", "checked_photo"),
}
OURS_ALONE = {
    "default-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
}
INSIDES = re.compile(r"Traceback \(most recent|/site-packages/|DJANGO_SETTINGS|OperationalError")


def faults_of(response: HttpResponseBase, name: str) -> Iterator[str]:
    """What this answer leaves unsaid, or says that it should not."""
    told = response.headers
    directives = {each.strip() for each in told.get("Content-Security-Policy", "").split(";")}
    if name not in OWN_POLICY and not directives >= OURS_ALONE:
        yield f"CSP is {sorted(directives)}"
    if any("unsafe-eval" in each or ("unsafe" in each and name not in OWN_POLICY) for each in directives):
        yield "CSP allows what is unsafe"
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer" if name in NO_REFERRER else "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "SAMEORIGIN" if name == "letter_preview" and response.status_code == 200 else "DENY",
    }
    yield from (f"{header} is {told.get(header)}" for header, value in wanted.items() if told.get(header) != value)
    if "camera=()" not in told.get("Permissions-Policy", ""):
        yield "lends devices"
    if "no-store" not in told.get("Cache-Control", "") and name not in MAY_BE_KEPT:
        yield f"may be kept: {told.get('Cache-Control')}"
    if set(told) & {"Server", "X-Powered-By"}:
        yield "says what it runs on"
    yield from (f"cookie {fault}" for cookie in response.cookies.values() for fault in faults_of_cookie(cookie))


def faults_of_cookie(cookie: "Morsel[str]") -> Iterator[str]:
    """What is wrong with a cookie."""
    if cookie["max-age"] == 0:
        return  # it is taken away
    if not cookie["httponly"]:
        yield f"{cookie.key} can be read by a script"
    if cookie["samesite"] not in {"Lax", "Strict"}:
        yield f"{cookie.key} goes with requests of others"
    if cookie["path"] != "/" or cookie["domain"]:
        yield f"{cookie.key} is for {cookie['domain']}{cookie['path']}"


def readers(name: str) -> tuple[str, ...]:
    """Somebody who opens this page, and nobody signed in."""
    row = TABLE.get(name, {})
    opens = [person for person in PEOPLE if row.get(person) == "opens"]
    return tuple(dict.fromkeys([*opens[:1], "anonymous", "teacher"]))


@pytest.mark.parametrize(
    "methods", [("get",), pytest.param(("post", "put"), marks=pytest.mark.slow)], ids=["read", "sent"]
)
def test_every_answer_to_anybody_carries_what_it_should(methods: tuple[str, ...], crowd: Crowd, record_property):
    found, answers = {}, 0
    for name, person, method in product(crowd.addresses, PEOPLE, methods):
        if person not in readers(name):
            continue
        with as_if_nothing_happened():
            response = getattr(crowd.browser(person), method)(crowd.addresses[name])
            html, answers = words_of(response), answers + 1
        faults = [*faults_of(response, name), *links_that_tell(response, html)]
        if faults or INSIDES.search(html):
            found[f"{method} {name} by {person}: {response.status_code}"] = faults or "shows our insides"
    record_property("answers whose headers were read", answers)
    assert found == {}


def links_that_tell(response: HttpResponseBase, html: str) -> Iterator[str]:
    """The links of a page that carry a token, or somebody's address, after the question mark."""
    if response.status_code != 200 or "html" not in response["Content-Type"]:
        return
    page = Page(html)
    for link in [*page.links, *(form.action for form in page.forms)]:
        told = [] if link.startswith("mailto:") else parse_qsl(urlsplit(link).query)
        for key, value in told:
            if "@" in value or "token" in key or (len(value) > 24 and key != "next"):
                yield f"a link tells {key}={value}"


def test_an_error_of_ours_and_one_time_too_many_carry_it_too(monkeypatch, settings):
    client = Client(raise_request_exception=False)
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in = reverse("account_login")
    typed = {"login": "someone@people.example", "password": "correct horse battery"}
    too_often = [client.post(sign_in, typed) for _ in range(3)][-1]
    monkeypatch.setattr("stem.views.everyday.render", lambda *_: 1 / 0)
    broken = client.get(reverse("privacy"))

    assert (too_often.status_code, broken.status_code) == (429, 500)
    assert [*faults_of(too_often, "account_login"), *faults_of(broken, "privacy")] == []
    assert not INSIDES.search(words_of(broken))
    assert "ZeroDivision" not in words_of(broken)


@pytest.mark.parametrize("path", ["/nothing/here/", "/static/nothing.css", "/.git/config", "/.env", "/admin/"])
def test_what_is_not_there_is_not_found_with_the_same_care(path: str):
    response = Client().get(path)
    assert response.status_code == 404
    assert list(faults_of(response, path)) == []


@pytest.mark.parametrize("file", ["stem/stem.css", "stem/stem.js", "stem/mark.svg"])
def test_files_are_what_they_say_and_may_be_kept(file: str, settings):
    settings.WHITENOISE_USE_FINDERS = True
    response = Client().get(f"/static/{file}")
    assert response.status_code == 200
    # It is no page, so it stands in nobody's frame.
    passed_over = ("may be kept", "X-Frame-Options")
    assert [fault for fault in faults_of(response, file) if not fault.startswith(passed_over)] == []
    assert "max-age" in response["Cache-Control"]
    assert b"".join(response)


def test_search_engines_are_shown_the_front_and_nothing_else(crowd: Crowd):
    robots = words_of(Client().get("/robots.txt"))
    assert "Disallow: /\n" in robots
    assert {line.split()[1] for line in robots.splitlines() if line.startswith("Allow: ")} == {
        "/static/",
        *(
            f"{reverse(name)}$"
            for name in ("home", "join", "privacy", "accessibility", "contact", "acknowledgements", "robots")
        ),
    }
    noindex = [
        name
        for name in TABLE
        if "noindex" in crowd.browser("anonymous").get(crowd.addresses[name]).get("X-Robots-Tag", "")
    ]
    assert {name for name in TABLE if name not in noindex} == {
        "home",
        "join",
        "privacy",
        "accessibility",
        "contact",
        "acknowledgements",
        "robots",
    }


# What is asked of the site in a process of its own, with production's settings.
ASK = """
import django, json
django.setup()
from django.test import Client
def told(response):
    cookies = {key: dict(cookie) for key, cookie in response.cookies.items()}
    return {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies}
plain, safe = Client(), Client(headers={"x-forwarded-proto": "https"})
print(json.dumps({
    "unencrypted": told(plain.get("/privacy/", headers={"host": "scheme.example"})),
    "sign-in": told(safe.get("/account/login/", headers={"host": "scheme.example"})),
    "stranger's host": told(safe.get("/privacy/", headers={"host": "evil.example"})),
}))
"""


@pytest.fixture
def in_production(transactional_db: None, tmp_path: Path) -> dict:
    """How the site answers with production's settings."""
    database = tmp_path / "production.sqlite3"
    environment = {
        **os.environ,
        **PRODUCTION,
        "DJANGO_SETTINGS_MODULE": "tests.fire.production_like",
        "DATABASE_URL": f"sqlite:///{database}",
        "COLLECTED": str(tmp_path / "files"),
    }
    for words in (
        ["manage.py", "collectstatic", "--no-input"],
        ["manage.py", "migrate"],
        ["manage.py", "createcachetable"],
    ):
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, capture_output=True)
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout.splitlines()[-1])


@pytest.mark.sqlite
def test_in_production_nothing_goes_without_encryption_and_cookies_are_ours_alone(in_production: dict):
    assert in_production["unencrypted"]["status"] == 301
    assert in_production["unencrypted"]["headers"]["Location"] == "https://scheme.example/privacy/"
    assert in_production["stranger's host"]["status"] == 400
    shown = in_production["sign-in"]
    assert shown["status"] == 200
    assert shown["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert shown["cookies"].keys() == {"__Host-csrf"}
    for cookie in shown["cookies"].values():
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
