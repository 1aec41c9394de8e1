"""How officers search the list, keep a search, and download its people."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import Ambassador, Membership, SavedSearch, Scheme
from ambassadors.operations.searches import MOST_KEPT
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter", email="vera@scheme.example")


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


def page(client, name: str = "ambassadors", query: str = "", *args) -> str:
    response = client.get(f"{reverse(name, args=args)}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def names(client, query: str) -> list[str]:
    """Whom the list shows, in its order."""
    response = client.get(f"{reverse('ambassadors')}?{query}")
    assert response.status_code == 200
    return [row.person.full_name for row in response.context["rows"]]


def region(*areas: str) -> Region:
    made = Region.objects.create(name="North", slug="north", nation=Nation.ENG)
    for area in areas:
        RegionArea.objects.create(region=made, area=area)
    return made


# --- the list


def test_every_filter_narrows_and_all_of_them_together(client):
    scheme = Scheme.objects.create(name="Alpha")
    region("LS")
    ada = make.ambassador(name="Ada Lovelace", postcode="LS2 9JT", subjects=("physics",), cleared=True)
    Membership.objects.create(ambassador=ada, scheme=scheme, legacy_id="1")
    make.ambassador(name="Ada Byron", postcode="BD1 1AA", subjects=("biology",))
    for query in ("status=active", "subject=physics", f"scheme={scheme.pk}", "region=north", "near=LS2+9JT&miles=2"):
        assert names(client, query) == ["Ada Lovelace"], query
        assert names(client, f"{query}&q=adda") == ["Ada Lovelace"], query
        assert names(client, f"{query}&q=byron") == [], query
    every = f"q=lovelace&status=active&subject=physics&scheme={scheme.pk}&region=north&near=LS2+9JT&miles=2"
    assert names(client, every) == ["Ada Lovelace"]


@pytest.mark.parametrize(
    "query", ["status=nonsense", "scheme=x", "scheme=99999", "region=gone", "page=x", "unknown=1", "q=%26%3D"]
)
def test_what_makes_no_sense_in_the_address_narrows_nothing(query, client):
    make.ambassador(name="Ada Lovelace")
    assert names(client, query) == ["Ada Lovelace"]


@pytest.mark.parametrize(
    "query", ["near=nowhere", "q=within+5+miles+of+nowhere", "miles=5", "near=LS2+9JT&miles=-1", "q=%00"]
)
def test_a_place_that_nobody_knows_is_said_and_is_not_everywhere(query, client):
    make.ambassador(name="Ada Lovelace")
    assert names(client, query) == []
    assert "There is a problem" in page(client, query=query)


def test_a_reason_that_the_row_does_not_show_is_given(client):
    make.ambassador(name="Ada Lovelace", phone="07700 900123", postcode="LS2 9JT")
    assert "Found by telephone" in page(client, query="q=900123")
    assert "under a mile away" in page(client, query="near=LS2+9JT")
    assert "Found by" not in page(client, query="q=lovelace")


def test_nobody_of_another_region_is_found(client):
    of_region = make.staff(Role.VETTING_OFFICER, regions=(region("EH"),))
    make.ambassador(name="Ada Lovelace", postcode="LS2 9JT")
    theirs = client_of(of_region, second_factor=True)
    for query in ("q=ada", "q=lovlace", "q=leeds", "near=LS2+9JT", "q=%40work.example", ""):
        assert names(theirs, query) == [], query


def test_what_is_near_and_what_is_nothing_is_said_in_words(client):
    make.ambassador(name="Katarzyna Nowak")
    assert "Did you mean one of these?" in page(client, query="q=katarzina+novak")
    assert "Did you mean" not in page(client, query="q=nowak")
    assert "Nobody found" in page(client, query="q=qqqqzzzz")


@pytest.mark.parametrize(
    "query", ["", "q=ada+lovelace", "q=adda+lovlace", "q=%40work.example", "near=LS2+9JT", "q=leeds"]
)
def test_a_search_costs_twelve_statements_at_most_however_many_it_finds(query, client, django_assert_max_num_queries):
    for number in range(30):
        make.ambassador(name=f"Ada Lovelace {number}", postcode="LS2 9JT")
    page(client, query=query)
    with django_assert_max_num_queries(12):
        page(client, query=query)


def test_a_search_that_finds_many_is_on_record(client, monkeypatch):
    monkeypatch.setattr("ambassadors.views.searching.MANY", 2)
    for number in range(3):
        make.ambassador(name=f"Ada Lovelace {number}")
    page(client, query="q=lovelace+1")
    assert not Entry.objects.filter(action="ambassador.search").exists()
    page(client, query="q=lovelace")
    assert Entry.objects.filter(action="ambassador.search").count() == 1


# --- searches kept


def test_a_search_is_kept_found_again_renamed_and_removed(client, officer):
    make.ambassador(name="Ada Lovelace")
    query = "q=ada&status=vetting"
    client.post(f"{reverse('keep_search')}?{query}&page=3&unknown=1", {"called": "  My  Adas "})
    kept = SavedSearch.objects.get()
    assert (kept.user, kept.name, kept.query) == (officer, "My Adas", query)
    assert f'href="/coordinator/ambassadors/?{query.replace("&", "&amp;")}" aria-current="page">My Adas' in page(
        client, query=query
    )
    client.post(reverse("rename_search", args=[kept.pk]), {"called": "Ours"})
    kept.refresh_from_db()
    assert kept.name == "Ours"
    for _twice in range(2):
        client.post(reverse("remove_search", args=[kept.pk]))
    assert not SavedSearch.objects.exists()


def test_a_search_kept_twice_is_kept_once_and_a_name_is_one_search_s(client):
    address = f"{reverse('keep_search')}?q=ada"
    for _twice in range(2):
        client.post(address, {"called": "Adas"})
    assert SavedSearch.objects.count() == 1
    again = client.post(f"{reverse('keep_search')}?q=bob", {"called": "adas"})
    assert "You have a search of that name already" in again.content.decode()
    nothing = client.post(reverse("keep_search"), {"called": "Everybody"})
    assert "search or filter first" in nothing.content.decode()
    assert SavedSearch.objects.count() == 1


def test_no_more_are_kept_than_one_can_look_over(client, officer):
    SavedSearch.objects.bulk_create(
        SavedSearch(user=officer, name=f"{number}", query="q=a", saved_at=make.NOW) for number in range(MOST_KEPT)
    )
    answer = client.post(f"{reverse('keep_search')}?q=ada", {"called": "One more"})
    assert "Remove one first" in answer.content.decode()


def test_what_a_kept_search_asked_for_and_is_there_no_more_breaks_no_page(client, officer):
    ada = make.ambassador(name="Ada Lovelace")
    query = "q=ada&region=gone&scheme=77&sort=x&status=nonsense"
    kept = SavedSearch.objects.create(user=officer, name="Old", query=query, saved_at=make.NOW)
    assert names(client, kept.query) == [ada.full_name]
    assert "Old" in page(client, "rename_search", "", kept.pk)
    answer = client.post(reverse("rename_search", args=[kept.pk]), {"called": "New"})
    assert answer["Location"] == "/coordinator/ambassadors/?q=ada"


def test_a_kept_search_is_nobody_else_s(client):
    theirs = SavedSearch.objects.create(user=make.user(), name="Secret", query="q=ada", saved_at=make.NOW)
    assert "Secret" not in page(client)
    for name in ("rename_search", "remove_search"):
        assert client.post(reverse(name, args=[theirs.pk]), {"called": "Mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.name == "Secret"


# --- the table


def table(response) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_people_of_a_search_are_downloaded_after_being_asked_and_that_is_on_record(client, officer):
    make.ambassador(name="=HYPERLINK(Ada)", phone="+44 7700 900123", organisation="@Home, Ltd", cleared=True)
    make.ambassador(name="Bob Other")
    asked = page(client, "export_ambassadors", "q=hyperlink")
    assert "Download 1 person?" in asked and not Entry.objects.filter(action="ambassador.export").exists()
    answer = client.post(f"{reverse('export_ambassadors')}?q=hyperlink")
    header, *rows = table(answer)
    assert "hold" not in " ".join(header).lower() and "check" not in " ".join(header).lower()
    assert [(row[1], row[4], row[5]) for row in rows] == [("'=HYPERLINK(Ada)", "'+44 7700 900123", "'@Home, Ltd")]
    entry = Entry.objects.get(action="ambassador.export")
    assert (entry.actor, entry.outcome) == (officer, "1: q")


def test_a_table_of_somebody_suspended_is_that_of_anybody(client):
    ada = make.ambassador(name="Ada Lovelace", cleared=True)
    before = table(client.post(f"{reverse('export_ambassadors')}?q=ada"))
    make.suspension(ada)
    assert table(client.post(f"{reverse('export_ambassadors')}?q=ada")) == before


def test_a_long_table_is_written_in_parts_with_everybody_once(client, monkeypatch):
    monkeypatch.setattr("ambassadors.queries.register.BATCH", 3)
    for number in range(10):
        make.ambassador(name=f"Ada Lovelace {number}")
    rows = table(client.post(reverse("export_ambassadors")))
    assert [row[1] for row in rows[1:]] == list(Ambassador.objects.values_list("full_name", flat=True))


def test_whoever_signed_in_long_ago_confirms_first(officer, monkeypatch):
    client = client_of(officer, second_factor=True)
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 4000
    session.save()
    answer = client.post(f"{reverse('export_ambassadors')}?q=ada")
    assert answer.status_code == 302
    assert not Entry.objects.filter(action="ambassador.export", at__lte=timezone.now()).exists()
