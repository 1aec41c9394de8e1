"""Who tries the demonstration at night has its letters when they want them."""

from datetime import timedelta

import pytest
from django.core import mail

from demo.sending import letters_waiting, send_waiting_letters
from quality.operations.complaints import acknowledge_complaint
from stem.accounts.roles import Role
from stem.letters.models import Letter
from tests import make

pytestmark = pytest.mark.django_db


def test_what_waits_for_the_morning_leaves_at_a_press_and_what_is_due_next_week_does_not():
    handler = make.staff(Role.COMPLAINT_HANDLER)
    for days in (1, 7):
        acknowledge_complaint(complaint=make.complaint(), by=handler, at=make.AFTER + timedelta(days=days))
    assert letters_waiting(at=make.AFTER).count() == 1
    send_waiting_letters(at=make.AFTER)
    assert (len(mail.outbox), letters_waiting(at=make.AFTER).count()) == (1, 0)
    assert sorted(Letter.objects.values_list("status", flat=True)) == ["sent", "waiting"]
