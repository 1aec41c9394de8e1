"""A series as its school, whoever comes and their coordinator read it, and what each of them can do about it."""

import re
from html import unescape

import pytest

from bookings.enums import CancelReason, RequestStatus, VisitStatus
from bookings.models import Request, Visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from tests import make
from tests.bookings.operations.test_series import MEETINGS, a_series, all_of, asked, confirmed, promised, somebody
from tests.clients import client_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def has_field(response, name: str) -> bool:
    return f'name="{name}"' in response.content.decode()


def links_of(response) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]+)"', response.content.decode())


def test_a_school_says_how_often_and_reads_on_which_days(client):
    draft = make.request()
    client.force_login(draft.contact.user)
    answers = {"activity": "careers_talk", "mode": "in_person", "people": "1", "meetings": "4", "weeks_apart": "1"}
    client.post(f"/requests/{draft.pk}/activity/", answers)

    page = text_of(client.get(f"/requests/{draft.pk}/check/"))

    draft.refresh_from_db()
    assert (draft.meetings, draft.weeks_apart) == (4, 1)
    assert "4 meetings, every week" in page
    assert "then on Wed 24 Feb 2027, Wed 3 Mar 2027, Wed 10 Mar 2027" in page


def test_whoever_says_nothing_of_meetings_asks_for_one(client):
    draft = make.request()
    client.force_login(draft.contact.user)
    client.post(f"/requests/{draft.pk}/activity/", {"activity": "careers_talk", "mode": "in_person", "people": "1"})
    assert (Request.objects.get().meetings, Request.objects.get().weeks_apart) == (1, 1)


@pytest.mark.parametrize("meetings", ["0", "13", "-1", "many", "1e3"])
def test_a_number_of_meetings_that_makes_no_sense_is_refused_beside_the_field(client, meetings):
    draft = make.request()
    client.force_login(draft.contact.user)
    answers = {"activity": "careers_talk", "mode": "in_person", "people": "1", "meetings": meetings}
    page = client.post(f"/requests/{draft.pk}/activity/", answers)
    assert (page.status_code, Request.objects.get().meetings) == (200, 1)


def test_whoever_is_asked_reads_in_the_letter_and_on_the_page_which_days_their_yes_is_for(client, now, mailoutbox):
    person, visit = somebody(), a_series(now)
    offer = asked(visit, person, now)
    send_due(at=now)

    [letter] = [each for each in mailoutbox if "asks for you" in each.subject or "Would you visit" in each.body]
    assert "Your yes is for every meeting" in letter.body
    assert "Wed 10 Mar 2027" in letter.body
    client.force_login(person.user)
    page = text_of(client.get(f"/offers/{offer.pk}/"))
    assert "then on Wed 24 Feb 2027, Wed 3 Mar 2027, Wed 10 Mar 2027" in page


def test_a_visit_that_is_no_series_says_nothing_of_meetings(client, now):
    visit = make.visit(ambassador=somebody(), status=VisitStatus.CONFIRMED)
    client.force_login(visit.request.contact.user)
    assert "Meeting 1" not in text_of(client.get(f"/visits/{visit.pk}/"))
    assert not has_field(client.get(f"/visits/{visit.pk}/cancel/"), "rest")


@pytest.mark.parametrize("reader", ["school", "person", "coordinator"])
def test_each_side_reads_which_meeting_it_is_and_finds_the_others(now, reader, django_assert_max_num_queries):
    visit, person = confirmed(now)
    users = {"school": visit.request.contact.user, "person": person.user, "coordinator": make.staff(Role.COORDINATOR)}
    client = client_of(users[reader], second_factor=reader == "coordinator")
    client.get(f"/visits/{visit.pk}/")

    with django_assert_max_num_queries(12):
        page = client.get(f"/visits/{visit.pk}/")

    assert "Meeting 1 of 4" in text_of(page)
    assert {f"/visits/{each.pk}/" for each in all_of(visit)[1:]} <= {*links_of(page)}


def test_a_school_confirms_all_of_them_with_one_form(client, now):
    visit, _person = promised(now)
    client.force_login(visit.request.contact.user)
    page = client.get(f"/visits/{visit.pk}/confirm/")
    assert "your yes is for these meetings as well" in text_of(page)
    form = {name: value for name, value in vars(make.arrangements()).items() if value not in (False, "")}
    form |= {"outline_agreed": "on", "outline_version": ""}

    client.post(f"/visits/{visit.pk}/confirm/", form)

    assert {each.status for each in all_of(visit)} == {VisitStatus.CONFIRMED}


def test_a_school_calls_off_one_or_all_that_follow(client, now):
    visit, _person = confirmed(now)
    client.force_login(visit.request.contact.user)
    third = all_of(visit)[2]
    path = f"/visits/{third.pk}/cancel/"
    assert "1 more meeting is still to come" in text_of(client.get(path))

    client.post(path, {"reason": CancelReason.STAFFING, "rest": "on"})

    off = VisitStatus.CANCELLED_BY_SCHOOL
    assert [each.status == off for each in all_of(visit)] == [False, False, True, True]


def test_whoever_comes_gives_back_one_or_all_that_follow(client, now):
    visit, person = confirmed(now)
    client.force_login(person.user)
    second = all_of(visit)[1]
    path = f"/visits/{second.pk}/cannot-come/"
    assert has_field(client.get(path), "rest")

    client.post(path, {"reason": CancelReason.WORK, "rest": "on"})

    finding = VisitStatus.FINDING
    assert [each.status == finding for each in all_of(visit)] == [False, True, True, True]
    # What is no longer theirs is not shown to them.
    page = client.get(f"/visits/{visit.pk}/")
    assert {*links_of(page)}.isdisjoint({f"/visits/{each.pk}/" for each in all_of(visit)[1:]})


def test_a_coordinator_notes_either_by_telephone(now):
    visit, _person = confirmed(now)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    last = all_of(visit)[3]
    second = all_of(visit)[1]
    seat = second.seats.get()

    client.post(f"/coordinator/visits/{last.pk}/cancel/", {"reason": CancelReason.WEATHER, "whose": "school"})
    client.post(f"/coordinator/seats/{seat.pk}/cannot-come/", {"reason": CancelReason.ILLNESS, "rest": "on"})

    assert [each.status for each in all_of(visit)] == [
        VisitStatus.CONFIRMED,
        VisitStatus.FINDING,
        VisitStatus.FINDING,
        VisitStatus.CANCELLED_BY_SCHOOL,
    ]
    assert Visit.objects.get(pk=last.pk).events.get(kind="cancel_by_school").on_behalf_of


def test_the_request_of_a_series_shows_its_search_once(client, now):
    visit = a_series(now)
    client.force_login(visit.request.contact.user)
    page = client.get(f"/requests/{visit.request_id}/")
    assert {each for each in links_of(page) if each.startswith("/visits/")} <= {f"/visits/{visit.pk}/"}
    assert "4 meetings, every week" in text_of(page)


def test_a_coordinator_asks_for_the_whole_series_from_the_requests_page(now):
    person, visit = somebody(), a_series(now)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    page = text_of(client.get(f"/coordinator/requests/{visit.request_id}/"))
    assert "Free for all 4 meetings" in page
    client.post(f"/coordinator/requests/{visit.request_id}/invite/", {"ambassador": str(person.pk)})
    assert Letter.objects.filter(fact__endswith="offer_made", recipient=person.user).count() == 1


def test_asked_again_it_is_a_series_as_before(client, now):
    visit = a_series(now)
    client.force_login(visit.request.contact.user)
    client.post(f"/requests/{visit.request_id}/again/")
    draft = Request.objects.get(status=RequestStatus.DRAFT)
    assert (draft.meetings, draft.weeks_apart) == (MEETINGS, 1)


def test_both_read_in_the_letter_about_the_yes_on_which_days_it_is(now, mailoutbox):
    promised(now)
    send_due(at=now)
    told = [each for each in mailoutbox if "10 March 2027" in each.body and "24 February 2027" in each.body]
    assert {"Someone can come to Beckside Academy", "Thank you for saying yes to Beckside Academy"} <= {
        each.subject for each in told
    }
