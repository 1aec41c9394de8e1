"""Two who see to a complaint, or whoever made it with two devices, in the same instant."""

from functools import partial

import pytest
from django.db import connection

from quality.enums import ComplaintOutcome, ComplaintStatus
from quality.models import Complaint
from quality.operations.complaints import answer_appeal, appeal_complaint, confirm_repeat, withdraw_complaint
from stem.accounts.roles import Role
from stem.letters.models import Letter
from tests import make
from tests.quality.operations.test_concerns_at_once import all_at_once

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]

AT = make.AFTER


def test_another_look_is_asked_for_once():
    alex, complaint = make.staff(Role.ADMINISTRATOR), make.complaint(status=ComplaintStatus.RESPONDED)
    act = partial(appeal_complaint, complaint=complaint, words="Again", by=None, at=AT)
    assert all_at_once(*[act] * 3) == ["done", "state", "state"]
    assert [letter.recipient for letter in Letter.objects.all()] == [alex]


def test_of_two_who_answer_again_one_does():
    people = [make.staff(Role.ADMINISTRATOR) for _number in range(2)]
    complaint = make.complaint(status=ComplaintStatus.APPEALED)
    said = {"complaint": complaint, "finding": ComplaintOutcome.UPHELD, "words": "You are right.", "note": "Why"}
    assert all_at_once(*[partial(answer_appeal, **said, by=each, at=AT) for each in people]) == ["done", "state"]


def test_it_is_taken_back_or_answered_and_not_both():
    first, second = (make.staff(Role.ADMINISTRATOR) for _number in range(2))
    complaint = make.complaint(status=ComplaintStatus.REPEAT, handler=first)
    took = all_at_once(
        partial(confirm_repeat, complaint=complaint, by=second, at=AT),
        partial(withdraw_complaint, complaint=complaint, note="They rang", by=first, at=AT),
    )
    assert took == ["done", "state"]
    assert Complaint.objects.get().status in (ComplaintStatus.RESPONDED, ComplaintStatus.CLOSED)
