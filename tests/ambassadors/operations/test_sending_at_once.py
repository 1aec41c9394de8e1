"""One administrator who presses several times in the same instant, and two who send for one scheme."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from ambassadors.models import Scheme, Upload
from ambassadors.operations.uploads import send_people
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make
from tests.make.registers import as_csv

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]


def people(name):
    return as_csv([["ID", "Name"], ["1", name]])


@pytest.mark.parametrize(
    ("sent", "answers"),
    [([people("Ada")] * 4, ["kept"] * 4), ([people(str(each)) for each in range(4)], ["kept", *["under_way"] * 3])],
    ids=["one file", "four files"],
)
@pytest.mark.parametrize("alone", [True, False], ids=["one person", "four people"])
def test_of_what_is_sent_in_one_instant_for_one_scheme_one_file_is_kept(now, settings, tmp_path, sent, answers, alone):
    settings.MEDIA_ROOT = tmp_path
    senders = [make.staff(Role.ADMINISTRATOR)] * 4 if alone else [make.staff(Role.ADMINISTRATOR) for _ in range(4)]
    together = Barrier(4)

    def press(number: int) -> str:
        together.wait()
        try:
            file = ContentFile(sent[number], "people.csv")
            send_people(scheme="Alpha", file=file, by=senders[number], at=now)
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == answers
    assert (Upload.objects.count(), Scheme.objects.count()) == (1, 1)
    assert len(list((tmp_path / "imports").iterdir())) == 1
