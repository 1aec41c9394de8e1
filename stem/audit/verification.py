"""Prove that the audit record stands as it was sealed, or say from which entry on it does not (L-01)."""

from dataclasses import dataclass

from stem.audit.chain import COLUMNS, MARK_BYTES, NOTHING, batch_of, digest_of_entry, digest_of_seal
from stem.audit.models import Entry, Seal
from stem.audit.reading import BEFORE_ALL, Entries, Row, seals_between


@dataclass(frozen=True)
class Checkpoint:
    """A seal as it was noted down somewhere out of reach of whoever could write in this database."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True)
class Verdict:
    """How many entries are proved, the first that is not, and the last seal up to which all is well.

    `broken_at` is the number of the first entry that does not stand in its place as it was sealed. Of an entry that is
    gone that is the one after it, or the last of its batch. Of a seal that was touched or is gone, the first it
    would have proved, or the number after the last proved one. None is a whole record.
    """

    entries: int
    broken_at: int | None
    checkpoint: Checkpoint


def verify(*, since: Checkpoint | None = None) -> Verdict:
    """Check every entry that is sealed, and the chain of seals; what has not been sealed yet is not spoken of.

    With `since`, that seal has to be there as it was noted, and what it and those before it cover is not looked at: so
    old batches may be retired, and a chain whose end was cut off is found out.
    """
    head, last, begin = Checkpoint(0, NOTHING), BEFORE_ALL, -1
    # Only as far as the chain goes now: the entries are read afterwards, so all that it covers are there to be read.
    until = Seal.objects.order_by("number").values_list("number", flat=True).last() or 0
    if since is not None:
        noted = Seal.objects.filter(number=since.number, digest=since.digest).first()
        if noted is None or digest_of_seal(noted) != noted.digest:
            return Verdict(0, _first_entry(), head)
        head, last, begin = since, noted.last, noted.number
    entries, proved = Entries(last), 0
    for seal in seals_between(begin, until):
        if not _follows(seal, head, last):
            return Verdict(proved, entries.following or max(last, 0) + 1, head)
        fault = _fault(seal, list(entries.up_to(seal.last)))
        if fault is not None:
            return Verdict(proved, fault, head)
        proved += seal.count
        head, last = Checkpoint(seal.number, seal.digest), seal.last
    return Verdict(proved, None, head)


def _follows(seal: Seal, head: Checkpoint, last: int) -> bool:
    """Whether this is the very seal that was set after that one."""
    comes_next = (seal.number, seal.previous) == (head.number + 1, head.digest) and seal.last > last
    return comes_next and seal.version in COLUMNS and digest_of_seal(seal) == seal.digest


def _fault(seal: Seal, rows: list[Row]) -> int | None:
    """The first of these entries that does not stand as it was sealed; None when all do."""
    digests = [digest_of_entry(row, seal.version) for row in rows]
    batch = batch_of(digests)
    if (batch.contents, len(rows)) == (seal.contents, seal.count):
        return None
    marks = bytes(seal.marks)
    for place, row in enumerate(rows):
        start = place * MARK_BYTES
        if marks[start : start + MARK_BYTES] != digests[place][:MARK_BYTES]:
            return int(row[0])
    return seal.last


def _first_entry() -> int:
    return Entry.objects.order_by("pk").values_list("pk", flat=True).first() or 1
