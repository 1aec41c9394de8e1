"""What every test may ask for. Nothing here happens unless a test names it, except the choice of how long to search."""

import os
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from hypothesis import settings

from tests.browser import browser_page, chromium  # noqa: F401  fixtures for every folder

settings.register_profile("everyday", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("ci", max_examples=300, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "everyday")


@pytest.fixture
def now() -> datetime:
    """Tuesday 12 January 2027, noon in London: a school day, a working day, and no clock change near."""
    return datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


@pytest.fixture
def outbox() -> list[EmailMessage]:
    """The e-mail that left during this test, in the order it left."""
    return mail.outbox
