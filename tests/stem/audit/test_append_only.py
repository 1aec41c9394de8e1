"""The database itself refuses to change what was recorded (L-01)."""

import pytest
from django.db import IntegrityError, connection, transaction

from stem.audit.models import Entry, Seal
from stem.promises import broken_promise
from tests.stem.audit.tampering import sealed

TABLES = {"audit_entry": (Entry, "id", "action"), "audit_seal": (Seal, "number", "digest")}
FORBIDDEN = {
    "changed": "UPDATE {table} SET \"{column}\" = 'x'",
    "changed to what it was": 'UPDATE {table} SET "{column}" = "{column}"',
    "renumbered": 'UPDATE {table} SET "{key}" = "{key}" + 1000',
    "deleted": "DELETE FROM {table}",
}


def refused(order: str) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(order)
    return caught.value


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", FORBIDDEN)
def test_what_was_recorded_cannot_be(how, table, now):
    sealed(2, at=now)
    model, key, column = TABLES[table]
    before = list(model.objects.values())
    error = refused(FORBIDDEN[how].format(table=table, key=key, column=column))
    assert broken_promise(error, model) == f"{table}_is_only_added_to"
    assert list(model.objects.values()) == before


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", TABLES)
def test_a_table_cannot_be_emptied_out(table, now):
    sealed(2, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {table}")
    assert TABLES[table][0].objects.exists()


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_replaced_by_one_of_the_same_number(table, now):
    sealed(2, at=now)
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.django_db
def test_a_row_of_ours_says_so_before_the_database_has_to(now):
    sealed(1, at=now)
    for row in (Entry.objects.get(), Seal.objects.get()):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL alters a table where it stands")
@pytest.mark.parametrize("table", TABLES)
def test_the_refusals_outlive_a_table_that_django_makes_anew(table, now):
    sealed(2, at=now)
    with connection.schema_editor() as editor:
        editor._remake_table(TABLES[table][0])
    for how in FORBIDDEN.values():
        refused(how.format(table=table, key=TABLES[table][1], column=TABLES[table][2]))
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


# Both orders, for the second finds the tables that were emptied after the first.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["first", "second"])
def test_the_tests_own_emptying_between_them_leaves_the_refusals_standing(which, now):
    assert not Entry.objects.exists() and not Seal.objects.exists()
    sealed(1, at=now)
    for table in TABLES:
        refused(f"DELETE FROM {table}")
