"""Safeguarding leads hear that a worry waits: once in amber, once in red, and of nothing that is done (rule 2.9)."""

from datetime import date, time, timedelta

import pytest
from django.core import mail

from quality.enums import ConcernLevel, ConcernStatus
from quality.operations.concerns import triage_concern
from quality.operations.reminding import remind_of_worries
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.moments import moment
from tests import make

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY, THURSDAY = date(2027, 1, 12), date(2027, 1, 13), date(2027, 1, 14)
TOLD = moment(TUESDAY, time(10))
AMBER, RED = moment(TUESDAY, time(14, 1)), moment(WEDNESDAY, time(10, 1))


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


@pytest.fixture
def deputy():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Dev Deputy")


def owed_to(lead) -> list[tuple[int, int]]:
    rows = Letter.objects.filter(fact__endswith=".concern_waits", recipient=lead).order_by("pk")
    return [(letter.ids["is_harm"], letter.ids["is_over"]) for letter in rows]


def sent(at) -> list[str]:
    mail.outbox.clear()
    send_due(at=at)
    return [message.subject for message in mail.outbox]


def test_every_lead_hears_once_when_it_is_amber_and_once_when_it_is_red(lead, deputy):
    worry = make.concern(raised_at=TOLD)
    assert remind_of_worries(at=moment(TUESDAY, time(14))) == 0
    for at in (AMBER, AMBER + timedelta(minutes=15)):
        assert remind_of_worries(at=at) == 1
    assert owed_to(lead) == owed_to(deputy) == [(0, 0)]
    assert sent(AMBER) == [f"Still waiting for you: {worry.reference}"] * 2
    assert "has to be looked at by Wednesday 13 January 2027, 10am." in mail.outbox[0].body

    for at in (RED, RED + timedelta(days=3)):
        assert remind_of_worries(at=at) == 1
    assert owed_to(lead) == owed_to(deputy) == [(0, 0), (0, 1)]
    assert sent(RED) == [f"Too late, and still waiting: {worry.reference}"] * 2
    assert worry.told.words not in mail.outbox[0].body


def test_possible_harm_has_a_clock_of_its_own(lead, deputy):
    worry = make.concern(raised_at=TOLD)
    remind_of_worries(at=AMBER)
    triage_concern(concern=worry, level=ConcernLevel.HARM_THRESHOLD, note="Rang", by=lead, at=AMBER)
    assert remind_of_worries(at=AMBER + timedelta(hours=1)) == 0
    assert remind_of_worries(at=moment(WEDNESDAY, time(11))) == 1
    assert remind_of_worries(at=moment(THURSDAY, time(11))) == 1
    assert owed_to(lead) == [(0, 0), (1, 0), (1, 1)]


def test_nobody_is_written_to_about_what_somebody_has_looked_at_meanwhile(lead, deputy):
    worry = make.concern(raised_at=TOLD)
    remind_of_worries(at=AMBER)
    triage_concern(concern=worry, level=ConcernLevel.LOW_LEVEL, note="Spoke with them", by=lead, at=AMBER)
    assert sent(AMBER) == []
    assert remind_of_worries(at=RED) == 0


def test_a_lead_hears_nothing_of_a_worry_about_themselves(lead, deputy):
    about = make.ambassador(user=lead)
    make.concern(status=ConcernStatus.HARM_THRESHOLD, about=about, raised_at=TOLD)
    assert remind_of_worries(at=RED + timedelta(days=7)) == 1
    assert owed_to(lead) == [] and owed_to(deputy) == [(1, 1)]
