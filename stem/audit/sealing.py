"""Seal the audit record: one job chains what was written, batch after batch, and no writer waits for it (L-01).

Numbers are given before a transaction ends, so on PostgreSQL an entry may come to light below one that is already
there. Sealed past it, it would look like one slipped in. Therefore a batch goes no higher than the highest entry seen
at some moment, and only once everybody who was writing entries at that moment has ended: whoever holds a lower number
was writing then. They are found in the table's locks, which every INSERT takes before its number and holds to its end.
SQLite has one writer at a time, and numbers in the order in which they come to light.
"""

import time
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from stem.audit.chain import NOTHING, VERSION, batch_of, digest_of_entry, digest_of_seal
from stem.audit.models import Entry, Seal
from stem.audit.reading import BEFORE_ALL, rows_after

BATCH = 10_000
# Those who were writing are looked for again this often, with a pause between; then the next run tries again.
LOOKS, PAUSE = 40, 0.05


def seal_entries(*, at: datetime, limit: int = BATCH, looks: int = LOOKS) -> int:
    """Set one seal on the entries that no seal covers, at most `limit` of them; how many it covers.

    None when there are none, when somebody who was writing has not ended in time, or when another worker was first.
    """
    settled = highest_settled(looks=looks)
    seal = next_seal(up_to=settled, at=at, limit=limit) if settled is not None else None
    return seal.count if seal is not None and set_seal(seal) else 0


def next_seal(*, up_to: int, at: datetime, limit: int = BATCH) -> Seal | None:
    """The seal that would come next in the chain, not yet set; None when there is nothing for it to cover."""
    before = Seal.objects.defer("marks").order_by("number").last()
    rows = [row for row in rows_after(before.last if before else BEFORE_ALL, limit) if row[0] <= up_to]
    if not rows:
        return None
    batch = batch_of([digest_of_entry(row) for row in rows])
    seal = Seal(
        number=before.number + 1 if before else 1,
        version=VERSION,
        first=rows[0][0],
        last=rows[-1][0],
        count=len(rows),
        at=at,
        previous=before.digest if before else NOTHING,
        contents=batch.contents,
        marks=batch.marks,
    )
    seal.digest = digest_of_seal(seal)
    return seal


def set_seal(seal: Seal) -> bool:
    """Add this seal to the chain; False when another worker has set the one of its number.

    The number is the only meeting place of two workers: neither locks a row, for which it would need the right to
    change one.
    """
    try:
        with transaction.atomic():
            seal.save()
    except IntegrityError:
        if Seal.objects.filter(number=seal.number).exists():
            return False
        raise
    return True


def highest_settled(*, looks: int = LOOKS) -> int | None:
    """The highest entry below which none can come to light any more; None when that is not known in time."""
    highest = Entry.objects.order_by("pk").values_list("pk", flat=True).last()
    waited_for = _writing()
    for _look in range(looks):
        if not waited_for:
            return highest
        time.sleep(PAUSE)
        waited_for &= _writing()
    return highest if not waited_for else None


def _writing() -> set[str]:
    """The transactions of others that have written entries, or are about to, and have not ended."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = %s::regclass "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()",
            [Entry._meta.db_table],
        )
        return {str(row[0]) for row in cursor.fetchall()}
