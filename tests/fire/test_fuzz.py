"""Ten thousand requests that nobody foresaw: none ends in an error of ours, none shows what its sender may not read."""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import ceil
from traceback import format_exception

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.architecture.site_map import Page, every_page
from tests.fire.crowd import Crowd, words_of
from tests.fire.requests import Sent, any_request
from tests.fire.secrets import SECRETS, GuardedWorld, all_ids, leaked
from tests.undoing import as_if_nothing_happened

pytestmark = pytest.mark.django_db

PAGES = sorted({page.name: page for page in every_page()}.values(), key=lambda page: page.name)
EVERY_DAY, IN_FULL = 500, 4_000


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    """Ten thousand refusals would be kept, each with its trace, until the test ends."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Figures:
    """What was sent, and how it was answered."""

    def __init__(self) -> None:
        self.classes: Counter[str] = Counter()
        self.hit: set[str] = set()
        self.slowest = (0.0, "")
        self.started = time.monotonic()

    def __str__(self) -> str:
        answered = ", ".join(f"{count} × {kind}" for kind, count in sorted(self.classes.items()))
        took = time.monotonic() - self.started
        pages = f"{len(self.hit)} of {len(PAGES)} pages"
        return f"{answered}; {pages}; {took:.0f} s; slowest {self.slowest[0] * 1000:.0f} ms: {self.slowest[1]}"


def send(crowd: Crowd, request: Sent, page: str, figures: Figures) -> None:
    """Send it; whatever comes back is no error of ours and tells no secret."""
    with as_if_nothing_happened():
        began = time.perf_counter()
        response = request.to(crowd.browser(request.person))
        html = words_of(response)
        took = time.perf_counter() - began
    figures.classes[f"{response.status_code // 100}xx"] += 1
    figures.hit.add(page)
    figures.slowest = max(figures.slowest, (took, f"{request.method} {page}"))
    assert response.status_code < 500, (request, "".join(format_exception(*response.exc_info)))
    assert list(leaked(html, request.person)) == [], request


def throw(crowd: Crowd, page: Page, person: str, count: int, figures: Figures) -> None:
    """So many requests of this page by this person; the same ones on every day."""

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(request=any_request(page, person, crowd.addresses[page.name], all_ids))
    def answered(request: Sent) -> None:
        send(crowd, request, page.name, figures)

    answered()


def storm(total: int) -> Figures:
    """At least so many requests over every page and everybody, but for what repeats itself."""
    crowd, figures = Crowd(GuardedWorld()), Figures()
    crowd.make_everything()
    people_a_page = min(len(crowd.people), ceil(total / len(PAGES)))
    each = ceil(total / (len(PAGES) * people_a_page))
    for number, page in enumerate(PAGES):
        for turn in range(people_a_page):
            person = crowd.people[(number + turn) % len(crowd.people)]
            throw(crowd, page, person, each, figures)
    return figures


# All of it on the database that takes more offence, at a NUL for one; SQLite has its share.
@pytest.mark.parametrize(
    "total",
    [EVERY_DAY, pytest.param(IN_FULL, marks=[pytest.mark.slow, pytest.mark.postgresql])],
    ids=["every day", "in full"],
)
def test_no_request_ends_in_an_error_or_tells_a_secret(total: int, record_property):
    figures = storm(total)
    record_property("fuzz", str(figures))
    assert figures.hit == {page.name for page in PAGES}
    assert sum(figures.classes.values()) >= total * 0.9


@pytest.mark.slow
def test_nobody_is_shown_what_they_may_not_read_and_each_secret_is_shown_to_somebody():
    crowd = Crowd(GuardedWorld())
    crowd.make_everything()
    shown, told = set(), {}
    for person, page in product(crowd.people, PAGES):
        with as_if_nothing_happened():
            html = words_of(crowd.browser(person).get(crowd.addresses[page.name]))
        shown |= {words for words in SECRETS if words in html}
        if leaks := list(leaked(html, person)):
            told[f"{page.name} tells {person}"] = leaks
    assert told == {}
    # What nobody ever meets would guard nothing.
    assert shown == set(SECRETS)
