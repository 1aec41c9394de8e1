"""What calendar programs answer: a proposal, until the person presses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bookings.enums import OfferStatus, Said, SeatStatus, VisitStatus
from bookings.models import CalendarReply, Seat
from bookings.operations.calendar_replies import (
    confirm_calendar_reply,
    dismiss_calendar_reply,
    keep_calendar_reply,
)
from bookings.queries.calendar_replies import says_of_visit
from stem.accounts.roles import Role
from stem.calendars.replies import Reply
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def person():
    return make.ambassador(cleared=True)


@pytest.fixture
def visit(person):
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, sequence=1)


def told(visit, address: str, said: str = "declined", **more) -> Reply:
    plain = Reply(f"{visit.uid}@visits.scheme.example", address, said, stamp=make.NOW, sequence=1)
    return replace(plain, **more)


@pytest.fixture(autouse=True)
def _domain(settings):
    settings.SCHEME_DOMAIN = "scheme.example"


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**arguments)
    return refusal.value.codes


def nothing_has_changed(visit) -> bool:
    visit.refresh_from_db()
    return visit.status == VisitStatus.CONFIRMED and not Letter.objects.exists()


@pytest.mark.parametrize("said", ["accepted", "declined", "tentative"])
def test_what_a_program_says_is_kept_and_nothing_is_done(now, visit, person, said):
    keep_calendar_reply(reply=told(visit, person.user.email.upper(), said), at=now)

    [reply] = CalendarReply.objects.all()
    assert (reply.visit, reply.ambassador, reply.said, reply.received_at) == (visit, person, said, now)
    assert nothing_has_changed(visit)


def test_a_time_that_is_proposed_becomes_a_note(now, visit, person):
    starts_at, ends_at = make.OTHER_TIME
    more = {"starts_at": starts_at, "ends_at": ends_at}

    reply = keep_calendar_reply(reply=told(visit, person.user.email, "countered", **more), at=now)

    assert (reply.said, reply.starts_at, reply.ends_at) == (Said.COUNTERED, starts_at, ends_at)
    assert nothing_has_changed(visit)


@pytest.mark.parametrize("times", [(make.OTHER_TIME[1], make.OTHER_TIME[0]), (None, make.OTHER_TIME[0])])
def test_a_time_that_makes_no_sense_is_left_out(now, visit, person, times):
    proposed = told(visit, person.user.email, "countered", starts_at=times[0], ends_at=times[1])

    reply = keep_calendar_reply(reply=proposed, at=now)

    assert (reply.starts_at, reply.ends_at) == (None, None)


def test_the_same_message_twice_is_one_and_an_older_one_none(now, visit, person):
    first = told(visit, person.user.email, "declined")
    keep_calendar_reply(reply=first, at=now)

    for again in (first, replace(first, said="accepted"), replace(first, said="accepted", stamp=make.NOW - HOUR)):
        assert refused(keep_calendar_reply, reply=again, at=now + HOUR) == ["answered_before"]

    assert (CalendarReply.objects.get().said, CalendarReply.objects.get().received_at) == ("declined", now)


def test_a_newer_one_takes_its_place_and_is_asked_about_again(now, visit, person):
    kept = keep_calendar_reply(reply=told(visit, person.user.email, "tentative"), at=now)
    dismiss_calendar_reply(reply=kept, by=person.user, at=now)

    keep_calendar_reply(reply=told(visit, person.user.email, "declined", stamp=make.NOW + HOUR), at=now + HOUR)

    [reply] = CalendarReply.objects.all()
    assert (reply.said, reply.settled_at) == ("declined", None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"uid": "0e5e12a8-0000-4000-8000-000000000000@visits.scheme.example"}, "unknown_visit"),
        ({"uid": "nonsense"}, "unknown_visit"),
        ({"uid": ""}, "unknown_visit"),
        ({"uid": "nonsense@visits.scheme.example"}, "unknown_visit"),
        ({"attendee": "somebody.else@work.example"}, "not_theirs"),
        ({"attendee": ""}, "not_theirs"),
        ({"stamp": None}, "undated"),
        ({"stamp": make.NOW + timedelta(days=3)}, "undated"),
        ({"sequence": 0}, "answered_before"),
        ({"sequence": 7}, "answered_before"),
    ],
)
def test_what_cannot_be_used_is_passed_over(now, visit, person, change, code):
    assert refused(keep_calendar_reply, reply=replace(told(visit, person.user.email), **change), at=now) == [code]
    assert not CalendarReply.objects.exists()
    assert nothing_has_changed(visit)


def test_another_installation_s_name_is_unknown(now, visit, person):
    reply = told(visit, person.user.email, uid=f"{visit.uid}@visits.elsewhere.example")
    assert refused(keep_calendar_reply, reply=reply, at=now) == ["unknown_visit"]


def test_of_a_visit_that_is_over_or_off_nothing_is_kept(now, visit, person):
    reply = told(visit, person.user.email)
    assert refused(keep_calendar_reply, reply=reply, at=make.FIRST_TIME[1]) == ["over"]
    type(visit).objects.filter(pk=visit.pk).update(status=VisitStatus.CANCELLED_BY_SCHOOL)
    assert refused(keep_calendar_reply, reply=reply, at=now) == ["over"]


# --- the press


def test_a_no_that_is_confirmed_gives_the_place_back_once(now, visit, person):
    reply = make.calendar_reply(person, visit=visit)

    for _ in range(2):
        confirm_calendar_reply(reply=reply, by=person.user, at=now)

    visit.refresh_from_db()
    assert (visit.status, visit.seats.get().status) == (VisitStatus.FINDING, SeatStatus.OPEN)
    assert Seat.objects.get().events.filter(kind="free").count() == 1
    reply.refresh_from_db()
    assert reply.settled_at == now


def test_an_answer_to_a_visit_that_has_changed_since_gives_no_place_back(now, visit, person):
    reply = make.calendar_reply(person, visit=visit)
    type(visit).objects.filter(pk=visit.pk).update(sequence=2)
    assert says_of_visit(type(visit).objects.get(pk=visit.pk), person.user, at=now) is None
    assert refused(confirm_calendar_reply, reply=reply, by=person.user, at=now) == ["changed"]
    assert visit.seats.get().status == SeatStatus.TAKEN


@pytest.mark.parametrize("said", [Said.ACCEPTED, Said.TENTATIVE, Said.COUNTERED])
def test_all_else_that_is_confirmed_keeps_what_was_agreed(now, visit, person, said):
    reply = make.calendar_reply(person, visit=visit, said=said)

    confirm_calendar_reply(reply=reply, by=person.user, at=now)

    reply.refresh_from_db()
    assert reply.settled_at == now
    assert nothing_has_changed(visit)


def test_what_is_not_so_changes_nothing(now, visit, person):
    reply = make.calendar_reply(person, visit=visit)

    for _ in range(2):
        dismiss_calendar_reply(reply=reply, by=person.user, at=now)

    reply.refresh_from_db()
    assert reply.settled_at == now
    assert nothing_has_changed(visit)


def test_after_that_is_not_so_the_same_reply_does_nothing_any_more(now, visit, person):
    reply = make.calendar_reply(person, visit=visit)
    dismiss_calendar_reply(reply=reply, by=person.user, at=now)

    confirm_calendar_reply(reply=reply, by=person.user, at=now)

    assert nothing_has_changed(visit)


def test_nobody_else_says_whether_it_is_so(now, visit, person):
    reply = make.calendar_reply(person, visit=visit)

    for user in (make.ambassador(cleared=True).user, make.staff(Role.COORDINATOR), visit.request.contact.user):
        assert refused(confirm_calendar_reply, reply=reply, by=user, at=now) == ["not_yours"]
        assert refused(dismiss_calendar_reply, reply=reply, by=user, at=now) == ["not_yours"]
    assert nothing_has_changed(visit)


# --- of a visit for which they are asked


def test_of_a_visit_for_which_they_are_asked_a_yes_accepts_and_a_no_declines(now):
    asked = make.visit(starts_at=make.FIRST_TIME[0], ends_at=make.FIRST_TIME[1])
    yes, no = make.offer(visit=asked), make.offer(visit=asked)
    for offer, said in ((no, "declined"), (yes, "accepted")):
        reply = told(asked, offer.ambassador.user.email, said, sequence=None)
        kept = keep_calendar_reply(reply=reply, at=now)
        confirm_calendar_reply(reply=kept, by=offer.ambassador.user, at=now)
        offer.refresh_from_db()

    assert (yes.status, no.status) == (OfferStatus.ACCEPTED, OfferStatus.DECLINED)
