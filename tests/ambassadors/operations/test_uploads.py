"""A file of people on its way in: sent, its columns settled, checked, taken in; and gone when it is over."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ambassadors import tasks
from ambassadors.enums import UploadStatus
from ambassadors.models import Ambassador, Membership, Scheme, Upload
from ambassadors.operations import reading
from ambassadors.operations.reading import clear_uploads, read_uploads
from ambassadors.operations.uploads import send_people, settle_columns, take_people_in, throw_away
from ambassadors.querysets import QUIET
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make
from tests.make import NOW
from tests.make.registers import as_csv
from tests.make.workbooks import formula, workbook

pytestmark = pytest.mark.django_db

HEADING = ["ID", "Name", "E-mail", "Phone"]
ADA = ["1", "Ada Smith", "ada@x.example", "07700 900123"]
BEN = ["2", "Ben Jones", "ben@x.example", "12"]
PEOPLE = as_csv([HEADING, ADA, BEN])
COLUMNS = {"legacy_id": "ID", "full_name": "Name", "email": "E-mail", "phone": "Phone"}
LATER = NOW + timedelta(minutes=5)
THEN = LATER + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def ada():
    return make.staff(Role.ADMINISTRATOR)


def sent(by, content=PEOPLE, *, scheme="Alpha", name="people.csv"):
    return send_people(scheme=scheme, file=SimpleUploadedFile(name, content), by=by, at=NOW)


def checked(by, content=PEOPLE, columns=COLUMNS, **how):
    upload = sent(by, content, **how)
    settle_columns(upload=upload, columns=columns, by=by, at=NOW)
    read_uploads(at=LATER)
    upload.refresh_from_db()
    return upload


def codes_of(act, **arguments):
    with pytest.raises(Refusal) as refused:
        act(**arguments)
    return refused.value.codes


def left_in(files: Path) -> int:
    return len(list(files.iterdir())) if files.exists() else 0


def test_a_file_is_looked_into_and_nobody_comes_in(ada, files):
    upload = sent(ada)
    assert (upload.status, upload.headings, upload.samples) == (UploadStatus.UPLOADED, HEADING, [ADA, BEN])
    assert (Scheme.objects.get().is_complete, Ambassador.objects.count(), left_in(files)) == (False, 0, 1)


def test_a_checked_file_tells_what_would_come_of_it_and_then_its_people_come_in(ada, files):
    upload = checked(ada)
    counts = {"read": 2, "new": 2, "known": 0, "changed": 0, "likely_duplicates": 0, "repeated_headings": 0}
    assert (upload.status, upload.report) == (UploadStatus.CHECKED, {**counts, "rejected": 1})
    assert [(row["line"], row["column"], row["value"]) for row in upload.rejected] == [(3, "Phone", "12")]
    assert not Ambassador.objects.exists()
    take_people_in(upload=upload, by=ada, at=THEN)
    read_uploads(at=THEN)
    upload.refresh_from_db()
    assert (upload.status, upload.report) == (UploadStatus.DONE, {**counts, "rejected": 1})
    assert set(Membership.objects.values_list("legacy_id", "ambassador__full_name")) == {
        ("1", "Ada Smith"),
        ("2", "Ben Jones"),
    }
    assert [(event.kind, event.by) for event in upload.events.all()] == [
        ("check", ada),
        ("report", ada),
        ("take_in", ada),
        ("finish", ada),
    ]
    assert set(Entry.objects.filter(action="scheme.import").values_list("actor", flat=True)) == {ada.pk}


@pytest.mark.parametrize("ended", ["done", "thrown_away", "refused"])
def test_what_a_file_says_of_people_is_gone_when_it_is_over(ada, files, ended, django_capture_on_commit_callbacks):
    upload = checked(ada)
    if ended == "refused":
        Path(upload.file.path).write_bytes(b"")
    if ended == "thrown_away":
        with django_capture_on_commit_callbacks(execute=True):
            throw_away(upload=upload, by=ada, at=LATER)
    else:
        take_people_in(upload=upload, by=ada, at=LATER)
    read_uploads(at=LATER)
    upload.refresh_from_db()
    assert (upload.status, upload.file.name, left_in(files)) == (ended, "", 0)
    assert (upload.headings, upload.samples, upload.rejected) == ([], [], [])
    assert upload.report["rejected"] == 1


def test_a_file_that_its_worker_ended_and_did_not_delete_is_deleted_by_the_next(ada, files):
    upload = checked(ada)
    Upload.objects.filter(pk=upload.pk).update(status=UploadStatus.DONE)
    read_uploads(at=LATER)
    assert left_in(files) == 0


def test_what_is_sent_twice_is_kept_once_and_another_file_waits_its_turn(ada, files):
    first = sent(ada)
    assert sent(ada, scheme=" alpha ") == first
    assert codes_of(sent, by=ada, content=as_csv([HEADING, ADA])) == ["under_way"]
    assert (Upload.objects.count(), left_in(files)) == (1, 1)
    assert sent(ada, scheme="Beta") != first


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<html>Sign in</html>", "not_a_table"),
        (b"%PDF-1.7", "not_a_table"),
        (workbook({"P": [["ID", "Name"]]})[:-40], "file_cut"),
        (workbook({"P": []}, **{"xl/sharedStrings.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><sst/>"}), "file_cut"),
        (workbook({"Active": [["ID", "Name"], ["1", "A"]], "Left": [["ID", "Name"], ["1", "A"]]}), "tables_several"),
    ],
    ids=["empty", "page", "document", "cut workbook", "entities", "two tables"],
)
def test_a_file_that_is_no_list_of_people_is_refused_and_not_kept(ada, files, content, code):
    assert codes_of(sent, by=ada, content=content, name="people.xlsx") == [code]
    assert (Upload.objects.count(), Scheme.objects.count(), left_in(files)) == (0, 0, 0)


def test_columns_may_be_settled_anew_and_what_was_left_out_is_remembered(ada):
    upload = checked(ada, columns={**COLUMNS, "phone": ""})
    assert (upload.columns["phone"], upload.rejected) == ("", [])
    settle_columns(upload=upload, columns={"legacy_id": "Phone", "full_name": "Name"}, by=ada, at=LATER)
    settle_columns(upload=upload, columns={"legacy_id": "Phone", "full_name": "Name"}, by=ada, at=LATER)
    read_uploads(at=LATER)
    upload.refresh_from_db()
    assert upload.status == UploadStatus.CHECKED
    take_people_in(upload=upload, by=ada, at=LATER)
    read_uploads(at=LATER)
    assert Scheme.objects.get().columns == {"legacy_id": "Phone", "full_name": "Name", "email": "", "phone": ""}


def test_columns_that_are_not_there_or_by_which_nobody_can_be_told_are_refused(ada):
    upload = sent(ada)
    assert codes_of(settle_columns, upload=upload, columns={"legacy_id": "Key"}, by=ada, at=NOW) == ["columns_missing"]
    assert codes_of(settle_columns, upload=upload, columns={"full_name": "Name"}, by=ada, at=NOW) == ["columns_missing"]


def test_only_administrators_bring_people_in(ada):
    upload, officer = checked(ada), make.staff(Role.COORDINATOR)
    for act in (
        lambda: sent(officer, scheme="Beta"),
        lambda: settle_columns(upload=upload, columns=COLUMNS, by=officer, at=NOW),
        lambda: take_people_in(upload=upload, by=officer, at=NOW),
        lambda: throw_away(upload=upload, by=officer, at=NOW),
    ):
        assert codes_of(act) == ["not_administrator"]
    assert not Upload.objects.visible_to(officer).exists()


def test_nobody_comes_in_from_a_file_that_was_thrown_away(ada):
    upload = checked(ada)
    throw_away(upload=upload, by=ada, at=LATER)
    throw_away(upload=upload, by=ada, at=LATER)
    assert codes_of(take_people_in, upload=upload, by=ada, at=LATER) == ["state"]


# --- the worker


def test_of_two_workers_one_has_a_file_and_one_that_was_killed_is_followed(ada):
    upload = sent(ada)
    settle_columns(upload=upload, columns=COLUMNS, by=ada, at=NOW)
    Upload.objects.filter(pk=upload.pk).update(heard_at=NOW)
    assert read_uploads(at=NOW + QUIET) == 0
    assert read_uploads(at=NOW + QUIET + timedelta(seconds=1)) == 1
    assert Upload.objects.get().status == UploadStatus.CHECKED


def test_a_worker_whose_file_was_thrown_away_or_taken_over_ends_nothing(ada, monkeypatch):
    upload = sent(ada)
    settle_columns(upload=upload, columns=COLUMNS, by=ada, at=NOW)
    stage = reading.stage_import

    def meanwhile(**said):
        throw_away(upload=upload, by=ada, at=LATER)
        return stage(**said)

    monkeypatch.setattr(reading, "stage_import", meanwhile)
    assert read_uploads(at=LATER) == 0
    found = Upload.objects.get()
    assert (found.status, found.report) == (UploadStatus.THROWN_AWAY, {})


@pytest.mark.parametrize(("doing", "back"), [("stage_import", "uploaded"), ("commit_import", "checked")])
def test_what_goes_wrong_by_our_fault_can_be_tried_again(ada, monkeypatch, doing, back, files):
    upload = sent(ada)
    settle_columns(upload=upload, columns=COLUMNS, by=ada, at=NOW)
    if doing == "commit_import":
        read_uploads(at=NOW)
        take_people_in(upload=upload, by=ada, at=NOW)

    def fail(**said):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(reading, doing, fail)
        read_uploads(at=LATER)
    upload.refresh_from_db()
    assert (upload.status, left_in(files)) == (back, 1)
    assert "by no fault of yours" in upload.refusal


def test_after_a_week_what_nobody_took_in_is_thrown_away(ada, files, django_capture_on_commit_callbacks):
    upload = checked(ada)
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_uploads(at=NOW + timedelta(days=7)) == 0
        assert clear_uploads(at=NOW + timedelta(days=7, seconds=1)) == 1
    upload.refresh_from_db()
    assert (upload.status, left_in(files)) == (UploadStatus.THROWN_AWAY, 0)


def test_files_that_belong_to_nothing_are_deleted_after_a_day(ada, files):
    upload = sent(ada)
    stray = files / "stray.csv"
    stray.write_bytes(PEOPLE)
    for path in (stray, Path(upload.file.path)):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert clear_uploads(at=NOW + timedelta(hours=23)) == 0
    assert clear_uploads(at=NOW + timedelta(hours=25)) == 1
    assert [each.name for each in files.iterdir()] == [Path(upload.file.path).name]


def test_the_sweep_calls_for_a_reader_only_when_there_is_something_to_read(ada, monkeypatch):
    called = []
    monkeypatch.setattr(tasks, "queue_uploads", lambda: called.append(1))
    upload = sent(ada)
    tasks.look_for_waiting_uploads()
    assert called == []
    settle_columns(upload=upload, columns=COLUMNS, by=ada, at=NOW)
    tasks.look_for_waiting_uploads()
    assert called == [1]
    tasks.read_waiting_uploads()
    assert Upload.objects.get().status == UploadStatus.CHECKED


def test_a_workbook_comes_in_as_well(ada):
    upload = checked(ada, workbook({"People": [HEADING, ADA, [*BEN[:3], formula("A1")]]}), name="people.xlsx")
    assert (upload.report["new"], upload.report["rejected"]) == (2, 1)
