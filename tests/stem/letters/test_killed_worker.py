"""A worker may be killed at any instant: no letter is lost, and a repeat shows by its Message-ID."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from stem.accounts.models import User
from stem.letters.post import SWEEP_QUEUED, post
from tests import make
from tests.stem.letters import notifications

ROOT = Path(__file__).resolve().parents[3]
LONG_AGO = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
PATIENCE = 60.0
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class PostOffice:
    """A mail server in a process of its own, a database on disk, and workers to start and kill."""

    record: Path
    database: Path
    port: int
    workers: list[subprocess.Popen] = field(default_factory=list)

    def post(self, letters: int) -> None:
        self._owe(lambda number: post(notifications.plain, due_at=LONG_AGO, number=number), letters)

    def post_news(self, letters: int, readers: list[User]) -> None:
        """Letters that are gathered, by turns to each of these readers."""

        def to_reader(number: int) -> None:
            user = readers[number % len(readers)]
            post(notifications.joined, to=user, due_at=LONG_AGO, number=number, user_id=user.pk)

        self._owe(to_reader, letters)

    def _owe(self, post_one: Callable[[int], object], letters: int) -> None:
        # As though a sweep were queued already: here only the workers send.
        cache.set(SWEEP_QUEUED, True)
        with transaction.atomic():
            for number in range(letters):
                post_one(number)
        if connection.vendor == "sqlite":
            # The tests' own database lives in their memory; the workers have a copy on disk.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.database)])

    def start_worker(self, **environment: str) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "send_due_letters", "--until-empty"],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.stem.letters.worker_settings",
                "DATABASE_URL": self.database_url,
                "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
                **environment,
            },
        )
        self.workers.append(worker)
        return worker

    @property
    def database_url(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.database}"
        at = connection.settings_dict
        return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"

    def taken(self) -> list[str]:
        return self.record.read_text().splitlines() if self.record.exists() else []

    def told(self) -> list[tuple[str, tuple[int, ...]]]:
        """Each message that was taken: its Message-ID, and the letters that it tells."""
        lines = self.record.with_suffix(".told").read_text().splitlines()
        return [(line.split()[0], tuple(map(int, line.split()[1:]))) for line in lines]

    def letters(self) -> dict[str, str]:
        """Each letter's Message-ID and status, as the workers' database has them."""
        query = "SELECT message_id, status FROM letters_letter"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.database)) as copy:
                return dict(copy.execute(query).fetchall())
        with connection.cursor() as cursor:
            cursor.execute(query)
            return dict(cursor.fetchall())

    def wait_for(self, count: int, worker: subprocess.Popen) -> None:
        """Until the mail server has taken this many, or the worker has no more to send."""
        give_up_at = time.monotonic() + PATIENCE
        while len(self.taken()) < count and worker.poll() is None:
            assert time.monotonic() < give_up_at, "the worker sends nothing"
            time.sleep(0.001)


@pytest.fixture
def post_office(tmp_path: Path) -> Iterator[PostOffice]:
    record = tmp_path / "taken.txt"
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.stem.letters.sink", str(record)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    office = PostOffice(record, tmp_path / "letters.sqlite3", port=int(sink.stdout.readline()))
    yield office
    cache.delete(SWEEP_QUEUED)
    for process in (*office.workers, sink):
        process.kill()
        process.wait()
    sink.stdout.close()


@pytest.mark.parametrize(("letters", "kills", "seed"), [(90, 5, 1), pytest.param(200, 16, 2, marks=pytest.mark.slow)])
def test_no_letter_is_lost_and_no_more_are_repeated_than_workers_killed(post_office, letters, kills, seed):
    chance = random.Random(seed)
    post_office.post(letters)
    killed = 0
    for _ in range(kills):
        before = len(post_office.taken())
        worker = post_office.start_worker()
        post_office.wait_for(before + chance.randint(1, 2 * letters // (3 * kills)), worker)
        time.sleep(chance.uniform(0, 0.015))
        worker.send_signal(signal.SIGKILL)
        # On a machine that stood still meanwhile, the letters may run out before the kills.
        killed += worker.wait(PATIENCE) == -signal.SIGKILL

    give_up_at = time.monotonic() + PATIENCE
    while set(post_office.letters().values()) != {"sent"}:
        assert time.monotonic() < give_up_at, Counter(post_office.letters().values())
        assert post_office.start_worker().wait(PATIENCE) == 0

    assert killed > kills // 2
    taken = Counter(post_office.taken())
    assert set(taken) == set(post_office.letters())
    assert sum(taken.values()) - letters <= killed
    # One kill costs at most one repeat of one letter.
    assert max(taken.values()) <= 1 + killed


def test_of_what_is_gathered_nothing_is_lost_and_a_kill_repeats_one_message_as_it_was(post_office):
    chance, letters, kills = random.Random(3), 120, 5
    readers = [make.user(name=f"Reader {number}") for number in range(30)]
    post_office.post_news(letters, readers)
    killed = 0
    for _ in range(kills):
        before = len(post_office.taken())
        worker = post_office.start_worker()
        post_office.wait_for(before + chance.randint(1, 2 * len(readers) // (3 * kills)), worker)
        time.sleep(chance.uniform(0, 0.015))
        worker.send_signal(signal.SIGKILL)
        killed += worker.wait(PATIENCE) == -signal.SIGKILL

    give_up_at = time.monotonic() + PATIENCE
    while set(post_office.letters().values()) != {"sent"}:
        assert time.monotonic() < give_up_at, Counter(post_office.letters().values())
        assert post_office.start_worker().wait(PATIENCE) == 0

    assert killed > kills // 2
    told = post_office.told()
    # One message a reader, with all of their letters in their order, however often it was repeated.
    each = {tuple(range(reader, letters, len(readers))) for reader in range(len(readers))}
    assert {numbers for _message_id, numbers in told} == each
    assert len({message_id for message_id, _numbers in told}) == len(set(told)) == len(readers)
    assert len(told) - len(readers) <= killed


@pytest.mark.slow
def test_several_workers_at_once_make_one_message_a_reader(post_office):
    readers = [make.user(name=f"Reader {number}") for number in range(40)]
    post_office.post_news(160, readers)
    workers = [post_office.start_worker(LETTERS_LEASE_SECONDS="120") for _ in range(3)]
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0, 0]
    told = post_office.told()
    assert sorted(numbers for _message_id, numbers in told) == [
        tuple(range(reader, 160, len(readers))) for reader in range(len(readers))
    ]
    assert len({message_id for message_id, _numbers in told}) == len(readers)
    assert set(post_office.letters().values()) == {"sent"}


@pytest.mark.slow
def test_several_workers_at_once_send_every_letter_once(post_office):
    post_office.post(90)
    workers = [post_office.start_worker(LETTERS_LEASE_SECONDS="120") for _ in range(3)]
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0, 0]
    assert Counter(post_office.taken()) == Counter(post_office.letters().keys())
    assert set(post_office.letters().values()) == {"sent"}
