"""One job chains what was written, batch after batch, and nobody waits for it (L-01)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from stem.audit import tasks
from stem.audit.chain import COLUMNS, NOTHING, VERSION
from stem.audit.models import Entry, Seal
from stem.audit.sealing import highest_settled, next_seal, seal_entries, set_seal
from stem.audit.verification import verify
from tests.stem.audit.tampering import entries, sealed

of_two_connections = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]


def marked(test):
    for mark in of_two_connections:
        test = mark(test)
    return test


def test_the_latest_version_knows_every_column_and_a_later_one_adds_to_the_one_before():
    assert set(COLUMNS[VERSION]) == {field.attname for field in Entry._meta.concrete_fields}
    assert max(COLUMNS) == VERSION
    assert all(COLUMNS[each][: len(COLUMNS[each - 1])] == COLUMNS[each - 1] for each in range(2, VERSION + 1))


@pytest.mark.django_db
def test_each_seal_follows_the_one_before(now):
    first, second = sealed(3, 2, at=now)
    one, two = Seal.objects.order_by("number")
    assert (one.number, one.first, one.last, one.count, one.previous) == (1, first[0], first[-1], 3, NOTHING)
    assert (two.number, two.first, two.last, two.count, two.previous) == (2, second[0], second[-1], 2, one.digest)


@pytest.mark.django_db
def test_sealing_twice_is_sealing_once(now):
    entries(3, at=now)
    assert [seal_entries(at=now), seal_entries(at=now)] == [3, 0]
    assert Seal.objects.count() == 1


@pytest.mark.django_db
def test_a_seal_covers_no_more_than_it_may_and_the_job_goes_on_until_nothing_is_left(now, monkeypatch):
    entries(7, at=now)
    assert seal_entries(at=now, limit=3) == 3
    monkeypatch.setattr(tasks, "seal_entries", lambda *, at: seal_entries(at=at, limit=3))
    tasks.seal_record()
    assert list(Seal.objects.order_by("number").values_list("count", flat=True)) == [3, 3, 1]
    assert (verify().entries, verify().broken_at) == (7, None)


@pytest.mark.django_db
def test_of_two_workers_who_reckoned_the_same_seal_the_second_finds_it_set(now):
    entries(2, at=now)
    mine, theirs = (next_seal(up_to=highest_settled(), at=now) for _worker in range(2))
    assert [set_seal(theirs), set_seal(mine)] == [True, False]
    assert verify().entries == 2


@marked
def test_four_workers_at_once_set_one_seal(now):
    entries(20, at=now)
    together = Barrier(4)

    def work(_number: int) -> int:
        try:
            together.wait()
            return seal_entries(at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 20
    assert (Seal.objects.count(), verify().broken_at) == (1, None)


@marked
def test_an_entry_that_comes_to_light_below_another_is_not_passed_over(now):
    slow = connections.create_connection("default")
    try:
        slow.set_autocommit(False)
        with slow.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (at, action, object_type, object_id, outcome) "
                "VALUES (%s, 'a', 'b', '1', 'done') RETURNING id",
                [now],
            )
            [low] = cursor.fetchone()
        [entry] = entries(1, at=now)
        assert low < entry.pk
        assert seal_entries(at=now, looks=2) == 0
        slow.commit()
        assert seal_entries(at=now) == 2
    finally:
        slow.close()
    assert (verify().entries, verify().broken_at) == (2, None)


@marked
def test_who_does_not_end_in_time_leaves_the_sealing_to_the_next_run(now):
    entries(1, at=now)
    with transaction.atomic():
        entries(1, at=now)

        def seal() -> int:
            try:
                return seal_entries(at=now, looks=0)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(seal).result() == 0
    assert seal_entries(at=now, looks=0) == 2


@marked
def test_nobody_who_writes_waits_for_a_seal_that_is_being_set(now):
    entries(1, at=now)
    sealer = connections.create_connection("default")
    try:
        sealer.set_autocommit(False)
        with sealer.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_seal (number, version, first, last, count, at, previous, contents, digest, marks) "
                "VALUES (1, 1, 1, 1, 1, %s, '', '', '', '')",
                [now],
            )
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        assert len(entries(3, at=now)) == 3
        sealer.rollback()
    finally:
        sealer.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
