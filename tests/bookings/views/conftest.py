"""The clock of these pages stands at Tuesday 12 January 2027, noon, when the rows were made."""

import pytest
from django.utils import timezone

from tests import make


@pytest.fixture(autouse=True)
def clock_stands_still(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)
