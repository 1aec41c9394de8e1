"""The pages that every reader may need, whoever they are and whatever has broken."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from stem.access import public
from stem.accounts.models import User
from stem.templatetags.stem import entry_over, in_parts
from stem.views import everyday

ERRORS = {
    "400.html": "That did not make sense to us",
    "403.html": "You may not open this page",
    "403_csrf.html": "This form has been open too long",
    "404.html": "We cannot find that page",
    "429.html": "Too many tries",
    "500.html": "Something went wrong on our side",
}
PAGES = {
    "/": "Someone like them, doing work they had not heard of",
    "/privacy/": "Privacy notice",
    "/accessibility/": "Accessibility statement",
    "/contact/": "Help and contact",
    "/styleguide/": "Styleguide",
}


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_reads_it_and_nothing_is_asked_of_the_database(address: str, client: Client):
    # No database mark: a query would fail this test.
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1
    assert PAGES[address] in response.content.decode()


@pytest.mark.parametrize(("geocoder", "is_told"), [("", False), ("nominatim", True)])
def test_the_privacy_notice_names_a_map_service_only_where_one_is_asked(
    client: Client, settings, geocoder: str, is_told: bool
):
    settings.GEOCODER = geocoder
    page = client.get("/privacy/").content.decode()
    assert ("We never tell it where anybody lives." in page) is is_told
    assert ("(nominatim)" in page) is is_told


@pytest.mark.parametrize(("tiles", "is_told"), [("", False), ("https://tiles.example/{z}/{x}/{y}.png", True)])
def test_the_privacy_notice_tells_of_pictures_under_a_map_only_where_there_are_any(
    client: Client, settings, tiles: str, is_told: bool
):
    settings.MAP_TILES = tiles
    page = client.get("/privacy/").content.decode()
    assert ("their browser asks a map service for" in page) is is_told


def test_the_privacy_notice_tells_what_is_kept_of_a_school_s_staff_and_of_files(client: Client):
    page = client.get("/privacy/").content.decode()
    assert "Staff whom your school&#x27;s requests name" in page or "Staff whom your school's requests name" in page
    assert "whether the part after the @ belongs to the school" in page
    assert "Until it has been read" in page


def find_contact(user: User) -> str | None:
    """Stands for the app that knows everyone's home."""
    return "contact" if user.full_name == "Has A Home" else None


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "meets"), [("Has A Home", "/contact/"), ("Has None", None)])
def test_someone_signed_in_is_taken_home_or_asked_what_they_are(client: Client, settings, name: str, meets: str | None):
    settings.HOME_FINDER = "tests.stem.test_everyday.find_contact"
    client.force_login(User.objects.create_user(email="someone@school.example", full_name=name))
    response = client.get("/")
    assert response.headers.get("Location") == meets
    if not meets:
        assert "<h1>Welcome, Has</h1>" in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_help_stands_in_the_same_place_on_every_page(address: str, client: Client):
    page = client.get(address).content.decode()
    header = page[page.index('<nav class="site-links"') :]
    assert header.index('href="/contact/"') < header.index("</nav>")


@pytest.mark.parametrize("address", PAGES)
def test_every_way_on_leads_somewhere(address: str, client: Client):
    page = client.get(address).content.decode()
    assert 'href=""' not in page
    if address == "/":
        assert "<button" not in page  # a button component whose address is missing turns into one


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_neither_a_request_nor_the_database(name: str):
    page = get_template(name).render()
    assert f"<h1>{ERRORS[name]}</h1>" in page
    assert 'href="/contact/"' in page


def test_an_address_that_leads_nowhere_gets_our_page(client: Client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert ERRORS["404.html"] in response.content.decode()


def test_a_form_without_its_token_gets_our_page():
    response = Client(enforce_csrf_checks=True).post("/contact/")
    assert response.status_code == 403
    assert ERRORS["403_csrf.html"] in response.content.decode()


@pytest.mark.django_db
def test_the_pulse_beats_when_the_database_answers_and_is_up_to_date(client: Client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_the_pulse_stops_while_a_migration_waits(client: Client):
    call_command("migrate", "policy", "zero", "--fake", verbosity=0)
    try:
        assert client.get("/healthz").status_code == 503
    finally:
        call_command("migrate", "policy", "--fake", verbosity=0)
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_the_pulse_stops_when_the_database_does_not_answer(client: Client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        assert client.get("/healthz").status_code == 503


def test_the_browser_s_own_question_for_an_icon_finds_the_mark(client: Client):
    assert client.get("/favicon.ico")["Location"].endswith("stem/mark.svg")


def test_each_everyday_page_is_open_to_anyone():
    views = [everyday.home, everyday.privacy, everyday.accessibility, everyday.contact, everyday.healthz]
    assert {view.access_mark for view in views} == {public(lambda request: None).access_mark}


def test_no_page_is_sent_with_words_of_another_language_than_it_says():
    request: HttpRequest = RequestFactory().get("/contact/")
    with override("cy"):
        page = get_template("404.html").render({}, request)
    assert '<html lang="cy">' in page


def test_the_menu_marks_the_entry_under_which_a_page_lies():
    menu = [("Set-up", "setup"), ("Inbox", "coordinator_home"), ("Schools", "schools"), ("Home", "home")]
    assert entry_over(menu, reverse("name_scheme")) == "setup"
    assert entry_over(menu, reverse("schools") + "7/") == "schools"
    assert entry_over(menu, reverse("coordinator_home")) == "coordinator_home"
    assert entry_over(menu, reverse("privacy")) == ""


def test_an_address_breaks_after_its_at_and_its_dots_and_is_escaped():
    assert in_parts("ann.o<b>@school.example") == "ann.<wbr>o&lt;b&gt;@<wbr>school.<wbr>example"
