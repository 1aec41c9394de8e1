"""Two leads, or one with two devices, in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from quality.enums import ConcernLevel, ConcernStatus
from quality.models import Suspension
from quality.operations.concern_steps import close_concern, propose_close
from quality.operations.concerns import triage_concern
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]

AT = make.AFTER


def all_at_once(*acts) -> list[str]:
    """What became of each of these, all begun together."""
    together = Barrier(len(acts))

    def begin(act) -> str:
        together.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(begin, acts))


def test_whoever_proposes_with_one_hand_does_not_close_with_the_other():
    lead, concern = make.staff(Role.SAFEGUARDING_LEAD), make.concern(status=ConcernStatus.ACTIONS)
    propose_close(concern=concern, note="Done", by=lead, at=AT)
    act = partial(close_concern, concern=concern, by=lead, at=AT)
    assert all_at_once(*[act] * 3) == ["same_person"] * 3
    others = [make.staff(Role.SAFEGUARDING_LEAD) for _number in range(2)]
    acts = [partial(close_concern, concern=concern, by=other, at=AT) for other in others]
    assert all_at_once(*acts, act) in (["done", "same_person", "state"], ["done", "state", "state"])
    concern.refresh_from_db()
    assert concern.closed_by in others


def test_of_two_worries_of_harm_about_one_person_at_once_both_are_taken_and_they_are_suspended_once():
    person = make.ambassador(cleared=True)
    acts = [
        partial(
            triage_concern,
            concern=make.concern(),
            level=ConcernLevel.HARM_THRESHOLD,
            note="The head rang",
            about=person,
            by=make.staff(Role.SAFEGUARDING_LEAD),
            at=AT,
        )
        for _number in range(2)
    ]
    assert all_at_once(*acts) == ["done", "done"]
    assert Suspension.objects.get().ambassador == person
