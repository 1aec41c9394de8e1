"""How long the audit record takes to seal and to prove, and whether whoever writes feels the sealing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from statistics import median, quantiles

from django.db import connection

from demo.measuring import Row, beside, timed
from stem.accounts.models import User
from stem.audit.models import Entry
from stem.audit.reading import BEFORE_ALL, PAGE, rows_after
from stem.audit.record import record
from stem.audit.sealing import seal_entries
from stem.audit.verification import verify

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
ENTRIES = 100_000
ROUNDS = 5
WRITERS, EACH = 50, 40


def bench_audit() -> list[Row]:
    """A hundred thousand entries sealed and proved, floor: reading and hashing the rows; then fifty writers at once."""
    fill()
    count = Entry.objects.count()
    bare = timed(_read_and_hash)
    sealing = timed(seal_all)
    whole = Row(f"seal {count} entries", 1, connection.vendor, *_rounded(sealing, sealing, bare, sealing / bare))
    assert verify().entries == count
    rows = [whole, beside(f"verify {count} entries", verify, _read_and_hash, rounds=ROUNDS)]
    # SQLite has one writer at a time, sealing or not: fifty of them measure its lock.
    return [*rows, writing_while_sealing()] if connection.vendor == "postgresql" else rows


def fill() -> None:
    """Entries such as a year of a region leaves."""
    actor = User.objects.order_by("pk")[0]
    Entry.objects.bulk_create(
        (
            Entry(
                at=AT + timedelta(seconds=number),
                actor=actor,
                action="ambassador.read",
                object_type="ambassadors.ambassador",
                object_id=str(number % 2000),
            )
            for number in range(ENTRIES)
        ),
        batch_size=2_000,
    )


def seal_all() -> None:
    """Seal until nothing is left."""
    while seal_entries(at=AT):
        pass


def _read_and_hash() -> None:
    last, digest = BEFORE_ALL, sha256()
    while page := rows_after(last, PAGE):
        for row in page:
            digest.update(repr(row).encode())
        last = page[-1][0]


def writing_while_sealing() -> Row:
    """One entry written by each of fifty connections in turn, while seals are set without a pause; floor: none are."""
    without = _write_at_once()
    done = threading.Event()

    def keep_sealing() -> None:
        while not done.is_set():
            seal_entries(at=AT)
        connection.close()

    sealer = threading.Thread(target=keep_sealing)
    sealer.start()
    meanwhile = _write_at_once()
    done.set()
    sealer.join()
    middle, least = median(meanwhile), median(without)
    figures = _rounded(middle, quantiles(meanwhile, n=20)[-1], least, middle / least)
    return Row(f"an entry of {WRITERS} writers while sealing goes on", len(meanwhile), connection.vendor, *figures)


def _write_at_once() -> list[float]:
    actor = User.objects.order_by("pk")[0]
    together = threading.Barrier(WRITERS)

    def write(_number: int) -> list[float]:
        connection.ensure_connection()
        together.wait()
        took = [timed(_one_entry(actor)) for _entry in range(EACH)]
        connection.close()
        return took

    with ThreadPoolExecutor(WRITERS) as pool:
        return [each for took in pool.map(write, range(WRITERS)) for each in took]


def _one_entry(actor: User) -> Callable[[], None]:
    return lambda: record("ambassador.read", actor, by=actor, at=AT)


def _rounded(middle: float, p95: float, floor: float, ratio: float) -> tuple[float, float, float, float]:
    return round(middle, 3), round(p95, 3), round(floor, 3), round(ratio, 2)
