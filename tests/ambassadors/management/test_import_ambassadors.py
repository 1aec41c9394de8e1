"""The command that brings another scheme's people, as a script reads it."""

import io

import pytest
from django.core.management import call_command

from ambassadors.models import Ambassador, Membership, Scheme
from tests.commanding import refusal_of, told
from tests.make.registers import as_csv, written
from tests.make.workbooks import number, workbook

pytestmark = pytest.mark.django_db

ROWS = [
    ["Volunteer ID", "Name", "Email", "Mobile"],
    ["V1", "Ada Smith", "ada@x.example", "07700 900123"],
    ["V2", "Ben Jones", "ben@x.example", "4.477E+11"],
]
REJECTED = {
    "line": 3,
    "column": "Mobile",
    "value": "4.477E+11",
    "reason": "Excel has rounded it, and the last digits are lost. Look it up, and type it as text.",
}


@pytest.fixture
def path(tmp_path):
    return written(tmp_path / "people.csv", as_csv(ROWS))


def said(new=0, known=0, changed=0, likely_duplicates=0):
    return {
        "read": 2,
        "new": new,
        "known": known,
        "changed": changed,
        "likely_duplicates": likely_duplicates,
        "rejected": [REJECTED],
    }


def test_without_commit_it_only_reports(path):
    assert told("import_ambassadors", path, "--scheme", "Alpha") == said(new=2)
    assert not (Ambassador.objects.exists() or Scheme.objects.exists())


def test_with_commit_they_are_there_and_the_file_is_nobodys_but_its_owners(path):
    assert told("import_ambassadors", path, "--scheme", "Alpha", "--commit") == said(new=2)
    assert Membership.objects.filter(scheme__name="Alpha", legacy_id="V1", ambassador__email="ada@x.example").exists()
    assert told("import_ambassadors", path, "--scheme", "Alpha", "--commit") == said(known=2)
    # Whoever gave it by its path keeps it.
    assert path.exists()
    assert told("import_ambassadors", path, "--scheme", "Beta") == said(new=2, likely_duplicates=2)


def test_people_read_the_counts_the_reasons_and_which_column_was_taken_for_what(path):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_ambassadors", str(path), "--scheme", "Alpha", stdout=out, stderr=err)
    assert "new: 2\n" in out.getvalue() and "line 3, Mobile, “4.477E+11”: Excel has rounded it" in out.getvalue()
    assert "phone: column “Mobile”\n" in err.getvalue()


def test_a_workbook_does_as_well_and_columns_can_be_said(tmp_path):
    rows = [["Key", "Called"], [number("1"), "Ada Smith"]]
    path = written(tmp_path / "people.xlsx", workbook({"People": rows}))
    assert "Say which they are" in refusal_of("import_ambassadors", path, "--scheme", "Alpha")
    said = ("--columns", "legacy_id=Key,full_name=Called", "--commit")
    assert told("import_ambassadors", path, "--scheme", "Alpha", *said)["new"] == 1
    assert told("import_ambassadors", path, "--scheme", "Alpha")["known"] == 1


def test_what_it_cannot_do_it_refuses_in_a_sentence(path, tmp_path):
    assert "no file" in refusal_of("import_ambassadors", tmp_path / "nowhere.csv", "--scheme", "Alpha")
    assert "no field “shoe”" in refusal_of("import_ambassadors", path, "--scheme", "Alpha", "--columns", "shoe=Size")
    assert "no column “Fax”" in refusal_of("import_ambassadors", path, "--scheme", "Alpha", "--columns", "phone=Fax")
    assert "name" in refusal_of("import_ambassadors", path, "--scheme", " ", "--commit")
    assert not Scheme.objects.exists()


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_hundred_thousand_people_are_ordinary(tmp_path):
    rows = [[f"V{each}", f"Person {each}", f"p{each}@x.example", "07700 900123"] for each in range(100_000)]
    path = written(tmp_path / "people.csv", as_csv([ROWS[0], *rows]))
    assert told("import_ambassadors", path, "--scheme", "Alpha", "--commit")["new"] == 100_000
    assert Membership.objects.count() == Ambassador.objects.count() == 100_000
    assert told("import_ambassadors", path, "--scheme", "Alpha", "--commit")["known"] == 100_000
