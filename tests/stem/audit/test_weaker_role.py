"""The role that README.md makes for the program can add to the audit record and read it, and no more (L-01)."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from stem.audit.models import Entry, Seal
from stem.audit.retiring import retire
from stem.audit.sealing import seal_entries
from stem.audit.verification import KEPT, verify
from stem.rules import Refusal
from tests import make
from tests.architecture.source import ROOT
from tests.stem.audit.tampering import entries, sealed

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
    pytest.mark.django_db,
]
FORBIDDEN = {
    "change an entry": "UPDATE audit_entry SET action = 'x'",
    "change a seal": "UPDATE audit_seal SET digest = 'x'",
    "delete entries": "DELETE FROM audit_entry",
    "delete seals": "DELETE FROM audit_seal",
    "empty out the entries": "TRUNCATE audit_entry",
    "empty out the seals": "TRUNCATE audit_seal",
    "take a trigger away": "DROP TRIGGER audit_entry_is_only_added_to_change ON audit_entry",
    "switch a trigger off": "ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_is_only_added_to_change",
    "replace what refuses": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    ),
    "pass for a replica, which no trigger refuses": "SET session_replication_role = replica",
    "take the table away": "DROP TABLE audit_entry",
    "lock writers out": "LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE",
}


@pytest.fixture
def _as_the_weaker_role(now) -> Iterator[None]:
    """A record with a seal, and from then on the weaker role; both it and its grants are undone with the test."""
    [orders] = re.findall(r"```sql\n(CREATE ROLE rolemodel_app.+?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'app_of_' || current_database()")
        [role] = cursor.fetchone()
        sealed(3, at=now, by=make.user())
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(orders.replace("rolemodel_app", role))
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.usefixtures("_as_the_weaker_role")
def test_the_weaker_role_cannot(what):
    with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORBIDDEN[what])
    assert caught.value.__cause__.sqlstate == "42501"  # it has not the right, whatever triggers would say
    assert (Entry.objects.count(), Seal.objects.count()) == (3, 1)


@pytest.mark.usefixtures("_as_the_weaker_role")
def test_the_weaker_role_records_seals_and_verifies(now):
    entries(2, at=now)
    assert seal_entries(at=now) == 2
    assert (verify().entries, verify().broken_at) == (5, None)


@pytest.mark.usefixtures("_as_the_weaker_role")
def test_the_weaker_role_retires_nothing(now):
    with pytest.raises(Refusal) as caught:
        retire(until=1, at=now + KEPT)
    assert caught.value.codes == ["audit_owner"]
    assert (Entry.objects.count(), verify().broken_at) == (3, None)
