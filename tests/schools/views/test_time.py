"""The pages on which a school, and an officer for an authority, says when it is open."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.enums import TermsFrom
from schools.models import Period, SchoolYear, Stretch
from schools.operations.school_time import spans_of
from schools.queries.school_time import school_time
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of
from tests.schools.terms.test_calendar_files import calendar, event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

LINES = "Autumn term: 3 September 2026 to 17 December 2026\nSpring term: 5 January 2027 to 25 March 2027"
FILE = calendar(
    event("Autumn term", date(2026, 9, 3), date(2026, 12, 18)),
    event("INSET day", date(2026, 9, 4)),
    event("Harvest festival", date(2026, 10, 2)),
    event("Good Friday", date(2027, 3, 26)),
)


@pytest.fixture
def teacher():
    return make.contact(school=make.school(authority="Leeds"))


@pytest.fixture
def client(teacher):
    return client_of(teacher.user)


@pytest.fixture
def officer():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("terms.ics", content, "text/calendar")


def accept(client, preview):
    """Press the button under what would change."""
    form = preview.context["accept"]
    return client.post(
        preview.context["accept_url"], {name: form.initial.get(name, "") for name in form.fields}, follow=True
    )


class TestASchoolSPage:
    def test_says_that_it_guesses(self, client):
        page = client.get(reverse("school_time")).text
        assert "The usual dates in England: please check them" in page
        assert "195 school days" in page and "Wed 2 Sep 2026" in page
        assert "Make them our own" not in page

    def test_says_that_the_dates_are_the_authority_s(self, client):
        make.school_year(authority="Leeds")
        page = client.get(reverse("school_time")).text
        assert "The dates of Leeds" in page and "Thu 17 Dec 2026" in page
        assert "Friday 4 September 2026" in page

    def test_says_that_they_are_the_school_s_own(self, client, teacher):
        make.school_year(school=teacher.school)
        assert "These are your school’s own dates." in client.get(reverse("school_time")).text

    @pytest.mark.parametrize(("asked", "shown"), [("2027", 2027), ("1066", 2026), ("x", 2026)])
    def test_shows_the_year_that_is_asked_for_or_this_one(self, client, asked, shown):
        assert client.get(reverse("school_time"), {"year": asked}).context["year"].dates.year == shown

    def test_draws_each_day_of_the_year_once(self, client):
        drawing = client.get(reverse("school_time")).context["year"].drawing
        assert {kind: path.count("M") for kind, path in drawing.paths.items() if kind in ("open", "shut")} == {
            "open": 195,
            "shut": 0,
        }

    def test_another_school_s_closure_does_not_exist(self, client):
        closed = make.closure(make.school())
        assert client.post(reverse("open_again", args=[closed.pk])).status_code == 404
        assert Stretch.objects.exists()


class TestSendingDates:
    page = "/school/time/dates/"

    def test_shows_what_would_change_before_it_does(self, client, teacher):
        preview = client.post(self.page, {"text": LINES})
        assert "Nothing has changed yet." in preview.text and "That is few for a whole year" in preview.text
        assert not SchoolYear.objects.exists()

        done = accept(client, preview)

        assert "These are your school’s dates now." in done.text
        assert school_time(teacher.school).year(2026).source is TermsFrom.SCHOOL

    def test_reads_a_calendar_file_and_says_what_it_does_not_understand(self, client, teacher):
        preview = client.post(self.page, {"file": sent(FILE), "text": "INSET day: 5 March 2027"})
        assert "1 entry that we do not understand" in preview.text and "Harvest festival" in preview.text
        assert "1 bank holiday or other day" in preview.text
        accept(client, preview)
        assert [(each.kind, each.first) for each in spans_of(teacher.school)[2026]] == [
            ("term", date(2026, 9, 3)),
            ("inset", date(2026, 9, 4)),
        ]

    def test_is_undone_by_sending_the_old_ones_again(self, client, teacher):
        make.school_year(school=teacher.school)
        before = spans_of(teacher.school)
        old = client.get(self.page).context["form"].initial["text"]
        accept(client, client.post(self.page, {"text": LINES}))
        accept(client, client.post(self.page, {"text": old}))
        assert spans_of(teacher.school) == before

    def test_twice_is_once(self, client):
        preview = client.post(self.page, {"text": LINES})
        for _ in range(2):
            assert "These are your school’s dates now." in accept(client, preview).text
        assert Stretch.objects.count() == 2

    def test_of_a_page_left_open_too_long_is_refused(self, client, teacher):
        preview = client.post(self.page, {"text": LINES})
        make.closure(teacher.school)
        page = accept(client, preview)
        assert "Somebody has changed these dates meanwhile." in page.text
        assert page.context["form"].initial["text"] == LINES
        assert Stretch.objects.count() == 1

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ({"text": ""}, "Type the dates, or choose a file."),
            ({"text": "Half term"}, "Line 1: write what it is and its days"),
            ({"text": "Harvest festival: 2 October 2026"}, "There are no term dates in it that we understand."),
            ({"text": "Autumn term: 1 September 2046 to 18 December 2046"}, "2046–47 is too far away."),
            ({"file": sent(b"")}, "We could not read this file"),
            ({"file": sent(b"%PDF-1.7")}, "We could not read this file"),
            ({"file": sent(b"x" * (1024 * 1024 + 1))}, "This file has over 1 MB."),
        ],
    )
    def test_that_are_none_gets_a_sentence(self, client, answers, words):
        page = client.post(self.page, answers)
        assert words in page.text and "<title>Error: " in page.text
        assert not Stretch.objects.exists()

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ({}, "There is a problem"),
            ({"lines": "Half term", "seen": "x"}, "Line 1: write what it is and its days"),
            ({"lines": LINES, "seen": "x"}, "Somebody has changed these dates meanwhile."),
        ],
    )
    def test_that_nobody_looked_at_are_not_taken_up(self, client, answers, words):
        page = client.post(reverse("take_up_school_dates"), answers)
        assert words in page.text and "<title>Error: " in page.text
        assert f'action="{self.page}"' in page.text
        assert not Stretch.objects.exists()


def test_one_press_makes_the_authority_s_dates_the_school_s_and_another_gives_them_up(client, teacher):
    make.school_year(authority="Leeds")
    page = client.post(reverse("copy_authority_dates", args=[2026]), follow=True)
    assert "Your authority’s dates are your own now" in page.text
    assert "Give up your own dates for 2026–27?" in client.get(reverse("drop_school_dates", args=[2026])).text
    client.post(reverse("drop_school_dates", args=[2026]))
    assert school_time(teacher.school).year(2026).source is TermsFrom.AUTHORITY


@pytest.mark.parametrize("year", [0, 1999, 2101, 10**30])
def test_there_are_no_dates_of_another_age(client, year):
    for name in ("copy_authority_dates", "drop_school_dates"):
        assert client.post(reverse(name, args=[year])).status_code == 404


def test_an_inset_day_is_added_and_taken_off(client):
    day = dict(zip(("first_day_0", "first_day_1", "first_day_2"), ("5", "3", "2027"), strict=True))
    for words in ("Noted: no visit is asked for then.", "One of these days is on the list already."):
        assert words in client.post(reverse("close_school"), {"kind": "inset", **day}, follow=True).text
    closed = Stretch.objects.get()
    assert "Take “INSET day” off the list?" in client.get(reverse("open_again", args=[closed.pk])).text
    client.post(reverse("open_again", args=[closed.pk]))
    assert not Stretch.objects.exists()


def test_periods_are_named(client):
    page = client.post(reverse("set_periods"), {"periods": "Period 1: 9am", "minutes": "50"}, follow=True)
    assert "Period 1, 9am to 9:50am" in page.text
    wrong = client.post(reverse("set_periods"), {"periods": "Period 1", "minutes": "50"})
    assert "Line 1: write its name and when it is" in wrong.text
    assert Period.objects.count() == 1


class TestAnAuthoritySDates:
    page = "/staff/term-dates/add/"

    def test_are_added_from_a_file_and_listed_with_who_goes_by_them(self, officer):
        follows, has_its_own = make.school(authority="Leeds"), make.school(authority="Leeds")
        make.school_year(school=has_its_own)
        preview = officer.post(self.page, {"whose": "england/Leeds", "file": sent(FILE)})
        listed = accept(officer, preview)
        assert "These are the dates of Leeds now." in listed.text
        [year] = listed.context["years"]
        assert (str(year.row), year.followers) == ("Leeds 2026–27", 1)
        assert school_time(follows).year(2026).source is TermsFrom.AUTHORITY

    @pytest.mark.parametrize("whose", ["", "england", "england/Nowhere", "france/Paris", "/", "x" * 200])
    def test_of_no_authority_are_refused(self, officer, whose):
        assert officer.post(self.page, {"whose": whose, "text": LINES}).context["form"].errors
        page = officer.post(reverse("take_up_authority_dates"), {"whose": whose, "lines": LINES, "seen": "x"})
        assert "There is a problem" in page.text
        assert not SchoolYear.objects.exists()

    def test_are_offered_to_a_coordinator_of_a_school_of_it_alone(self, officer):
        make.school(authority="Leeds")
        whose = officer.get(self.page).context["form"].fields["whose"]
        assert [code for _nation, offered in whose.choices[1:] for code, _name in offered] == ["england/Leeds"]
        refused = officer.post(self.page, {"whose": "england/Bradford", "text": LINES})
        assert list(refused.context["form"].errors) == ["whose"]

    def test_are_let_go_after_asking(self, officer):
        make.school(authority="Leeds")
        year = make.school_year(authority="Leeds")
        gone = reverse("forget_authority_dates", args=[year.pk])
        assert "Let the dates of Leeds for 2026–27 go?" in officer.get(gone).text
        officer.post(gone)
        assert not SchoolYear.objects.exists()

    def test_are_not_taken_away_by_the_key_of_a_school_s_year(self, officer):
        own = make.school_year(school=make.school())
        assert officer.post(reverse("forget_authority_dates", args=[own.pk])).status_code == 404
