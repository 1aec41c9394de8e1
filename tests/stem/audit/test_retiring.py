"""Old batches are retired whole, and the record tells that from a batch somebody took away (L-01)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from stem.audit import retiring
from stem.audit.models import Entry, Seal
from stem.audit.record import record
from stem.audit.retiring import retire
from stem.audit.sealing import seal_entries
from stem.audit.verification import KEPT, Checkpoint, verify
from stem.rules import Refusal
from tests import make
from tests.commanding import refusal_of, told
from tests.stem.audit.tampering import by_force, entries, sealed, unguarded

NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
OLD = NOW - KEPT - timedelta(days=1)

pytestmark = pytest.mark.django_db


def numbers() -> list[int]:
    return list(Entry.objects.order_by("pk").values_list("pk", flat=True))


def codes_of(**said) -> list[str]:
    with pytest.raises(Refusal) as caught:
        retire(at=NOW, **said)
    return caught.value.codes


def test_two_of_three_batches_are_retired_and_the_record_is_whole():
    _first, _second, third = sealed(3, 2, 3, at=OLD, by=make.user())
    retired = retire(until=2, at=NOW)
    assert (retired.batches, retired.entries, retired.kept) == (2, 5, 0)
    assert numbers()[:3] == third and Seal.objects.count() == 4
    verdict = verify()
    assert (verdict.broken_at, verdict.entries, verdict.retired) == (None, 4, 2)
    assert retired.checkpoint == verdict.checkpoint


def test_it_is_said_by_an_entry_that_is_sealed_with_the_deed():
    sealed(3, 3, at=OLD)
    retire(until=1, at=NOW)
    said = Entry.objects.latest("pk")
    assert (said.action, said.object_type, said.object_id, said.at) == ("audit.retire", "audit.seal", "1-1", NOW)
    assert Seal.objects.latest("number").last == said.pk


def test_everything_may_be_retired_but_what_says_so():
    sealed(3, 3, at=OLD)
    retire(until=2, at=NOW)
    assert [entry.action for entry in Entry.objects.all()] == ["audit.retire"]
    assert (verify().broken_at, verify().retired) == (None, 2)


def test_what_has_no_seal_yet_is_sealed_with_it():
    sealed(3, at=OLD)
    entries(2, at=OLD)
    retire(until=1, at=NOW)
    assert (verify().broken_at, verify().entries) == (None, 3)


def test_a_batch_taken_away_with_nothing_to_say_so_is_a_broken_record():
    first, second, _third = sealed(3, 3, 3, at=OLD)
    by_force("DELETE FROM audit_entry WHERE id <= %s", first[-1])
    assert verify().broken_at is not None
    assert codes_of(until=2) == ["audit_broken"]
    assert numbers()[:3] == second


def test_a_batch_taken_away_after_others_were_retired_is_a_broken_record():
    _first, second, _third = sealed(3, 3, 3, at=OLD)
    retire(until=1, at=NOW)
    by_force("DELETE FROM audit_entry WHERE id BETWEEN %s AND %s", second[0], second[-1])
    assert verify().broken_at is not None


def test_a_batch_of_which_a_part_is_there_is_a_broken_record_though_it_was_retired():
    first, _second = sealed(3, 3, at=OLD)
    kept = Entry.objects.get(pk=first[1])
    retire(until=1, at=NOW)
    kept.pk, kept._state.adding = None, True
    Entry.objects.bulk_create([Entry(pk=first[1], at=kept.at, action=kept.action, object_type="x", object_id="1")])
    assert verify().broken_at == first[1]


def test_an_entry_that_claims_a_retirement_proves_nothing_while_it_has_no_seal():
    [first] = sealed(3, at=OLD)
    Entry.objects.create(at=NOW, action="audit.retire", object_type="audit.seal", object_id="1-1")
    by_force("DELETE FROM audit_entry WHERE id <= %s", first[-1])
    assert verify().broken_at is not None


def test_an_entry_that_claims_a_retirement_and_is_slipped_in_proves_nothing():
    [first] = sealed(3, at=OLD)
    claim = {"at": NOW, "action": "audit.retire", "object_type": "audit.seal", "object_id": "1-1"}
    Entry.objects.bulk_create([Entry(pk=number, **claim) for number in (first[-1] + 100, first[-1] + 300)])
    with unguarded():
        Entry.objects.filter(pk=first[-1] + 300).update(action="ambassador.read")
    assert seal_entries(at=NOW) == 2
    with unguarded():
        Entry.objects.filter(pk__in=[*first, first[-1] + 100]).delete()
        Entry.objects.bulk_create([Entry(pk=first[-1] + 200, **claim)])
    assert verify().broken_at == first[-1]


@pytest.mark.parametrize("said", ["1", "1-", "all", "-1-1", "1-99999999999999999999", "", "1-1 "])
def test_an_entry_that_claims_nonsense_is_an_entry_like_any_other(said):
    [first] = sealed(3, at=OLD)
    Entry.objects.create(at=NOW, action="audit.retire", object_type="audit.seal", object_id=said)
    assert seal_entries(at=NOW) == 1
    assert (verify().broken_at, verify().entries) == (None, 4)
    by_force("DELETE FROM audit_entry WHERE id <= %s", first[-1])
    assert verify().broken_at is not None


def test_no_entry_excuses_that_a_batch_is_gone_which_was_not_old_enough():
    [first] = sealed(3, at=NOW)
    Entry.objects.create(at=NOW, action="audit.retire", object_type="audit.seal", object_id="1-1")
    seal_entries(at=NOW)
    by_force("DELETE FROM audit_entry WHERE id <= %s", first[-1])
    assert verify().broken_at is not None


@pytest.mark.parametrize("place", [0, 2])
def test_a_byte_that_is_changed_afterwards_is_found(place):
    _first, _second, third = sealed(3, 3, 3, at=OLD)
    retire(until=2, at=NOW)
    with unguarded():
        Entry.objects.filter(pk=third[place]).update(action="ambassador.reaD")
    assert verify().broken_at == third[place]


def test_a_changed_entry_of_retirement_excuses_nothing():
    first, _second = sealed(3, 3, at=OLD)
    retire(until=1, at=NOW)
    with unguarded():
        Entry.objects.filter(action="audit.retire").update(object_id="1-2")
    assert verify().broken_at == first[-1]


def test_retiring_again_does_nothing_more():
    sealed(3, 3, at=OLD)
    retire(until=1, at=NOW)
    before = (numbers(), Seal.objects.count())
    again = retire(until=1, at=NOW)
    assert (again.batches, again.entries) == (0, 0)
    assert (numbers(), Seal.objects.count()) == before


def test_what_said_that_batches_were_retired_may_be_retired_itself():
    sealed(3, 3, at=OLD - KEPT)
    retire(until=1, at=OLD)
    said = Seal.objects.latest("number").number
    retired = retire(until=said, at=NOW)
    assert (retired.batches, Entry.objects.get().object_id) == (2, f"1-{said}")
    assert (verify().broken_at, verify().retired) == (None, said)


@pytest.mark.parametrize("rows", [1, 3])
def test_reads_of_a_worry_stay_for_as_long_as_it_does(rows):
    worry = make.concern()
    for _batch in range(rows):
        sealed(2, at=OLD)
        record("concern.read", worry, by=None, at=OLD)
        entries(1, at=OLD)
        seal_entries(at=OLD)
    sealed(2, at=OLD)
    retired = retire(until=Seal.objects.latest("number").number, at=NOW)
    assert (retired.kept, retired.batches) == (rows, rows + 1)
    assert Entry.objects.filter(object_type="quality.concern").count() == rows
    assert Entry.objects.filter(action="audit.retire").count() == rows + 1
    assert (verify().broken_at, verify().retired) == (None, rows + 1)
    by_force("DELETE FROM audit_entry WHERE action <> 'audit.retire'")
    assert verify().broken_at is not None, "what was kept was taken away"


def test_what_is_not_seven_years_old_stays():
    sealed(3, at=OLD)
    sealed(3, at=OLD + timedelta(days=2))
    assert codes_of(until=2) == ["audit_kept"]
    assert retire(until=1, at=NOW).entries == 3


def test_a_seal_that_is_not_there_retires_nothing():
    assert codes_of(until=1) == ["audit_seal"]


def test_from_a_retired_seal_the_chain_can_still_be_proved_onwards():
    sealed(3, 3, at=OLD)
    retire(until=1, at=NOW)
    assert verify(since=Checkpoint(1, Seal.objects.get(number=1).digest)).broken_at is None


def stands_as_before(before: list[int]) -> bool:
    """Whether all entries are there, and the database still refuses to delete one."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
    return numbers() == before


on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@on_postgresql
def test_while_others_write_it_gives_up_rather_than_keep_them_waiting(monkeypatch):
    sealed(3, 3, at=OLD)
    before = numbers()
    monkeypatch.setattr(retiring, "PATIENCE", "200ms")
    writer = connections.create_connection("default")
    try:
        writer.set_autocommit(False)
        with writer.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (at, action, object_type, object_id, outcome) "
                "VALUES (%s, 'a', 'b', '1', 'done')",
                [NOW],
            )
        assert codes_of(until=1) == ["audit_busy"]
        writer.rollback()
    finally:
        writer.close()
    assert stands_as_before(before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@on_postgresql
def test_four_times_at_once_is_once():
    sealed(3, 3, at=OLD)
    together = Barrier(4)

    def work(_number: int) -> int:
        try:
            together.wait()
            return retire(until=1, at=NOW).batches
        except Refusal:  # it looked while another's was done, and found entries gone that nothing it had read excused
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    assert (Entry.objects.filter(action="audit.retire").count(), verify().broken_at) == (1, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["_say", "_standing", "set_seal"])
def test_killed_midway_it_has_changed_nothing(monkeypatch, moment):
    sealed(3, 3, at=OLD)
    before, seals = numbers(), Seal.objects.count()

    def die(*args):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retiring, moment, die)
        with pytest.raises(KeyboardInterrupt):
            retire(until=1, at=NOW)
    assert stands_as_before(before) and Seal.objects.count() == seals
    assert verify().broken_at is None


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_again_when_it_is_done():
    sealed(3, 3, at=OLD)
    retire(until=1, at=NOW)
    assert stands_as_before(numbers())


def test_the_command_retires_and_prints_the_seal_to_note_down():
    sealed(3, 2, at=OLD - timedelta(days=366))  # the command goes by the true clock
    answer = told("retire_audit", "--until", 1)
    assert answer == {"batches": 1, "entries": 3, "kept_for_cases": 0, "checkpoint": str(verify().checkpoint)}
    assert told("verify_audit") == {"entries": 3, "broken_at": None}


def test_the_command_refuses_in_words():
    assert refusal_of("retire_audit", "--until", 7) == "There is no seal with that number."


def test_verification_tells_people_how_much_was_retired(capsys):
    sealed(3, 3, at=OLD)
    retire(until=2, at=NOW)
    call_command("verify_audit")
    assert "batches retired, as the record says itself: 2" in capsys.readouterr().out.splitlines()
    call_command("verify_audit", "--json")
    assert json.loads(capsys.readouterr().out) == {"entries": 1, "broken_at": None}
