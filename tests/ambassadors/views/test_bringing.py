"""An administrator's pages on which another scheme's people come in."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import UploadStatus
from ambassadors.forms import bringing
from ambassadors.models import Ambassador, Scheme, Upload
from ambassadors.operations.importing import commit_import
from ambassadors.tasks import read_waiting_uploads
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of
from tests.make.registers import as_csv, written

pytestmark = pytest.mark.django_db

HEADING = ["ID", "Name", "E-mail", "Mobile", "Remarks"]
ADA = ["1", "Ada Smith", "ada@x.example", "07700 900123", ""]
BEN = ["2", "Ben Jones", "=cmd|' /C calc'!A1", "12", "<script>"]
PEOPLE = as_csv([HEADING, ADA, BEN])
COLUMNS = {"legacy_id": "ID", "full_name": "Name", "email": "E-mail", "phone": "Mobile"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ada():
    return make.staff(Role.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def client(ada):
    return client_of(ada, second_factor=True)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def page(client, name, *args, **asked) -> str:
    response = client.get(reverse(name, args=args), asked, follow=True)
    assert response.status_code == 200
    return words(response)


def send(client, content=PEOPLE, *, name="people.csv", scheme="another", new_name="Alpha"):
    said = {"scheme": scheme, "new_name": new_name, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("bring_people_in"), said, follow=True)


def checked(client, content=PEOPLE, **how) -> Upload:
    send(client, content, **how)
    client.post(reverse("settle_columns", args=[Upload.objects.get().pk]), COLUMNS)
    read_waiting_uploads()
    return Upload.objects.get()


def test_a_scheme_s_people_come_in_by_pages_from_the_first_to_the_last(client):
    assert "Nobody has come from another scheme" in page(client, "schemes")
    answer = send(client)
    upload = Upload.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("settle_columns", args=[upload.pk])
    assert "Being checked" in words(client.post(reverse("settle_columns", args=[upload.pk]), COLUMNS, follow=True))
    read_waiting_uploads()
    report = page(client, "upload", upload.pk)
    assert "Nobody has come in yet." in report and "A telephone number has 9 to 15 digits" in report
    assert "Being taken in" in words(client.post(reverse("take_people_in", args=[upload.pk]), follow=True))
    read_waiting_uploads()
    assert "They are in" in page(client, "upload", upload.pk)
    assert list(Ambassador.objects.values_list("full_name", flat=True)) == ["Ada Smith", "Ben Jones"]
    assert "Alpha" in page(client, "schemes") and "Something is missing" in page(client, "schemes")
    assert "people.csv" in page(client, "scheme", upload.scheme_id)


def test_each_of_our_fields_stands_beside_the_file_s_headings_with_where_its_choice_comes_from(client):
    Scheme.objects.create(name="Alpha", columns={"full_name": "Name"})
    shown = words(send(client))
    form = client.get(reverse("settle_columns", args=[Upload.objects.get().pk])).context["form"]
    chosen = {name: field.initial for name, field in form.fields.items() if field.initial}
    assert chosen == COLUMNS
    hints = {name: str(field.help_text) for name, field in form.fields.items()}
    assert hints["full_name"] == "Remembered from last time. It says: “Ada Smith”, “Ben Jones”"
    assert hints["phone"] == "Guessed from its heading. It says: “07700 900123”, “12”"
    assert hints["orcid"] == ""
    # What a file says is shown as words, and never acted on.
    assert "<script>" not in shown.partition("<main")[2] and "&lt;script&gt;" in shown


def test_what_a_file_says_is_never_markup(client):
    send(client, as_csv([["ID", "<b>Name</b>"], ["1", "<img src=x onerror=alert(1)>"]]))
    upload = Upload.objects.get()
    Upload.objects.filter(pk=upload.pk).update(columns={"full_name": "<b>Name</b>", "legacy_id": "ID"})
    shown = page(client, "settle_columns", upload.pk)
    assert "<img src=x" not in shown and "<b>Name" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"full_name": "Name"}, "Choose the column with each person’s id in that scheme"),
        ({"legacy_id": "ID"}, "Choose a column with names, or one with e-mail addresses."),
        ({**COLUMNS, "phone": "Fax"}, "Choose one of the answers offered for “Telephone”."),
    ],
)
def test_columns_by_which_nobody_can_be_told_are_asked_for_again(client, columns, said):
    send(client)
    upload = Upload.objects.get()
    assert said in words(client.post(reverse("settle_columns", args=[upload.pk]), columns))
    assert Upload.objects.get().status == UploadStatus.UPLOADED


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "people.csv", "This file is empty."),
        (PEOPLE, "people.pdf", "“people.pdf” is neither."),
        (PEOPLE, "people.xls", "“people.xls” is neither."),
        (b"%PDF-1.7 ...", "people.csv", "This is a document to read, not a table."),
        (b"PK\x03\x04" + b"\0" * 60, "people.xlsx", "damaged"),
        (None, "", "Choose the file with the scheme’s people."),
    ],
    ids=["empty", "document", "old workbook", "renamed document", "cut zip", "none"],
)
def test_another_file_is_refused_in_one_sentence_and_nothing_is_kept(client, content, name, said):
    sent = {"scheme": "another", "new_name": "Alpha"}
    if content is not None:
        sent["file"] = SimpleUploadedFile(name, content)
    assert said in words(client.post(reverse("bring_people_in"), sent))
    assert not Upload.objects.exists() and not Scheme.objects.exists()


def test_a_file_that_is_too_large_or_of_no_scheme_is_refused(client, monkeypatch):
    assert "Enter the name of the scheme that these people come from." in words(send(client, new_name=" "))
    monkeypatch.setattr(bringing, "MOST_MEGABYTES", 0)
    assert "Choose a smaller file" in words(send(client))
    assert not Upload.objects.exists()


def test_a_scheme_chosen_and_another_named_is_asked_about_and_none_is_chosen_for_anybody(client):
    known = Scheme.objects.create(name="Beta")
    assert "You chose “Beta” above as well." in words(send(client, scheme=known.pk, new_name="Alpha"))
    assert "Choose the scheme that these people come from." in words(send(client, scheme="", new_name=""))
    assert not Upload.objects.exists()
    send(client, scheme="", new_name="Alpha")
    assert Upload.objects.get().scheme.name == "Alpha"


def test_two_at_once_for_one_scheme_are_told_of_each_other(client, ada):
    send(client)
    other = client_of(make.staff(Role.ADMINISTRATOR, name="Otto Other"), second_factor=True)
    scheme = str(Scheme.objects.get().pk)
    refused = words(send(other, as_csv([HEADING, ADA]), scheme=scheme, new_name=""))
    assert "Another file of this scheme is on its way already: “people.csv”." in refused
    # The very same file is nobody's second: it leads to the one that is there.
    led = send(other, scheme=scheme, new_name="").redirect_chain[-1][0]
    assert led == reverse("settle_columns", args=[Upload.objects.get().pk])


def test_a_file_that_was_taken_in_before_says_so(client):
    upload = checked(client)
    client.post(reverse("take_people_in", args=[upload.pk]))
    read_waiting_uploads()
    assert "This very file was taken in on" in words(send(client))


def test_every_button_pressed_twice_does_what_it_does_once(client):
    upload = checked(client)
    for _ in range(2):
        client.post(reverse("take_people_in", args=[upload.pk]))
    read_waiting_uploads()
    assert client.post(reverse("take_people_in", args=[upload.pk])).status_code == 302
    assert Ambassador.objects.count() == 2
    assert [each.kind for each in upload.events.all()] == ["check", "report", "take_in", "finish"]
    said = words(client.post(reverse("throw_away_upload", args=[upload.pk]), follow=True))
    assert "This has changed since you opened the page." in said


def test_what_is_thrown_away_is_asked_about_first(client):
    upload = checked(client)
    assert "Throw this file away?" in page(client, "throw_away_upload", upload.pk)
    assert Upload.objects.get().status == UploadStatus.CHECKED
    said = words(client.post(reverse("throw_away_upload", args=[upload.pk]), follow=True))
    assert "Thrown away: the file is gone, and nobody came in." in said
    assert "This file was thrown away" in page(client, "upload", upload.pk)


def test_what_was_left_out_is_filtered_paged_and_kept_as_a_table_in_which_no_cell_acts(client):
    rejected = [{"line": n, "column": "Mobile", "value": str(n), "reason": "Too short."} for n in range(2, 122)]
    rejected.append({"line": 200, "column": "", "value": "", "reason": "It has no id."})
    rejected.append({"line": 201, "column": "E-mail", "value": '=HYPERLINK("http://x.example")', "reason": "No."})
    upload = make.upload(rejected=rejected)
    assert "101 to 122 of 122" in page(client, "upload", upload.pk, page=3)
    assert "It has no id." in page(client, "upload", upload.pk, column="-")
    assert "Too short." not in page(client, "upload", upload.pk, column="E-mail")
    assert "1 to 50 of 122" in page(client, "upload", upload.pk, column="of nobody’s")
    response = client.get(reverse("upload_rejected", args=[upload.pk]))
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert (rows[0], len(rows)) == (["Line", "Column", "What it says", "Reason"], 123)
    assert rows[-1] == ["201", "E-mail", '\'=HYPERLINK("http://x.example")', "No."]


def test_while_the_worker_has_it_a_part_of_the_page_asks_and_then_the_page_is_new(client):
    upload = make.upload(status=UploadStatus.TAKING_IN, heard_at=timezone.now(), done=20, total=80)
    part = client.get(reverse("upload", args=[upload.pk]), headers={"HX-Request": "true"})
    assert "25% read, 20 of 80 rows" in words(part) and "<html" not in words(part)
    Upload.objects.update(status=UploadStatus.DONE)
    assert client.get(reverse("upload", args=[upload.pk]), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_file_that_no_worker_takes_up_says_whom_to_ask(client):
    waits = {"status": UploadStatus.CHECKING, "waits_since": timezone.now() - timedelta(minutes=3)}
    assert "Nothing has taken the file up" in page(client, "upload", make.upload(**waits).pk)


def test_a_file_that_was_refused_says_why(client):
    upload = make.upload(status=UploadStatus.REFUSED, refusal="The file is damaged.")
    assert "The file is damaged." in page(client, "upload", upload.pk)


def test_where_a_scheme_s_data_came_from_is_put_on_record(client):
    scheme = Scheme.objects.create(name="Alpha")
    said = {"owner": "Alpha Trust", "legal_basis_note": "Agreed in 2025.", "transfer_date_0": "27"}
    address = reverse("describe_scheme", args=[scheme.pk])
    assert "A date needs a day, a month and a year." in words(client.post(address, said))
    client.post(address, {**said, "transfer_date_1": "3", "transfer_date_2": "2026"})
    assert Scheme.objects.get().is_complete
    assert "Alpha Trust" in page(client, "scheme", scheme.pk) and "Complete" in page(client, "schemes")


def test_a_scheme_s_people_are_counted_whichever_way_they_came(client, tmp_path):
    path = written(tmp_path / "people.csv", PEOPLE)
    commit_import(path=path, scheme="Alpha", columns={}, by=None, at=make.NOW, tell=lambda done, total: None)
    make.upload(scheme="Alpha", status=UploadStatus.UPLOADED)
    [(found, upload)] = client.get(reverse("schemes")).context["rows"]
    assert (found.people, found.imported_on, found.taken_in_at) == (2, make.NOW.date(), None)
    assert upload.status == UploadStatus.UPLOADED


def test_an_administrator_who_vets_as_well_is_led_to_the_pairs(client):
    upload = make.upload(status=UploadStatus.DONE, finished_at=make.NOW)
    both = client_of(make.staff(Role.ADMINISTRATOR, Role.VETTING_OFFICER), second_factor=True)
    led = [reverse("duplicates") in page(each, "upload", upload.pk).partition("<main")[2] for each in (client, both)]
    assert led == [False, True]
