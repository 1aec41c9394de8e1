"""A letter is posted with its fact: once, and only if the fact stands."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django_q.models import OrmQ

from stem.letters.models import Letter
from stem.letters.post import SWEEP_QUEUED, post
from stem.letters.tasks import send_due_letters
from tests import make
from tests.stem.letters import notifications


@pytest.mark.django_db
def test_a_letter_waits_for_its_moment_in_its_readers_language(now):
    reader = make.user(language="cy")
    letter = post(notifications.greeting, to=reader, due_at=now + timedelta(days=1), at=now, number=7)
    stored = Letter.objects.get()
    assert stored == letter
    assert (stored.fact, stored.ids, stored.recipient, stored.language) == (
        "tests.stem.letters.notifications.greeting",
        {"number": 7},
        reader,
        "cy",
    )
    assert (stored.status, stored.posted_at, stored.due_at, stored.next_try_at, stored.attempts) == (
        "waiting",
        now,
        now + timedelta(days=1),
        now + timedelta(days=1),
        0,
    )
    assert stored.message_id.endswith("@scheme.example>")


@pytest.mark.django_db
def test_posting_the_same_letter_twice_does_nothing(now):
    reader = make.user()
    first = post(notifications.plain, to=reader, due_at=now, number=7)
    again = post(notifications.plain, to=reader, due_at=now + timedelta(days=1), number=7)
    assert again == first
    assert Letter.objects.get().due_at == now


@pytest.mark.django_db
def test_another_fact_reader_id_or_key_makes_another_letter(now):
    reader = make.user()
    post(notifications.plain, to=reader, due_at=now, number=7)
    post(notifications.greeting, to=reader, due_at=now, number=7)
    post(notifications.plain, to=make.user(), due_at=now, number=7)
    post(notifications.plain, due_at=now, number=7)
    post(notifications.plain, to=reader, due_at=now, number=8)
    post(notifications.plain, to=reader, due_at=now, number="7")
    post(notifications.plain, to=reader, due_at=now, number=7, key="moved twice")
    assert Letter.objects.count() == 7


@pytest.mark.django_db
def test_a_letter_carries_ids_and_never_rows(now):
    with pytest.raises(TypeError):
        post(notifications.plain, due_at=now, number=make.user())
    assert Letter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
class TestWithRealTransactions:
    """These commit, which the tests above never do."""

    @pytest.fixture(autouse=True)
    def a_real_queue(self, settings, monkeypatch):
        monkeypatch.setattr("django_q.conf.Conf.SYNC", False)
        cache.delete(SWEEP_QUEUED)
        yield
        cache.delete(SWEEP_QUEUED)

    def test_a_letter_outside_a_transaction_is_refused(self, now):
        with pytest.raises(RuntimeError):
            post(notifications.plain, due_at=now, number=7)
        assert Letter.objects.count() == 0

    def test_no_letter_stands_without_its_fact(self, now):
        @transaction.atomic
        def fact_that_does_not_come_about():
            post(notifications.plain, due_at=now, number=7)
            raise LookupError

        with pytest.raises(LookupError):
            fact_that_does_not_come_about()
        assert (Letter.objects.count(), OrmQ.objects.count()) == (0, 0)

    def test_a_burst_of_letters_queues_one_sweep_until_it_begins(self, now):
        for number in range(3):
            with transaction.atomic():
                post(notifications.plain, due_at=now, number=number)
                post(notifications.greeting, due_at=now, number=number)
        assert [task.func() for task in OrmQ.objects.all()] == ["stem.letters.tasks.send_due_letters"]
        send_due_letters()
        with transaction.atomic():
            post(notifications.plain, due_at=now, number=3)
        assert OrmQ.objects.count() == 2

    def test_a_queue_that_cannot_be_reached_costs_no_letter(self, now, monkeypatch, caplog):
        def unreachable(*args: object, **kwargs: object) -> None:
            raise ConnectionError

        monkeypatch.setattr("stem.letters.post.async_task", unreachable)
        with transaction.atomic():
            post(notifications.plain, due_at=now, number=7)
        assert Letter.objects.get().status == "waiting"
