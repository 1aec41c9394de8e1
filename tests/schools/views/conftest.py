"""What tests of the schools' pages may ask for."""

import pytest
from django.utils import timezone

from tests import make


@pytest.fixture
def clock_stands_still(monkeypatch):
    """It is Tuesday 12 January 2027, noon, when `make` made its rows."""
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)
