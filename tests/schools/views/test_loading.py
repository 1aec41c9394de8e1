"""Loading a register by choosing its file."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import School, Succession
from schools.registers import sources
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Sector
from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.models import Load
from stem.loads.tasks import read_waiting_files
from tests import make
from tests.clients import client_of
from tests.schools import register_files

pytestmark = pytest.mark.django_db
MANY = range(100000, 100040)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ada():
    return make.staff(Role.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def client(ada):
    return client_of(ada, second_factor=True)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def register_page(client: Client, kind: str = "gias") -> str:
    return words(client.get(reverse("register", args=[kind])))


def choose(client: Client, content: bytes, *, kind: str = "gias", name: str = "edubasealldata20270112.csv"):
    return client.post(reverse("register", args=[kind]), {"file": SimpleUploadedFile(name, content)}, follow=True)


def load(client: Client, content: bytes, **names) -> Load:
    choose(client, content, **names)
    read_waiting_files()
    return Load.objects.latest("pk")


@pytest.mark.parametrize("kind", LoadKind.values)
def test_a_register_s_page_says_where_its_file_is_to_be_had(client, kind):
    page = register_page(client, kind)
    assert "Nothing is loaded yet." in page
    for product in sources.SOURCES[LoadKind(kind)].products:
        assert f'href="{product.url}"' in page
        assert all(str(each) in page for each in (product.publisher, product.name, product.licence))
    assert f'accept="{sources.SOURCES[LoadKind(kind)].accept}"' in page


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("\u202egnp.csv", "gnp.csv"),
        ("n\x07ul.csv", "nul.csv"),
        ("a" * 250 + ".csv", "a" * 96 + ".csv"),
    ],
)
def test_a_file_is_called_what_people_see_of_its_name(client, sent, shown):
    choose(client, register_files.gias(), name=sent)
    assert Load.objects.get().file_name == shown


def test_there_is_no_page_for_a_register_that_nobody_publishes(client):
    assert client.get(reverse("register", args=["pupils"])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "content", "rows"),
    [
        ("postcodes", register_files.code_point_open(), Sector.objects.count),
        ("gias", register_files.gias(range(100000, 100002)), lambda: School.objects.open().count()),
        ("scotland", register_files.scotland(), lambda: School.objects.open().count()),
    ],
)
def test_the_file_that_was_chosen_is_read_and_comes_into_force(client, kind, content, rows):
    found = load(client, content, kind=kind)
    assert (found.status, found.refusal, rows()) == (LoadStatus.LOADED, "", 2)
    page = register_page(client, kind)
    assert "edubasealldata20270112.csv is in force." in page
    assert "by Ada Admin" in page
    assert "Nothing is loaded yet." not in page


def test_the_links_file_says_which_school_follows_which(client):
    load(client, register_files.gias())
    assert load(client, register_files.links(100000, 100001), kind="links").status == LoadStatus.LOADED
    assert Succession.objects.confirmed().count() == 1


def test_who_loaded_what_is_on_record(client, ada):
    found = load(client, register_files.gias())
    entries = Entry.objects.filter(object_type="loads.load", object_id=str(found.pk))
    assert set(entries.values_list("action", "actor")) == {("load.take", ada.pk), ("load.finish", ada.pk)}


def test_the_report_counts_what_was_read_and_names_each_row_that_was_left_out(client):
    found = load(client, register_files.gias(MANY, without_name=[100003]))
    page = words(client.get(reverse("load", args=[found.pk])))
    for label, count in (("Rows read", 40), ("New", 39), ("As they were", 0), ("Rows left out", 1)):
        assert f"{label}</dt>" in page.replace(" </dt>", "</dt>")
        assert str(count) in page
    (row,) = found.rejected
    assert row["line"] == 5
    assert row["reason"] in page
    assert "1 row was left out." in register_page(client)


def test_the_rows_left_out_page_and_are_a_table_in_which_no_cell_acts(client):
    reasons = [f"Row {line} has no name." for line in range(2, 130)]
    rejected = [{"line": line, "reason": reason} for line, reason in enumerate(reasons, 2)]
    found = make.load(rejected=[*rejected, {"line": 999, "reason": '=HYPERLINK("http://x.example")'}])
    page = words(client.get(reverse("load", args=[found.pk]), {"page": 3}))
    assert "101 to 129 of 129" in page
    assert "Row 129 has no name." in page
    response = client.get(reverse("load_rejected", args=[found.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="gias-{found.pk}-left-out.csv"'
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert (rows[0], rows[1], len(rows)) == (["File", "Line", "Reason"], ["", "2", "Row 2 has no name."], 130)
    assert rows[-1] == ["", "999", '\'=HYPERLINK("http://x.example")']


def test_a_report_of_more_rows_than_are_kept_says_so(client):
    found = make.load(rejected=[{"line": 2, "reason": "It has no name."}], report={"rejected": 5000})
    assert "These are the first 1 of 5,000." in words(client.get(reverse("load", args=[found.pk])))


@pytest.mark.parametrize("content", [b"", b"URN\r\n", b"<html>Please sign in</html>"], ids=["empty", "header", "page"])
def test_a_file_that_is_no_register_is_refused_in_a_sentence_and_changes_nothing(client, content):
    load(client, register_files.gias())
    before = list(School.objects.order_by("pk").values())
    found = load(client, content)
    page = register_page(client)
    assert "The file was refused, and nothing has changed" in page
    assert found.refusal
    assert "it all the same" not in page
    assert list(School.objects.order_by("pk").values()) == before


def test_no_file_and_a_giant_are_refused_on_the_spot(client, monkeypatch):
    assert "Choose the file that you downloaded." in words(client.post(reverse("register", args=["gias"]), {"x": "y"}))
    small = replace(sources.SOURCES[LoadKind.GIAS], most_megabytes=0)
    monkeypatch.setitem(sources.SOURCES, LoadKind.GIAS, small)
    assert "no such register is so large" in words(choose(client, b"x" * 100))
    assert Load.objects.count() == 0


def test_pressing_twice_makes_one_load(client):
    choose(client, register_files.gias())
    page = words(choose(client, register_files.gias()))
    assert "A file of this register is being read. Wait until it is done." in page
    assert Load.objects.count() == 1


def test_the_same_file_again_is_nothing_new(client):
    load(client, register_files.gias())
    load(client, register_files.gias())
    assert "There was nothing new in edubasealldata20270112.csv" in register_page(client)


def test_where_many_schools_would_close_the_number_is_asked_for(client):
    load(client, register_files.gias(MANY))
    refused = load(client, register_files.gias(MANY[:-8]))
    assert (refused.status, refused.losses) == (LoadStatus.REFUSED, 8)
    allow = reverse("allow_losses", args=[refused.pk])
    assert f'href="{allow}"' in register_page(client)
    assert "8 of 40 open schools would close" in words(client.get(allow))

    def answer(number: str):
        file = SimpleUploadedFile("again.csv", register_files.gias(MANY[:-8]))
        return client.post(allow, {"file": file, "losses": number}, follow=True)

    assert "Type 8 to allow it." in words(answer("9"))
    assert Load.objects.count() == 2
    answer("8")
    read_waiting_files()
    assert School.objects.open().count() == 32
    assert Load.objects.latest("pk").allow_losses == 8


def test_only_what_was_refused_for_its_losses_can_be_allowed(client):
    refused = load(client, b"<html>")
    assert client.get(reverse("allow_losses", args=[refused.pk])).status_code == 404


def test_the_last_load_is_undone_after_asking(client):
    load(client, register_files.gias(MANY))
    second = load(client, register_files.gias(range(100000, 100041)))
    undo = reverse("undo_load", args=[second.pk])
    assert "Undo this load?" in words(client.get(undo))
    assert School.objects.open().count() == 41
    page = words(client.post(undo, follow=True))
    assert "the register stands where it stood before this file" in page
    assert School.objects.open().count() == 40
    # The second press, and the way back.
    for page in (client.post(undo, follow=True), client.get(undo, follow=True)):
        assert "There is nothing to undo: this file is not in force." in words(page)


def test_a_long_silence_while_a_file_is_read_is_owned_up_to(client):
    silence = "Nothing has been heard of it for a while"
    reading = make.load(status=LoadStatus.READING, done=500, total=2000, heard_at=timezone.now())
    assert silence not in register_page(client)
    Load.objects.update(heard_at=timezone.now() - timedelta(minutes=1))
    for address in (reverse("register", args=["gias"]), reverse("load", args=[reading.pk])):
        assert silence in words(client.get(address))
        assert silence in words(client.get(reverse("load", args=[reading.pk]), headers={"HX-Request": "true"}))


def test_while_a_file_is_read_the_page_follows_it_and_offers_no_second(client):
    reading = make.load(status=LoadStatus.READING, done=500, total=2000, heard_at=timezone.now())
    page = register_page(client)
    assert 'max="100" value="25"' in page
    assert "25% read, 500 of 2,000 rows" in page
    assert f'hx-get="{reverse("load", args=[reading.pk])}" hx-trigger="every 2s"' in page
    assert 'type="file"' not in page
    part = client.get(reverse("load", args=[reading.pk]), headers={"HX-Request": "true"})
    assert ("<html" in words(part), "HX-Refresh" in part, "HX-Request" in part["Vary"]) == (False, False, True)


def test_when_it_has_been_read_the_page_is_drawn_anew(client):
    part = client.get(reverse("load", args=[make.load().pk]), headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"


def test_a_file_that_nobody_takes_up_points_at_the_worker(client):
    waiting = make.load(status=LoadStatus.WAITING, asked_at=timezone.now() - timedelta(minutes=1))
    assert "Nothing has taken the file up" not in register_page(client)
    Load.objects.filter(pk=waiting.pk).update(asked_at=timezone.now() - timedelta(minutes=5))
    assert "Nothing has taken the file up" in register_page(client)


@pytest.mark.parametrize("status", LoadStatus.values)
def test_every_state_of_a_load_has_its_page(client, status):
    found = make.load(status=status, refusal="No." if status == LoadStatus.REFUSED else "")
    assert found.get_status_display() in words(client.get(reverse("load", args=[found.pk])))
    assert found.get_status_display() in register_page(client)


def test_every_load_so_far_is_listed_and_the_list_pages(client):
    for number in range(12):
        make.load(status=LoadStatus.REPLACED, file_name=f"file-{number}.csv", asked_at=timezone.now())
    make.load(kind=LoadKind.SCOTLAND)
    assert "1 to 10 of 12" in register_page(client)
    page = words(client.get(reverse("register", args=["gias"]), {"page": 2}))
    assert "file-0.csv" in page
    assert "file-11.csv" not in page.partition("Every load so far")[2]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SAFEGUARDING_LEAD])
@pytest.mark.parametrize("name", ["register", "load", "load_rejected", "undo_load"])
def test_nobody_else_sees_or_loads_anything(role, name):
    found = make.load()
    argument = found.kind if name == "register" else found.pk
    other = client_of(make.staff(role), second_factor=True)
    assert other.get(reverse(name, args=[argument])).status_code == 403
    file = SimpleUploadedFile("x.csv", register_files.gias())
    assert other.post(reverse(name, args=[argument]), {"file": file}).status_code == 403
    assert Load.objects.count() == 1


def test_anyone_may_read_whose_open_data_we_use():
    page = words(Client().get(reverse("acknowledgements")))
    for source in sources.SOURCES.values():
        for product in source.products:
            assert product.name in page
    assert "Contains OS data © Crown copyright and database right." in page
    assert "Higher Education Classification of Subjects" in page
