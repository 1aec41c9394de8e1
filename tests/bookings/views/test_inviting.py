"""The pages on which schools that never ask are invited: who sees them, what stands on them, and what is kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from bookings.enums import Channel, InvitationStatus
from bookings.models import Invitation
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from tests import make
from tests.bookings.views.test_changing_at_once import at_once
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]
# Sign-in and its part, regions, the list with its rows, schools, leads, invitations and terms, and the figures.
QUERIES = 11


def region_of(name: str, area: str) -> Region:
    region = Region.objects.create(name=name, slug=name.lower(), nation="england")
    RegionArea.objects.create(region=region, area=area)
    return region


@pytest.fixture
def leeds():
    return region_of("Leeds", "LS")


@pytest.fixture
def client():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


@pytest.fixture
def in_cornwall():
    return client_of(make.staff(Role.COORDINATOR, regions=(region_of("Cornwall", "TR"),)), second_factor=True)


@pytest.fixture
def lead():
    contact = make.contact(lead=True)
    make.coverage(contact.school)
    return contact


def listed(name: str, region: Region, place: int, *, lead: bool = True):
    contact = make.contact(school=make.school(name=name), lead=lead)
    make.coverage(contact.school)
    make.listed(contact.school, region, place=place)
    return contact


def words_of(response) -> str:
    return " ".join(response.text.split())


class TestTheList:
    def test_says_why_whom_and_how_often(self, leeds, client):
        first, second = listed("First", leeds, 1), listed("Second", leeds, 2, lead=False)
        make.invitation(first, made_at=make.NOW - timedelta(days=1))
        page = client.get(reverse("schools_to_invite"))
        shown = page.context["listed"].schools
        assert [each.line.school for each in shown] == [first.school, second.school]
        assert (shown[0].lead, shown[0].this_term, shown[1].lead, shown[1].last) == (first, 1, None, None)
        assert shown[0].why == "disadvantage 45, distance 21, size 10"
        for words in ("January 2027", "Once this term", "Nobody leads: ring the office", "42 min"):
            assert words in words_of(page)

    def test_is_read_in_parts_and_says_how_far_it_has_come(self, leeds, client):
        contacts = [listed(f"School {place}", leeds, place) for place in range(1, 13)]
        make.invitation(contacts[0], made_at=make.NOW - timedelta(days=1))
        make.invitation(contacts[11], made_at=make.NOW - timedelta(days=60))
        first, second = (client.get(reverse("schools_to_invite"), {"page": number}) for number in (1, 2))
        assert [each.place for each in first.context["page"]] == list(range(1, 11))
        assert [each.place for each in second.context["page"]] == [11, 12]
        assert all(
            "1 of 12 schools have been invited since the list was made" in words_of(page) for page in (first, second)
        )

    def test_is_each_regions_own(self, leeds, client, in_cornwall):
        listed("First", leeds, 1)
        assert in_cornwall.get(reverse("schools_to_invite")).context["listed"] is None
        assert in_cornwall.get(reverse("schools_to_invite"), {"region": leeds.pk}).context["listed"] is None
        other = region_of("York", "YO")
        make.listed(make.coverage(make.school(name="York School", postcode="YO1 7HH")).school, other)
        assert client.get(reverse("schools_to_invite"), {"region": other.pk}).context["listed"].region == other
        assert client.get(reverse("schools_to_invite"), {"region": "\x00"}).context["listed"].region == leeds

    def test_an_administrator_reads_it_and_writes_to_nobody(self, leeds):
        contact = listed("First", leeds, 1)
        administrator = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
        assert "Write to them" not in administrator.get(reverse("schools_to_invite")).text
        assert administrator.get(reverse("write_to_school", args=[contact.school_id])).status_code == 403

    def test_only_the_latest_month_stands_there(self, leeds, client):
        old = listed("Old", leeds, 1)
        type(make.listed(old.school, leeds, month=make.NOW.date().replace(day=1, month=2), place=2))
        assert [each.place for each in client.get(reverse("schools_to_invite")).context["listed"].schools] == [2]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_asks_as_much_of_the_database_however_long_it_is(self, rows, leeds, client, django_assert_num_queries):
        for place in range(1, rows + 1):
            make.invitation(listed(f"School {place}", leeds, place))
        client.get(reverse("schools_to_invite"))
        with django_assert_num_queries(QUERIES):
            client.get(reverse("schools_to_invite"))

    def test_tells_month_by_month_what_came_of_it(self, client, in_cornwall):
        said = {"status": InvitationStatus.ASKED, "answered_at": make.NOW}
        make.invitation(**said)
        make.invitation(channel=Channel.CALL, contact=None, school=make.school(), status=InvitationStatus.SILENT)
        make.invitation(made_at=make.NOW - timedelta(days=40))
        figures = client.get(reverse("schools_to_invite")).context["figures"]
        assert [(each.month.month, each.written, each.rung, each.answered, each.asked) for each in figures] == [
            (1, 1, 1, 1, 1),
            (12, 1, 0, 0, 0),
        ]
        assert in_cornwall.get(reverse("schools_to_invite")).context["figures"] == []


class TestWriting:
    def test_is_shown_first_with_ones_own_sentence_and_sends_nothing(self, lead, client):
        address = reverse("write_to_school", args=[lead.school_id])
        assert "To Tess Teacher" in words_of(client.get(address))
        page = client.get(address, {"words": "We met at the <b>fair</b>."})
        assert "We met at the &lt;b&gt;fair&lt;/b&gt;." in page.text
        assert not Invitation.objects.exists() and not Letter.objects.exists()

        sent = client.post(address, {"words": "We met at the fair."}, follow=True)
        assert "The letter leaves" in words_of(sent) and "Waiting for an answer" in words_of(sent)
        assert Invitation.objects.get().words == "We met at the fair."
        assert Letter.objects.get().recipient == lead.user

    def test_a_sentence_that_is_too_long_is_not_sent(self, lead, client):
        page = client.post(reverse("write_to_school", args=[lead.school_id]), {"words": "x" * 301})
        assert page.status_code == 200 and page.context["form"].errors
        assert not Invitation.objects.exists()

    def test_a_refusal_is_said_where_the_letter_would_stand(self, lead, client):
        make.invitation(lead)
        page = client.get(reverse("write_to_school", args=[lead.school_id]))
        assert "A letter to it waits for an answer still." in page.text and "Send it" not in page.text
        again = client.post(reverse("write_to_school", args=[lead.school_id]), {"words": ""})
        assert "A letter to it waits for an answer still." in again.text
        assert Invitation.objects.count() == 1

    def test_who_has_no_lead_is_helped_to_set_up(self, client):
        school = make.coverage().school
        page = client.get(reverse("write_to_school", args=[school.pk])).text
        assert "Ring its office" in page and "Nobody acts for it yet" in page

    def test_another_regions_school_is_not_there(self, lead, in_cornwall):
        invitation = make.invitation(lead)
        for name, pk in (
            ("write_to_school", lead.school_id),
            ("note_call", lead.school_id),
            ("note_answer", invitation.pk),
        ):
            assert in_cornwall.get(reverse(name, args=[pk])).status_code == 404
            assert in_cornwall.post(reverse(name, args=[pk]), {"said": "never"}).status_code == 404
        invitation.refresh_from_db()
        assert invitation.status == InvitationStatus.WAITING and Invitation.objects.count() == 1


def test_a_call_and_an_answer_are_kept_on_the_schools_page(lead, client):
    assert client.post(reverse("note_call", args=[lead.school_id]), {}).context["form"].errors
    page = client.post(reverse("note_call", args=[lead.school_id]), {"said": "waiting"}, follow=True)
    assert "The call is on record." in page.text and "Telephone call" in page.text
    invitation = Invitation.objects.get()
    page = client.post(reverse("note_answer", args=[invitation.pk]), {"said": "never"}, follow=True)
    assert "Wants no invitations" in page.text and "Note what it said" not in page.text
    assert "wants no invitations; that stands a year" in client.get(reverse("note_call", args=[lead.school_id])).text


def test_the_letters_link_asks_before_a_request_is_begun(lead):
    teacher = client_of(lead.user)
    page = teacher.get(reverse("start_request"))
    assert "Begin to ask for a visit" in page.text and lead.school.name in page.text
    assert teacher.post(reverse("start_request")).status_code == 302


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(5))
def test_of_two_who_write_at_once_one_does(_time):
    contact = make.contact(lead=True)
    make.coverage(contact.school)
    clients = [client_of(make.staff(Role.COORDINATOR), second_factor=True) for _number in range(3)]
    address = reverse("write_to_school", args=[contact.school_id])

    def sending(client):
        return lambda: client.post(address, {"words": ""}).status_code

    statuses = at_once(*(sending(each) for each in clients))

    assert max(statuses) < 500
    assert Invitation.objects.count() == Letter.objects.count() == 1
