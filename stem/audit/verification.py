"""Prove that the audit record stands as it was sealed, or say from which entry on it does not (L-01)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from stem.audit.chain import COLUMNS, MARK_BYTES, NOTHING, VERSION, batch_of, digest_of_entry, digest_of_seal
from stem.audit.models import Entry, Seal
from stem.audit.reading import BEFORE_ALL, Entries, Row, seals_between

# How long an entry is kept (rule 3.4): seven years, whatever leap days fall in them.
KEPT = timedelta(days=7 * 365 + 2)
RETIRE = "audit.retire"


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
    would have proved, or the number after the last proved one. None is a whole record. Batches whose entries are gone,
    as an entry further on says by right, are counted as retired, and no entry of theirs as proved.
    """

    entries: int
    broken_at: int | None
    checkpoint: Checkpoint
    retired: int = 0


@dataclass(frozen=True)
class Retirement:
    """From which batch to which a sealed entry says that they were retired, and when."""

    first: int
    last: int
    at: datetime

    def covers(self, seal: Seal) -> bool:
        """Whether the entries under this seal are gone by right: it is named, and it was old enough."""
        return self.first <= seal.number <= self.last and is_past_keeping(seal, at=self.at)


def is_past_keeping(seal: Seal, *, at: datetime) -> bool:
    """Whether all that this seal covers has been kept for as long as it has to be."""
    return seal.at + KEPT <= at


def verify(*, since: Checkpoint | None = None) -> Verdict:
    """Check every entry that is sealed, and the chain of seals; what has not been sealed yet is not spoken of.

    A batch may be gone whole where a sealed entry says that it was retired; in part it may not. With `since`, that seal
    has to be there as it was noted, and what it and those before it cover is not looked at: so a chain whose end was
    cut off is found out.
    """
    head, last, begin = Checkpoint(0, NOTHING), BEFORE_ALL, -1
    # Only as far as the chain goes now: the entries are read afterwards, so all that it covers are there to be read.
    until = Seal.objects.order_by("number").values_list("number", flat=True).last() or 0
    if since is not None:
        noted = Seal.objects.filter(number=since.number, digest=since.digest).first()
        if noted is None or digest_of_seal(noted) != noted.digest:
            return Verdict(0, _first_entry(), head)
        head, last, begin = since, noted.last, noted.number
    entries, proved, gone = Entries(last), 0, 0
    retirements = _retirements(above=last, until=until)
    for seal in seals_between(begin, until):
        if not _follows(seal, head, last):
            return Verdict(proved, entries.following or max(last, 0) + 1, head, gone)
        rows = list(entries.up_to(seal.last))
        if not rows and any(each.covers(seal) for each in retirements):
            gone += 1
        elif (fault := _fault(seal, rows)) is not None:
            return Verdict(proved, fault, head, gone)
        else:
            proved += seal.count
        head, last = Checkpoint(seal.number, seal.digest), seal.last
    return Verdict(proved, None, head, gone)


def _retirements(*, above: int, until: int) -> list[Retirement]:
    """What entries above this number, under seals up to that one, say was retired.

    Each stands in its batch as its seal says, so one that was slipped in speaks for nothing. Whether that seal itself
    is the one that was set, the chain shows when it is followed so far.
    """
    found = []
    for number in Entry.objects.filter(pk__gt=above, action=RETIRE).order_by("pk").values_list("pk", flat=True):
        seal = Seal.objects.filter(first__lte=number, last__gte=number, number__lte=until).first()
        if seal is None or not _is_itself(seal):
            continue
        rows = list(Entries(seal.first - 1).up_to(seal.last))
        if _fault(seal, rows) is None:
            said = next(dict(zip(COLUMNS[VERSION], row, strict=True)) for row in rows if row[0] == number)
            named = re.fullmatch(r"(\d{1,18})-(\d{1,18})", said["object_id"])
            found += [Retirement(int(named[1]), int(named[2]), said["at"])] if named else []
    return found


def _is_itself(seal: Seal) -> bool:
    """Whether this seal says what it did when its digest was taken."""
    return seal.version in COLUMNS and digest_of_seal(seal) == seal.digest


def _follows(seal: Seal, head: Checkpoint, last: int) -> bool:
    """Whether this is the very seal that was set after that one."""
    comes_next = (seal.number, seal.previous) == (head.number + 1, head.digest) and seal.last > last
    return comes_next and _is_itself(seal)


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
