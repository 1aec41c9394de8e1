"""What every test may ask for. Nothing here happens unless a test names it, but for three things: how long
properties search, and that no test finds the rate limits, or the scheme's name, as another left them."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import SimpleTestCase
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from stem.scheme.identity import remember
from stem.scheme.models import Identity
from tests.browser import browser_page, chromium  # noqa: F401  fixtures for every folder
from tests.emptying import emptying_allowed
from tests.stem.texts.pocket import pocket  # noqa: F401  a fixture for every folder

settings.register_profile("everyday", max_examples=25, deadline=None, derandomize=True)
# What the first database has been searched for is the same rule on the second: a third of the search is enough there.
EXAMPLES = 40 if os.environ.get("DATABASE_URL", "").startswith("postgres") else 120
settings.register_profile("ci", max_examples=EXAMPLES, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "everyday")


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Everyone here comes from one address, and tries to sign in more often in a minute than a person would."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_said_of_the_scheme() -> None:
    """A scheme that has said nothing about itself, known without asking: no count of queries hangs on the clock."""
    remember(Identity(), seconds=float("inf"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what touches no database: it has been tried on SQLite, and is the same."""
    if connection.vendor == "postgresql":
        left_out = [item for item in items if not _touches_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _touches_a_database(item)]


def _touches_a_database(item: pytest.Item) -> bool:
    """Whether a test asks for one: by its mark, by a fixture of a fixture, or by the kind of its class."""
    asks = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    is_django_s = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(asks) or marked or is_django_s or item.get_closest_marker("postgresql") is not None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' database. Who is still in it at the end is named and shown out, or it could not be dropped."""
    with emptying_allowed():
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT application_name, state, query, pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for left in cursor.fetchall():
                print("left in the tests' database:", *left, file=sys.__stderr__)


@pytest.fixture
def now() -> datetime:
    """Tuesday 12 January 2027, noon in London: a school day, a working day, and no clock change near."""
    return datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


@pytest.fixture
def outbox() -> list[EmailMessage]:
    """The e-mail that left during this test, in the order it left."""
    return mail.outbox


def pytest_terminal_summary(terminalreporter) -> None:
    """Say what the trials counted, wherever they ran: sums of numbers, and words as they are."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for what, told in report.user_properties if report.when == "call" else ():
            if isinstance(told, int):
                counted[what] += told
            else:
                terminalreporter.write_line(f"{what}: {told}")
    for what, total in counted.items():
        terminalreporter.write_line(f"{what}: {total}")
