"""A person's visits in their own calendar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from bookings import notifications
from bookings.enums import CancelReason, VisitStatus
from bookings.models import Visit
from bookings.operations.visits import cancel_visit, give_up_seat
from stem.accounts.feeds import feed_key
from stem.letters.drafts import Draft
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


def address_of(user) -> str:
    return reverse("calendar_feed", args=[feed_key(user)])


def events(response) -> list:
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def confirmed(**columns) -> Visit:
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, **columns)


def owner(visit):
    return visit.seats.get().ambassador.user


def test_the_feed_is_a_calendar_of_the_visit():
    visit = confirmed()

    response = Client().get(address_of(owner(visit)))

    (event,) = events(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event["SUMMARY"], event["STATUS"]) == ("STEM visit: Ada Engineer at Beckside Academy", "CONFIRMED")
    assert event["LOCATION"] == "Beckside Academy, 1 Beck Lane, Leeds, LS2 9JT"
    assert (event.start, event.end) == make.FIRST_TIME


def test_feed_download_and_mailed_invitation_are_one_event():
    visit = confirmed(sequence=1)
    envelope = notifications.visit_confirmed(
        Draft(at=make.NOW), visit_id=visit.pk, seat_id=visit.seats.get().pk, sequence=1
    )
    (mailed,) = Calendar.from_ical(envelope.calendar.content).walk("VEVENT")

    fed = events(Client().get(address_of(owner(visit))))
    downloaded = events(client_of(owner(visit)).get(reverse("visit_calendar", args=[visit.pk])))

    names = ("UID", "SEQUENCE", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "URL")
    told = [{name: event[name].to_ical() for name in names} for event in (mailed, *fed, *downloaded)]
    assert told == [told[0]] * 3


def test_a_teacher_s_feed_has_the_same_event_as_the_ambassador_s():
    visit = confirmed()

    mine = Client().get(address_of(owner(visit)))
    theirs = Client().get(address_of(visit.request.contact.user))

    assert mine.content == theirs.content


def test_the_feed_of_someone_else_has_nothing_of_it():
    confirmed()

    assert events(Client().get(address_of(make.ambassador(cleared=True).user))) == []


def test_a_feed_that_has_not_changed_is_not_sent_again():
    address = address_of(owner(confirmed()))
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize("act", ["give up", "cancel"])
def test_a_feed_whose_visit_went_is_sent_again(act):
    visit = confirmed()
    user, contact = owner(visit), visit.request.contact
    first = Client().get(address_of(user))
    if act == "cancel":
        cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=contact.user, at=make.NOW)
    else:
        give_up_seat(seat=visit.seats.get(), reason=CancelReason.WORK, by=user, at=make.NOW)

    again = Client().get(address_of(user), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert [event["STATUS"] for event in events(again)] == (["CANCELLED"] if act == "cancel" else [])


def test_a_program_that_only_asks_for_the_head_gets_it():
    response = Client().head(address_of(owner(confirmed())))

    assert (response.status_code, response.content) == (200, b"")
    assert "ETag" in response


def test_a_visit_of_the_year_before_last_has_left_the_feed():
    days = timedelta(days=400)
    visit = confirmed(time=tuple(moment - days for moment in make.FIRST_TIME))

    assert events(Client().get(address_of(owner(visit)))) == []


@pytest.mark.parametrize("key", ["x", "W10.x", "a" * 3000, "%00", "..", "é", "<script>"])
def test_a_key_that_was_never_given_out_opens_nothing(key):
    assert Client().get(f"/calendar/{key}.ics").status_code == 404


def test_a_key_with_its_number_changed_opens_nothing():
    mine, theirs = feed_key(make.user()), feed_key(make.user())
    payload, _, signature = mine.rpartition(".")
    other = theirs.rpartition(".")[0]

    assert payload != other
    assert Client().get(reverse("calendar_feed", args=[f"{other}.{signature}"])).status_code == 404


def test_the_feed_of_a_closed_account_opens_nothing():
    user = make.user(is_active=False)

    assert Client().get(address_of(user)).status_code == 404


def test_looking_at_the_page_replaces_nothing_and_shows_the_address():
    user = make.user()

    page = client_of(user).get(reverse("my_calendar"))

    assert f"http://localhost:8000{address_of(user)}" in page.text
    assert f'href="webcal://localhost:8000{address_of(user)}"' in page.text


def test_the_feed_cannot_be_posted_to():
    assert Client().post(address_of(make.user())).status_code == 405


def test_the_feed_tells_no_pupil_home_or_safeguarding_number():
    visit = confirmed()

    text = Client().get(address_of(owner(visit))).text

    for private in ("LS1 4AP", "01632", "Dee Lead", "ATTENDEE"):
        assert private not in text


def test_a_visit_of_others_cannot_be_downloaded():
    visit = confirmed()

    assert client_of(make.user()).get(reverse("visit_calendar", args=[visit.pk])).status_code == 404


@pytest.mark.parametrize("visits", [1, 3])
def test_the_feed_asks_the_database_as_often_for_three_visits_as_for_one(django_assert_num_queries, visits):
    ambassador = make.ambassador(cleared=True)
    for number in range(visits):
        week = timedelta(weeks=number)
        time = (make.FIRST_TIME[0] + week, make.FIRST_TIME[1] + week)
        make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=time)
    address = address_of(ambassador.user)

    with django_assert_num_queries(3):
        response = Client().get(address)
    with django_assert_num_queries(3):
        Client().get(address, headers={"If-None-Match": response["ETag"]})

    assert len(events(response)) == visits
