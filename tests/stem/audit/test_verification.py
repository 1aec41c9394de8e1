"""Whatever is done to the sealed record by whoever gets past the triggers is found, and said where (L-01)."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from stem.audit.chain import COLUMNS, NOTHING, VERSION
from stem.audit.models import Entry, Seal
from stem.audit.sealing import seal_entries
from stem.audit.verification import Checkpoint, verify
from tests import make
from tests.commanding import undone_afterwards
from tests.stem.audit.tampering import by_force, entries, sealed, unguarded

NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
VALUES = {
    "at": st.datetimes(timezones=st.just(UTC)).map(lambda each: each.replace(year=2000 + each.year % 100, day=1)),
    "actor_id": st.none(),
    "action": TEXT,
    "object_type": TEXT,
    "object_id": TEXT,
    "outcome": TEXT,
    "page": TEXT,
    "part": TEXT,
    "request": TEXT.map(lambda text: text[:16]),
    "address": TEXT,
}


def test_the_property_changes_every_column_but_the_number():
    assert {"id", *VALUES} == set(COLUMNS[VERSION])


@pytest.mark.django_db
@given(data=st.data())
def test_any_change_of_any_column_of_any_entry_is_found_and_located(data):
    with undone_afterwards():
        batches = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
        numbers = [number for batch in sealed(*batches, at=NOW, by=make.user()) for number in batch]
        assert (verify().entries, verify().broken_at) == (len(numbers), None)
        column, number = data.draw(st.sampled_from(sorted(VALUES))), data.draw(st.sampled_from(numbers))
        before = Entry.objects.values_list(column, flat=True).get(pk=number)
        value = data.draw(VALUES[column].filter(lambda each: each != before))
        with unguarded():
            Entry.objects.filter(pk=number).update(**{column: value})
        assert verify().broken_at == number


# Of three batches of three entries, whose numbers are 1 to 9 apart from where they begin. What is done, what with, and
# the entry that is named.
TAMPERINGS = {
    "one letter of an action": ("UPDATE audit_entry SET action = 'ambassador.reaD' WHERE id = %s", [5], 5),
    "a moment by a microsecond": ("UPDATE audit_entry SET at = %s WHERE id = %s", [NOW, 3], 3),
    "an actor taken off": ("UPDATE audit_entry SET actor_id = NULL WHERE id = %s", [9], 9),
    "a number": ("UPDATE audit_entry SET id = id + 1000 WHERE id = %s", [9], 9),
    "two entries exchanged": (
        "UPDATE audit_entry SET object_id = CASE object_id WHEN '1' THEN '2' ELSE '1' END WHERE id IN (%s, %s)",
        [5, 6],
        5,
    ),
    "the first entry gone": ("DELETE FROM audit_entry WHERE id = %s", [1], 2),
    "an entry gone from the middle": ("DELETE FROM audit_entry WHERE id = %s", [5], 6),
    "the last entry gone": ("DELETE FROM audit_entry WHERE id = %s", [9], 9),
    "a batch gone": ("DELETE FROM audit_entry WHERE id BETWEEN %s AND %s", [4, 6], 6),
    "a seal gone": ("DELETE FROM audit_seal WHERE number = 2", [], 4),
    "the first seal gone": ("DELETE FROM audit_seal WHERE number = 1", [], 1),
    "a seal's moment": ("UPDATE audit_seal SET at = %s WHERE number = 2", [NOW + timedelta(1)], 4),
    "a seal's count": ("UPDATE audit_seal SET count = 4 WHERE number = 3", [], 7),
    "a seal's reach": ("UPDATE audit_seal SET last = last + 1 WHERE number = 3", [], 7),
    "a seal's beginning": ("UPDATE audit_seal SET first = first + 1 WHERE number = 3", [], 7),
    "a seal's digest": ("UPDATE audit_seal SET digest = previous WHERE number = 2", [], 4),
    "a seal's digest of its entries": ("UPDATE audit_seal SET contents = previous WHERE number = 2", [], 4),
    "a seal's link": (f"UPDATE audit_seal SET previous = '{NOTHING}' WHERE number = 3", [], 7),
    "a seal's marks": (
        "UPDATE audit_seal SET marks = (SELECT marks FROM audit_seal WHERE number = 1) WHERE number = 2",
        [],
        4,
    ),
    "a seal's version": ("UPDATE audit_seal SET version = 1 WHERE number = 1", [], 1),
    "a seal's number": ("UPDATE audit_seal SET number = 4 WHERE number = 3", [], 7),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_touched_is_found_and_located(what):
    order, values, named = TAMPERINGS[what]
    batches = sealed(3, 3, 3, at=NOW, by=make.user())
    numbers = dict(enumerate([number for batch in batches for number in batch], start=1))
    by_force(order, *(numbers[value] if isinstance(value, int) else _stored(value) for value in values))
    verdict = verify()
    assert (verdict.broken_at, verdict.entries) == (numbers[named], (named - 1) // 3 * 3)


def _stored(moment):
    return connection.ops.adapt_datetimefield_value(moment)


@pytest.mark.django_db
def test_two_seals_exchanged_are_found():
    batches = sealed(3, 3, 3, at=NOW)
    for old, new in ((2, 100), (3, 2), (100, 3)):
        by_force("UPDATE audit_seal SET number = %s WHERE number = %s", new, old)
    assert verify().broken_at == batches[1][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "number"),
    [("before the first", 5), ("below nought", -5), ("within a batch", 45), ("between two batches", 35)],
)
def test_an_entry_slipped_in_is_found_and_located(place, number):
    for batch in ([10, 20, 30], [40, 50, 60]):
        numbered(*batch)
        assert seal_entries(at=NOW) == 3
    assert verify().broken_at is None
    numbered(number)
    assert verify().broken_at == number


def numbered(*numbers: int) -> None:
    """Entries with gaps between them, such as transactions leave that were undone."""
    alike = {"at": NOW, "action": "a", "object_type": "b", "object_id": "c"}
    Entry.objects.bulk_create(Entry(pk=number, **alike) for number in numbers)


@pytest.mark.django_db
def test_a_copy_of_a_seal_at_the_end_is_found():
    sealed(3, at=NOW)
    copy = Seal.objects.get()
    copy.number, copy._state.adding = 2, True
    copy.save()
    assert verify().broken_at is not None


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no such values")
@pytest.mark.parametrize("value", ["'nonsense'", "'2027-13-41 99:00'", "X'ff'", "12", "CAST(X'ff' AS TEXT)"])
@pytest.mark.parametrize("column", ["at", "action", "actor_id"])
def test_a_value_that_django_cannot_read_is_located_too(column, value):
    [[_, number, _]] = sealed(3, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
    by_force(f"UPDATE audit_entry SET {column} = {value} WHERE id = %s", number)
    assert verify().broken_at == number
    with unguarded():
        Entry.objects.filter(pk=number).update(actor=None)


@pytest.mark.django_db
def test_what_is_not_sealed_yet_is_not_spoken_of(now):
    assert (verify().entries, verify().broken_at) == (0, None)
    sealed(3, at=now)
    entries(2, at=now)
    assert (verify().entries, verify().broken_at) == (3, None)


@pytest.mark.django_db
def test_a_seal_that_was_noted_down_shows_when_the_end_of_the_chain_was_cut_off():
    sealed(3, 3, at=NOW)
    noted = verify().checkpoint
    by_force("DELETE FROM audit_seal WHERE number = 2")
    assert verify().broken_at is None
    assert verify(since=noted).broken_at is not None


@pytest.mark.django_db
def test_from_a_seal_that_was_noted_down_on_the_batches_before_may_be_gone():
    first, _second = sealed(3, 3, at=NOW)
    noted = Seal.objects.get(number=1)
    by_force("DELETE FROM audit_entry WHERE id <= %s", first[-1])
    assert verify().broken_at is not None
    verdict = verify(since=Checkpoint(1, noted.digest))
    assert (verdict.entries, verdict.broken_at, verdict.checkpoint.number) == (3, None, 2)


def said(*words: str) -> tuple[str, int]:
    out, status = StringIO(), 0
    try:
        call_command("verify_audit", *words, stdout=out, stderr=StringIO())
    except SystemExit as stopped:
        status = stopped.code
    return out.getvalue(), status


@pytest.mark.django_db
def test_the_command_says_exactly_two_things_and_its_status_whether_all_is_well():
    [[_, second, _]] = sealed(3, at=NOW)
    out, status = said("--json")
    assert (json.loads(out), status) == ({"entries": 3, "broken_at": None}, 0)
    by_force("UPDATE audit_entry SET outcome = 'Done' WHERE id = %s", second)
    out, status = said("--json")
    assert (json.loads(out), status) == ({"entries": 0, "broken_at": second}, 1)


@pytest.mark.django_db
def test_the_command_tells_people_the_seal_to_note_down_and_takes_it_back():
    sealed(3, at=NOW)
    out, _ = said()
    seal = out.splitlines()[-1].removeprefix("proved up to seal: ")
    assert said("--json", f"--since={seal}") == ('{"entries": 0, "broken_at": null}\n', 0)
    assert said("--json", f"--since=2:{'0' * 64}")[1] == 1
