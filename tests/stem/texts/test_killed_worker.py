"""A worker may be killed at any instant: no text is lost, and a repeat shows by its reference. As of letters."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from stem.texts.post import SWEEP_QUEUED, post_text
from tests import make
from tests.stem.letters.test_killed_worker import PATIENCE, ROOT, PostOffice
from tests.stem.texts import facts
from tests.stem.texts.gateway_stand_in import make_certificate

LONG_AGO, LONG_AFTER = datetime(2026, 1, 12, 12, 0, tzinfo=UTC), datetime(2090, 1, 12, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pocket")]


@dataclass
class Exchange(PostOffice):
    """A gateway in a process of its own, a database on disk, and workers to start and kill."""

    address: str = ""
    certificate: str = ""

    def post(self, texts: int) -> None:
        # As though a sweep were queued already: here only the workers send.
        cache.set(SWEEP_QUEUED, True)
        reader = make.user()
        with transaction.atomic():
            for number in range(texts):
                # At whatever hour this test is run.
                until, at = LONG_AFTER, LONG_AGO
                post_text(facts.to_stranger, {"number": number}, to=reader, until=until, at=at, at_any_hour=True)
        if connection.vendor == "sqlite":
            # The tests' own database lives in their memory; the workers have a copy on disk.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.database)])

    def start_worker(self, **environment: str) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "send_due_texts", "--until-empty"],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.stem.texts.worker_settings",
                "DATABASE_URL": self.database_url,
                "TEXTS_GATEWAY_URL": self.address,
                # Whom the machine trusts: here, the gateway's own certificate.
                "SSL_CERT_FILE": self.certificate,
                **environment,
            },
        )
        self.workers.append(worker)
        return worker

    def texts(self) -> dict[str, str]:
        """Each text's reference and status, as the workers' database has them."""
        query = "SELECT reference, status FROM texts_text"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.database)) as copy:
                return dict(copy.execute(query).fetchall())
        with connection.cursor() as cursor:
            cursor.execute(query)
            return dict(cursor.fetchall())


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    certificate = make_certificate(tmp_path)
    gateway = subprocess.Popen(
        [sys.executable, "-m", "tests.stem.texts.gateway_stand_in", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = Exchange(
        tmp_path / "taken.txt",
        tmp_path / "texts.sqlite3",
        port=0,
        address=gateway.stdout.readline().strip(),
        certificate=str(certificate),
    )
    yield made
    cache.delete(SWEEP_QUEUED)
    for process in (*made.workers, gateway):
        process.kill()
        process.wait()
    gateway.stdout.close()


@pytest.mark.parametrize(("texts", "kills", "seed"), [(50, 4, 1), pytest.param(150, 14, 2, marks=pytest.mark.slow)])
def test_no_text_is_lost_and_no_more_are_repeated_than_workers_killed(exchange, texts, kills, seed):
    chance = random.Random(seed)
    exchange.post(texts)
    killed = 0
    for _ in range(kills):
        before = len(exchange.taken())
        worker = exchange.start_worker()
        exchange.wait_for(before + chance.randint(1, 2 * texts // (3 * kills)), worker)
        time.sleep(chance.uniform(0, 0.015))
        worker.send_signal(signal.SIGKILL)
        # On a machine that stood still meanwhile, the texts may run out before the kills.
        killed += worker.wait(PATIENCE) == -signal.SIGKILL

    give_up_at = time.monotonic() + PATIENCE
    while set(exchange.texts().values()) != {"sent"}:
        assert time.monotonic() < give_up_at, Counter(exchange.texts().values())
        assert exchange.start_worker().wait(PATIENCE) == 0

    assert killed > kills // 2
    taken = Counter(exchange.taken())
    assert set(taken) == set(exchange.texts())
    assert sum(taken.values()) - texts <= killed
    # One kill costs at most one repeat of one text.
    assert max(taken.values()) <= 1 + killed


@pytest.mark.slow
def test_several_workers_at_once_send_every_text_once(exchange):
    exchange.post(60)
    workers = [exchange.start_worker(LETTERS_LEASE_SECONDS="120") for _ in range(3)]
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0, 0]
    assert Counter(exchange.taken()) == Counter(exchange.texts().keys())
    assert set(exchange.texts().values()) == {"sent"}
