"""One person who presses several times in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from stem.accounts.roles import Role
from stem.loads import operations
from stem.loads.enums import LoadKind
from stem.loads.models import Load
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]
PRESSES = 4


def test_several_presses_in_one_instant_make_one_load(now, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(operations, "queue_loads", lambda: None)  # a test's worker would be through before the second
    administrator = make.staff(Role.ADMINISTRATOR)
    together = Barrier(PRESSES)

    def press(_number: int) -> str:
        together.wait()
        try:
            operations.ask_for_load(kind=LoadKind.GIAS, file=ContentFile(b"x", "gias.csv"), by=administrator, at=now)
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(PRESSES) as pool:
        answers = sorted(pool.map(press, range(PRESSES)))

    assert answers == ["kept"] + ["under_way"] * (PRESSES - 1)
    assert Load.objects.count() == 1
