"""Seals leave the system each day, and prove the database afterwards (L-01)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command

from stem.accounts.roles import Role
from stem.audit.exporting import post_newest_seal
from stem.audit.models import Seal
from stem.audit.sealing import seal_entries
from stem.audit.verification import verify
from stem.letters.models import Letter
from stem.letters.sending import send_due
from tests import make
from tests.commanding import refusal_of, told
from tests.stem.audit.tampering import by_force, entries, sealed, unguarded

NOW = datetime(2027, 1, 12, 5, 30, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)

pytestmark = pytest.mark.django_db


def test_every_administrator_is_sent_the_newest_seal_and_how_to_use_it():
    ada, ben = make.staff(Role.ADMINISTRATOR, name="Ada Okafor"), make.staff(Role.ADMINISTRATOR)
    make.staff(Role.COORDINATOR)
    ben.grants.update(ended_at=YESTERDAY)
    sealed(3, 2, at=YESTERDAY)
    assert post_newest_seal(at=NOW) == 1
    send_due(at=NOW)
    [letter] = mail.outbox
    seal = verify().checkpoint
    assert letter.to == [f"Ada Okafor <{ada.email}>"] and "covers 5 entries" in letter.body
    assert f"verify_audit --since {seal}" in letter.body
    assert str(seal) in letter.alternatives[0].content


def test_posted_twice_or_late_on_a_day_it_is_one_letter():
    make.staff(Role.ADMINISTRATOR)
    sealed(3, at=YESTERDAY)
    post_newest_seal(at=NOW)
    entries(2, at=NOW)
    seal_entries(at=NOW)
    post_newest_seal(at=NOW + timedelta(hours=3))
    assert Letter.objects.count() == 1


def test_a_day_on_which_nothing_was_sealed_has_no_letter_and_the_next_has():
    make.staff(Role.ADMINISTRATOR)
    assert post_newest_seal(at=NOW) == 0
    sealed(3, at=YESTERDAY)
    for days in (0, 1):
        post_newest_seal(at=NOW + timedelta(days=days))
    assert Letter.objects.count() == 1
    sealed(3, at=NOW + timedelta(days=1))
    post_newest_seal(at=NOW + timedelta(days=2))
    assert Letter.objects.count() == 2


def test_none_of_the_staff_can_hold_or_reword_the_letter():
    ada = make.staff(Role.ADMINISTRATOR)
    sealed(3, at=YESTERDAY)
    post_newest_seal(at=NOW)
    assert not Letter.objects.visible_to(ada).exists()


@pytest.fixture
def exported(tmp_path) -> Path:
    """Three seals, and the file to which they were exported."""
    sealed(3, 3, 3, at=NOW)
    file = tmp_path / "seals.jsonl"
    assert told("export_seals", "--to", file) == {"seals": 3, "file": str(file)}
    return file


def test_a_line_for_each_seal_goes_to_standard_output_and_nothing_else(exported, capsys):
    call_command("export_seals")
    assert capsys.readouterr().out == exported.read_text()
    call_command("export_seals", "--since", "2")
    [line] = capsys.readouterr().out.splitlines()
    assert (json.loads(line)["number"], json.loads(line)["digest"]) == (3, Seal.objects.get(number=3).digest)


def test_an_export_holds_no_name_and_nothing_that_was_recorded(exported):
    assert {key for line in exported.read_text().splitlines() for key in json.loads(line)} == {
        "number",
        "digest",
        "first",
        "last",
        "count",
        "at",
    }


def test_a_file_of_seals_proves_the_database(exported):
    sealed(2, at=NOW)
    said = told("verify_audit", "--seals", exported)
    assert said == {"entries": 11, "broken_at": None, "seals": 3, "seal_differs_at": None}


# What is done to the database, and the first exported seal that it has no longer.
TAMPERINGS = {
    "the end of the chain cut off": ("DELETE FROM audit_seal WHERE number >= 2", 2),
    "a seal's digest": ("UPDATE audit_seal SET digest = previous WHERE number = 2", 2),
    "a seal's contents": ("UPDATE audit_seal SET contents = previous WHERE number = 3", 3),
    "a seal's count": ("UPDATE audit_seal SET count = 4 WHERE number = 1", 1),
    "a seal's marks": ("UPDATE audit_seal SET marks = digest WHERE number = 1", 1),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_the_first_seal_that_the_database_has_otherwise_is_named(what, exported, capsys):
    order, named = TAMPERINGS[what]
    by_force(order.replace("marks = digest", "marks = (SELECT marks FROM audit_seal WHERE number = 2)"))
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", "--seals", str(exported), "--json")
    assert (stopped.value.code, json.loads(capsys.readouterr().out)["seal_differs_at"]) == (1, named)


def test_a_chain_that_was_set_anew_is_found_out(exported, capsys):
    with unguarded():
        Seal.objects.all().delete()
        last = entries(1, at=NOW)[0]
        type(last).objects.filter(pk=last.pk - 1).update(action="another")
    while seal_entries(at=NOW, limit=3):
        pass
    assert verify().broken_at is None
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--seals", str(exported), "--json")
    assert json.loads(capsys.readouterr().out)["seal_differs_at"] == 3


@pytest.mark.parametrize("text", ["", "\n\n", "{}", "[1]", "nonsense", '{"number": "1"}', '{"number": true}'])
def test_what_is_no_file_of_seals_is_refused(text, tmp_path):
    file = tmp_path / "seals.jsonl"
    file.write_text(text)
    assert refusal_of("verify_audit", "--seals", file) in {
        "There are no seals in that file.",
        "Line 1 of that file is no seal.",
    }


def test_a_file_that_cannot_be_read_or_written_is_refused(tmp_path):
    assert refusal_of("verify_audit", "--seals", tmp_path / "none") == "That file cannot be read."
    assert refusal_of("export_seals", "--to", tmp_path / "none" / "file") == "That file cannot be written."
