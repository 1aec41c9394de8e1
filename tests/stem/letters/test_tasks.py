"""Letters and links that have been over for 90 days are forgotten."""

from datetime import timedelta

import pytest

from stem.letters.links import mint_link
from stem.letters.models import Letter, OneTimeLink
from stem.letters.post import post
from stem.letters.tasks import clear_before
from tests.stem.letters import notifications

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["cancelled", "not_needed", "failed", "sent"])
def test_what_is_over_is_forgotten_after_its_time_and_not_before(status, now):
    letter = post(notifications.plain, due_at=now, number=7)
    Letter.objects.filter(pk=letter.pk).update(status=status, sent_at=now, to_email="reader@people.example")
    assert clear_before(now) == 0
    assert clear_before(now + timedelta(seconds=1)) == 1
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("status", ["waiting", "sending", "held"])
def test_what_is_still_owed_is_never_forgotten(status, now):
    letter = post(notifications.plain, due_at=now, number=7)
    Letter.objects.filter(pk=letter.pk).update(status=status, claimed_until=now)
    assert clear_before(now + timedelta(days=1000)) == 0
    assert Letter.objects.count() == 1


def test_links_are_forgotten_once_they_have_run_out_that_long(now):
    mint_link("answer_test", 7, expires_at=now)
    clear_before(now)
    assert OneTimeLink.objects.count() == 1
    clear_before(now + timedelta(seconds=1))
    assert OneTimeLink.objects.count() == 0
