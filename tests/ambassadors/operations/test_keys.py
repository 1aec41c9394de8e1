"""A new key goes first, rows are brought over, and the old key can be dropped."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from ambassadors.enums import CheckStatus
from ambassadors.operations import keys
from ambassadors.operations.assessments import note_disclosure
from stem.accounts.roles import Role
from stem.encryption import Unreadable, decrypted
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def test_every_number_and_note_is_brought_over_in_batches(settings, monkeypatch, capsys):
    monkeypatch.setattr(keys, "BATCH", 2)
    checks = [make.check(make.ambassador(), status=CheckStatus.ASSESSING) for _ in range(3)]
    assessor = make.staff(Role.DISCLOSURE_ASSESSOR, email="fay@panel.example")
    note = note_disclosure(check=checks[0], words="Ring the tutor.", by=assessor, at=make.NOW)
    new = Fernet.generate_key().decode()
    settings.RECORD_KEYS = [new, *settings.RECORD_KEYS]
    call_command("rotate_record_keys")
    assert "numbers: 3\nnotes: 1" in capsys.readouterr().out

    settings.RECORD_KEYS = [new]
    for check in checks:
        check.refresh_from_db()
        assert decrypted(bytes(check.number)) == "001234567890"
    note.refresh_from_db()
    assert decrypted(bytes(note.words)) == "Ring the tutor."


def test_a_row_that_no_key_fits_is_named_and_nothing_is_guessed(settings):
    check = make.check(make.ambassador())
    settings.RECORD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(Refusal, match=r"."):
        keys.rotate_record_keys()
    with pytest.raises(Unreadable):
        decrypted(bytes(check.number))


def test_without_keys_of_its_own_an_installation_s_secret_makes_one_that_can_be_left(settings):
    settings.RECORD_KEYS = []
    check = make.check(make.ambassador())
    new = Fernet.generate_key().decode()
    settings.RECORD_KEYS = [new]
    keys.rotate_record_keys()
    settings.SECRET_KEY = "another one"
    check.refresh_from_db()
    assert decrypted(bytes(check.number)) == "001234567890"
