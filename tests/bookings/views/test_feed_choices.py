"""What someone chooses for their own calendar, and what others who look into it learn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ambassadors.models import Ambassador
from bookings.enums import Alarms, FeedShows, Mode, VisitStatus
from bookings.models import FeedChoice, Visit
from bookings.operations.closing import close_account
from schools.models import School
from stem.accounts.feeds import FeedKind, feed_key
from stem.accounts.models import User
from stem.audit.models import Entry
from stem.calendars.bounded import read_busy
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

PLAIN = {"shows": "everything", "alarms": "none"}


def feed(user: User) -> str:
    return Client().get(reverse("calendar_feed", args=[feed_key(user)])).content.decode().replace("\r\n ", "")


def busy(user: User) -> bytes:
    return Client().get(reverse("busy_feed", args=[feed_key(user, FeedKind.BUSY)])).content


def events(text: str) -> dict[str, dict]:
    return {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def uid_of(visit: Visit, part: str = "") -> str:
    return f"{visit.uid}{part}@visits.rolemodel.example"


def choose(user: User, **answers: str):
    return client_of(user).post(reverse("my_calendar"), {**PLAIN, **answers})


def promised(**columns):
    """Someone at York promised to a school at Leeds: 55 minutes by the rule (T-30)."""
    person = make.ambassador(cleared=True)
    Ambassador.objects.filter(pk=person.pk).update(lat=53.9590, lon=-1.0815)
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED, **columns)
    School.objects.update(lat=53.7997, lon=-1.5492, approximate=False)
    return person.user, visit


def test_a_choice_is_saved_and_said_twice_is_one_choice():
    user, _visit = promised()

    answers = [choose(user, shows="busy", alarms="both", journeys="on") for _press in range(2)]

    assert {(each.status_code, each["Location"]) for each in answers} == {(302, reverse("my_calendar"))}
    chosen = FeedChoice.objects.get()
    assert (chosen.user, chosen.shows, chosen.alarms, chosen.journeys) == (user, FeedShows.BUSY, Alarms.BOTH, True)
    assert Entry.objects.filter(action="feed.choose").count() == 1


@pytest.mark.parametrize("answers", [{"shows": ""}, {"alarms": ""}, {"shows": "nothing"}, {"alarms": "\x00"}])
def test_what_is_no_choice_is_named_and_changes_nothing(answers):
    page = choose(make.user(), **answers)

    assert page.status_code == 200 and "error-summary" in page.text
    assert not FeedChoice.objects.exists()


def test_a_teacher_travels_nowhere_and_has_no_busy_time_to_show():
    teacher, ambassador = make.contact().user, make.ambassador(cleared=True).user

    shown = {user: client_of(user).get(reverse("my_calendar")).text for user in (teacher, ambassador)}
    choose(teacher, journeys="on")

    assert [".ifb" in shown[user] and 'name="journeys"' in shown[user] for user in shown] == [False, True]
    assert not FeedChoice.objects.get(user=teacher).journeys


@pytest.mark.parametrize("journeys", [False, True])
def test_a_busy_feed_holds_the_same_events_and_not_a_word_about_them(journeys):
    user, visit = promised()
    full = events(feed(user))
    FeedChoice.objects.create(user=user, shows=FeedShows.BUSY, journeys=journeys, alarms=Alarms.DAY)

    text = feed(user)

    for private in (*("Beck", "Leeds", "LS2", "Ada", "bridges", "STEM visit"), *("GEO", "53.", "/visits/", "mailto")):
        assert private not in text
    assert {str(event["SUMMARY"]) for event in events(text).values()} == {"Busy"}
    assert {str(event["CLASS"]) for event in events(text).values()} == {"PRIVATE"}
    same = ("UID", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "LAST-MODIFIED")
    masked = events(text)[uid_of(visit)]
    assert [masked[name].to_ical() for name in same] == [full[uid_of(visit)][name].to_ical() for name in same]


def test_a_full_feed_says_where_on_a_map_and_an_online_visit_nowhere():
    user, visit = promised()
    there = events(feed(user))[uid_of(visit)]
    visit.request.mode = Mode.ONLINE
    visit.request.save()
    online = events(feed(user))[uid_of(visit)]

    assert there["GEO"].to_ical() == "53.7997;-1.5492"
    assert (
        "Map: https://www.openstreetmap.org/?mlat=53.7997&mlon=-1.5492#map=17/53.7997/-1.5492" in there["DESCRIPTION"]
    )
    assert online["LOCATION"] == "Online"
    assert "GEO" not in online and "Map" not in online["DESCRIPTION"]


def test_a_school_whose_place_is_a_guess_is_on_no_map():
    user, visit = promised()
    School.objects.update(approximate=True)

    assert "GEO" not in events(feed(user))[uid_of(visit)]


def test_reminders_are_in_the_feed_of_whoever_chose_them_and_not_for_what_is_off():
    user, visit = promised()
    FeedChoice.objects.create(user=user, alarms=Alarms.BOTH)

    alarms = [alarm["TRIGGER"].dt for alarm in events(feed(user))[uid_of(visit)].walk("VALARM")]
    school_s = feed(visit.request.contact.user)
    Visit.objects.update(status=VisitStatus.CANCELLED_BY_SCHOOL)

    assert alarms == [-timedelta(days=1), -timedelta(hours=1)]
    assert "VALARM" not in school_s and "VALARM" not in feed(user)


def test_a_journey_is_there_and_back_by_the_rule_and_only_the_traveller_s():
    user, visit = promised()
    for each in (user, visit.request.contact.user):
        FeedChoice.objects.create(user=each, journeys=True)

    mine, theirs = events(feed(user)), events(feed(visit.request.contact.user))

    there, back = mine[uid_of(visit, "-there")], mine[uid_of(visit, "-back")]
    assert (there.start, there.end) == (visit.starts_at - timedelta(minutes=55), visit.starts_at)
    assert (back.start, back.end) == (visit.ends_at, visit.ends_at + timedelta(minutes=55))
    assert there["SUMMARY"] == "Journey to Beckside Academy"
    assert "LOCATION" not in there and "GEO" not in there
    assert set(theirs) == {uid_of(visit)}


@pytest.mark.parametrize("why", ["online", "no home", "a guess"])
def test_there_is_no_journey_where_nobody_knows_how_far(why):
    user, visit = promised()
    FeedChoice.objects.create(user=user, journeys=True)
    if why == "online":
        visit.request.mode = Mode.ONLINE
        visit.request.save()
    elif why == "no home":
        Ambassador.objects.update(lat=None, lon=None)
    else:
        School.objects.update(approximate=True)

    assert set(events(feed(user))) == {uid_of(visit)}


def test_busy_time_is_what_was_promised_and_nothing_else():
    user, visit = promised()
    make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)

    body = busy(user)

    read = read_busy(body, make.NOW, make.NOW + timedelta(days=100))
    assert (read.busy, read.problems) == ((make.FIRST_TIME,), ())
    for private in ("Beckside", "Ada", "LS2", "bridges", str(visit.uid), user.email, feed_key(user)):
        assert private not in body.decode()


def test_busy_time_that_has_not_changed_is_not_sent_again():
    user, _visit = promised()
    address = reverse("busy_feed", args=[feed_key(user, FeedKind.BUSY)])
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")


def test_the_key_of_one_address_never_opens_the_other():
    user = make.user()

    crossed = [("calendar_feed", FeedKind.BUSY), ("busy_feed", FeedKind.VISITS)]

    answers = [Client().get(reverse(name, args=[feed_key(user, kind)])) for name, kind in crossed]
    assert [each.status_code for each in answers] == [404, 404]


@pytest.mark.parametrize("kind", FeedKind)
def test_one_address_is_replaced_once_however_often_it_is_pressed_and_the_other_stays(kind):
    user = make.user()
    old = {each: feed_key(user, each) for each in FeedKind}

    for _press in range(3):
        response = client_of(user).post(reverse("replace_feed"), {"kind": kind.value, "version": "1"})

    user.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, reverse("my_calendar"))
    assert {each for each in FeedKind if feed_key(user, each) != old[each]} == {kind}
    assert (user.feed_version, user.busy_feed_version) == ((2, 1) if kind is FeedKind.VISITS else (1, 2))
    assert Entry.objects.filter(action="calendar_feed.replace").count() == 1


@pytest.mark.parametrize("kind", ["", "visits", "all"])
@pytest.mark.parametrize("version", ["", "0", "x", "2", "9" * 30])
def test_what_names_no_address_that_stands_replaces_none(kind, version):
    user = make.user()

    client_of(user).post(reverse("replace_feed"), {"kind": kind, "version": version})

    user.refresh_from_db()
    assert (user.feed_version, user.busy_feed_version) == (1, 1)


def test_whoever_closes_their_account_leaves_no_choice_behind():
    user = make.user()
    FeedChoice.objects.create(user=user, shows=FeedShows.BUSY)

    close_account(user=user, at=make.NOW)

    assert not FeedChoice.objects.exists()


def test_the_page_of_what_is_held_tells_the_choice():
    user = make.user()
    FeedChoice.objects.create(user=user, alarms=Alarms.DAY)

    page = client_of(user).get(reverse("what_we_hold_about", args=["visits"])).text

    assert "Your visits in your own calendar" in page and "A day before" in page
