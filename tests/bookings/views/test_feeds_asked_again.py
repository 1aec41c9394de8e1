"""A program that asks every hour: what it is told when nothing is new, and when something is."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ambassadors.models import Ambassador
from bookings.enums import Alarms, CancelReason, FeedShows, VisitStatus
from bookings.models import FeedChoice, Request, Visit
from bookings.operations.visits import cancel_visit
from bookings.queries.feed import Feed
from schools.models import School
from stem.accounts.feeds import FeedKind, feed_key, replace_feed_key
from stem.accounts.models import User
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


# Drawn afresh for every page.
TOKEN = re.compile(r'"x-csrftoken": "\w+"')


def promised(**columns) -> tuple[Ambassador, Visit]:
    person = make.ambassador(cleared=True)
    return person, make.visit(ambassador=person, status=VisitStatus.CONFIRMED, **columns)


def address_of(user: User, kind: FeedKind = FeedKind.VISITS) -> str:
    return reverse({"visits": "calendar_feed", "busy": "busy_feed"}[kind], args=[feed_key(user, kind)])


def ask(user: User, kind: FeedKind = FeedKind.VISITS, **headers: str):
    told = {name.replace("_", "-"): text for name, text in headers.items()}
    return Client().get(address_of(user, kind), headers=told)


def events(response) -> list:
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


@pytest.fixture
def writing_is_counted(monkeypatch) -> list[Feed]:
    written: list[Feed] = []
    write = Feed.write

    def count(feed: Feed) -> bytes:
        written.append(feed)
        return write(feed)

    monkeypatch.setattr(Feed, "write", count)
    return written


def test_what_has_not_changed_is_neither_sent_nor_written(writing_is_counted):
    person, _visit = promised()
    first = ask(person.user)

    again = ask(person.user, If_None_Match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control"):
        assert again[name] == first[name]
    assert len(writing_is_counted) == 1


def call_off() -> None:
    visit = Visit.objects.get()
    cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=visit.request.contact.user, at=make.NOW)


def choose(**columns: str) -> None:
    FeedChoice.objects.create(user=Ambassador.objects.get().user, **columns)


CHANGES = {
    "the visit is off": call_off,
    "it has another purpose": lambda: Request.objects.update(purpose="Tea"),
    "the school moved": lambda: School.objects.update(town="York"),
    "the school was placed": lambda: School.objects.update(lat=51.5),
    "the person has another name": lambda: Ambassador.objects.update(full_name="Eve"),
    "the person reads another language": lambda: User.objects.update(language="cy"),
    "the person wants less": lambda: choose(shows=FeedShows.BUSY),
    "the person wants to be reminded": lambda: choose(alarms=Alarms.HOUR),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_what_is_written_is_news(change):
    person, _visit = promised()
    first = ask(person.user)
    CHANGES[change]()

    assert ask(person.user, If_None_Match=first["ETag"]).status_code == 200


def test_to_choose_what_held_before_is_no_news():
    person, _visit = promised()
    first = ask(person.user)
    choose()

    assert ask(person.user, If_None_Match=first["ETag"]).status_code == 304


def test_the_head_alone_tells_as_much():
    person, _visit = promised()

    head, whole = Client().head(address_of(person.user)), ask(person.user)

    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Content-Type", "Cache-Control")} == {
        "ETag": whole["ETag"],
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-cache",
    }


@pytest.mark.parametrize(("after", "stays"), [(timedelta(days=59), True), (timedelta(days=61), False)])
def test_a_visit_that_was_called_off_stays_until_programs_have_dropped_it(after, stays):
    past = tuple(moment - timedelta(days=90) for moment in make.FIRST_TIME)
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.CANCELLED_BY_SCHOOL, time=past, changed_at=make.NOW - after)

    assert [(event["STATUS"], event["TRANSP"]) for event in events(ask(person.user))] == (
        [("CANCELLED", "TRANSPARENT")] if stays else []
    )


def test_a_visit_called_off_long_before_its_day_stays_until_that_day():
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.CANCELLED_BY_SCHOOL, changed_at=make.NOW - timedelta(days=200))

    assert [event["STATUS"] for event in events(ask(person.user))] == ["CANCELLED"]


@pytest.mark.parametrize("kind", FeedKind)
def test_a_key_made_up_replaced_or_of_a_closed_account_meets_one_answer(kind):
    replaced, closed = make.user(), make.user(is_active=False)
    name = {"visits": "calendar_feed", "busy": "busy_feed"}[kind]
    keys = ["made-up", feed_key(replaced, kind), feed_key(closed, kind)]
    replace_feed_key(user=replaced, kind=kind, version=1, at=make.NOW)

    answers = [Client().get(reverse(name, args=[key])) for key in keys]

    told = [(each.status_code, dict(each.headers), TOKEN.sub("", each.text)) for each in answers]
    assert [each[0] for each in told] == [404] * 3
    assert told == [told[0]] * 3


def test_a_program_that_asks_for_everything_too_often_is_asked_to_wait_and_others_are_not():
    person, _visit = promised()
    most = int(settings.PAGE_RATE_LIMITS["calendar_feed"].partition("/")[0])
    answers = [ask(person.user) for _each in range(most + 1)]

    assert [each.status_code for each in answers] == [200] * most + [429]
    assert (answers[-1]["Retry-After"], answers[-1]["Content-Type"]) == ("60", "text/plain; charset=utf-8")
    assert ask(person.user, If_None_Match=answers[0]["ETag"]).status_code == 304
    assert ask(make.user()).status_code == 200
