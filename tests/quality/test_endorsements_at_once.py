"""One person with two devices, in the same instant: one link opens the page."""

from functools import partial

import pytest
from django.db import connection

from bookings.enums import VisitStatus
from quality.endorsements import shown_by
from quality.models import Endorsement
from quality.operations.endorsing import end_endorsement, make_endorsement
from tests import make
from tests.quality.operations.test_concerns_at_once import all_at_once

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]

AT = make.AFTER


@pytest.fixture
def ada():
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.DELIVERED)
    return person


def test_of_links_made_at_once_the_last_alone_opens_the_page(ada):
    tokens: list[str] = []

    def make_one() -> None:
        tokens.append(make_endorsement(ambassador=ada, by=ada.user, at=AT))

    assert all_at_once(*[make_one] * 3) == ["done"] * 3
    assert Endorsement.objects.count() == 1
    assert sum(shown_by(token, at=AT) is not None for token in tokens) == 1


def test_made_and_ended_at_once_there_is_a_whole_link_or_none(ada):
    acts = (make_endorsement, end_endorsement, make_endorsement, end_endorsement)
    assert all_at_once(*(partial(act, ambassador=ada, by=ada.user, at=AT) for act in acts)) == ["done"] * 4
    [left] = Endorsement.objects.all()
    assert (left.token_hash is None) == (left.expires_at is None) == (left.made_at is None)
