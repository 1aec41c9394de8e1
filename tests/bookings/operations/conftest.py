"""A visit that somebody new comes along to watch, and whom it concerns; for the tests that ask for them by name."""

import pytest

from bookings.enums import VisitStatus
from stem.accounts.roles import Role
from tests import make


@pytest.fixture
def cora():
    """A coordinator."""
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def visit():
    """A confirmed visit of an old hand."""
    return make.visit(ambassador=make.ambassador(cleared=True, visits_delivered=9), status=VisitStatus.CONFIRMED)


@pytest.fixture
def nia(visit):
    """Somebody new, who could come along."""
    return make.ambassador(name="Nia Newcomer", cleared=True)


@pytest.fixture
def place(visit):
    """The place for whoever comes along."""
    return make.place_to_watch(visit)


@pytest.fixture
def watched(visit, nia):
    """The place that somebody new has."""
    return make.watched(visit, ambassador=nia)
