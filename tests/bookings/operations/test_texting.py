"""What cannot wait is texted beside its letter, to those who asked for it, and to nobody about anything else."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.enums import AmbassadorStatus, HoldKind
from ambassadors.models import Ambassador
from bookings.enums import CancelReason, SeatStatus, VisitStatus
from bookings.models import Commitment, Seat, Visit
from bookings.notice import is_late
from bookings.operations.closing import close_account
from bookings.operations.departures import leave_scheme
from bookings.operations.leaving import leave_school
from bookings.operations.proposals import Wish, agree_proposal, propose_time
from bookings.operations.requests import give_up_request
from bookings.operations.standing import hold_back
from bookings.operations.texting import forget_numbers
from bookings.operations.visits import ask_for_someone_else, cancel_visit, confirm_visit, give_up_seat, settle_visit
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from stem.texts.models import NumberProof, Text, TextNumber
from stem.texts.sending import send_due
from tests import make
from tests.stem.texts.pocket import POCKET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pocket")]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")
TEACHERS, PERSONS = "+447700900001", "+447700900002"


def at_hour(now: datetime, days: int, hour: int = 10) -> tuple[datetime, datetime]:
    starts = (now + days * DAY).replace(hour=hour)
    return starts, starts + HOUR


def texted_visit(now: datetime, *, days: int = 2, hour: int = 10, status=VisitStatus.CONFIRMED, **columns) -> Visit:
    """A visit to which both sides have asked to be texted about."""
    person = make.ambassador(name="Pat Person", cleared=True)
    visit = make.visit(ambassador=person, status=status, time=at_hour(now, days, hour), **columns)
    make.texted(visit.request.contact.user, number=TEACHERS)
    make.texted(person.user, number=PERSONS)
    return visit


def teacher(visit: Visit) -> User:
    return visit.request.contact.user


def seat(visit: Visit) -> Seat:
    return visit.seats.order_by("pk")[0]


def confirmed_before(visit: Visit, now: datetime) -> None:
    """It is in the school's calendar: somebody has said yes to it."""
    visit.events.create(kind="confirm", status="confirmed", by=teacher(visit), at=now)


def posted() -> list[tuple[str, str]]:
    rows = Text.objects.select_related("recipient").order_by("pk")
    return sorted((text.fact_name, text.recipient.full_name) for text in rows)


def came(at: datetime) -> dict[str, str]:
    """What came to whose telephone by then."""
    send_due(at=at)
    return {each.number: each.words for each in POCKET.taken}


def call_off(visit: Visit, now: datetime, by: User | None = None, **said) -> None:
    cancel_visit(visit=visit, reason=CancelReason.ILLNESS, by=by or teacher(visit), at=now, **said)


@pytest.mark.parametrize(
    ("today", "day", "late"),
    [
        # Tuesday 12 January 2027 and the days before it.
        (date(2027, 1, 12), date(2027, 1, 12), True),
        (date(2027, 1, 11), date(2027, 1, 12), True),
        (date(2027, 1, 6), date(2027, 1, 12), True),
        (date(2027, 1, 5), date(2027, 1, 12), False),
        (date(2027, 1, 4), date(2027, 1, 12), False),
        # Christmas is no working day.
        (date(2026, 12, 22), date(2026, 12, 31), False),
        (date(2026, 12, 23), date(2026, 12, 31), True),
    ],
)
def test_late_is_with_fewer_than_five_working_days_left(today, day, late):
    assert is_late(today, day, Nation.ENG) is late


def test_a_school_calls_a_near_visit_off_and_whoever_comes_is_texted(now):
    visit = texted_visit(now)
    call_off(visit, now)
    assert posted() == [("visit_called_off", "Pat Person")]
    assert came(now) == {
        PERSONS: f"Called off: visit at Beckside Academy, Thu 14 Jan, 10am. http://localhost:8000/visits/{visit.pk}/"
    }
    assert Letter.objects.filter(fact__endswith="visit_cancelled").count() == 2


def test_the_scheme_calls_it_off_and_both_sides_are(now):
    visit = texted_visit(now)
    call_off(visit, now, make.staff(Role.COORDINATOR), for_scheme=True)
    assert set(came(now)) == {TEACHERS, PERSONS}


def test_a_visit_that_is_far_off_is_told_by_letter_alone(now):
    visit = texted_visit(now, days=10)
    call_off(visit, now)
    assert (posted(), Letter.objects.count() > 0) == ([], True)


def test_whoever_did_not_ask_for_texts_gets_none(now):
    visit = texted_visit(now)
    TextNumber.objects.all().delete()
    call_off(visit, now, make.staff(Role.COORDINATOR), for_scheme=True)
    assert posted() == []


def test_whoever_has_only_begun_to_ask_gets_none(now):
    visit = texted_visit(now)
    TextNumber.objects.all().delete()
    NumberProof.objects.create(user=seat(visit).ambassador.user, number=PERSONS, seed="x", asked_at=now)
    call_off(visit, now)
    assert posted() == []


def test_without_a_port_nothing_more_is_asked_of_the_database_and_nothing_posted(now, settings):
    def told(backend: str) -> tuple[list[str], list[str]]:
        settings.TEXTS_BACKEND = backend
        visit = texted_visit(now)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            call_off(visit, now)
        return [query["sql"] for query in asked], [letter.fact_name for letter in Letter.objects.order_by("pk")]

    off, letters = told("")
    assert [query for query in off if "texts_" in query] == []
    assert (letters, Text.objects.count()) == (["visit_cancelled", "visit_cancelled"], 0)


def test_somebody_cannot_come_and_the_school_is_texted(now):
    visit = texted_visit(now)
    confirmed_before(visit, now)
    give_up_seat(seat=seat(visit), reason=CancelReason.WORK, by=seat(visit).ambassador.user, at=now)
    assert posted() == [("person_withdrew", teacher(visit).full_name)]
    assert came(now) == {
        TEACHERS: "Visit at Beckside Academy, Thu 14 Jan, 10am: somebody cannot come, we look for somebody else."
        f" http://localhost:8000/visits/{visit.pk}/"
    }


def test_too_near_for_somebody_else_it_is_off(now):
    visit = texted_visit(now, days=0, hour=15)
    give_up_seat(seat=seat(visit), reason=CancelReason.ILLNESS, by=seat(visit).ambassador.user, at=now)
    (said,) = came(now).values()
    assert said.startswith("Called off: visit at Beckside Academy, Tue 12 Jan, 3pm.")


def test_a_visit_that_the_school_never_agreed_to_lets_its_time_go_and_nobody_is_texted(now):
    visit = texted_visit(now, status=VisitStatus.MATCHED)
    give_up_seat(seat=seat(visit), reason=CancelReason.WORK, by=seat(visit).ambassador.user, at=now)
    assert posted() == []


def test_whom_a_rule_takes_out_is_told_as_well_and_nobody_why(now):
    visit = texted_visit(now)
    confirmed_before(visit, now)
    person = seat(visit).ambassador
    officer = make.staff(Role.VETTING_OFFICER)
    hold_back(
        ambassador=person,
        kind=HoldKind.VETTING,
        truth="An allegation",
        starts_on=day_of(now),
        by=officer,
        at=now,
    )
    said = came(now)
    assert said[PERSONS] == (
        "You are no longer expected at Beckside Academy, Thu 14 Jan, 10am. http://localhost:8000/contact/"
    )
    assert said[TEACHERS].startswith("Visit at Beckside Academy, Thu 14 Jan, 10am: somebody cannot come")
    assert not [words for words in said.values() if "Pat" in words or "allegation" in words.lower()]


def moved(now: datetime, visit: Visit, *, days: int) -> None:
    starts, ends = at_hour(now, days, 14)
    wish = Wish(starts, ends, words="The hall is taken.", reason=CancelReason.SCHOOL_EVENT)
    proposal = propose_time(visit=visit, seat=None, wish=wish, by=teacher(visit), at=now)
    agree_proposal(proposal=proposal, seat=seat(visit), by=seat(visit).ambassador.user, at=now)


@pytest.mark.parametrize(("was", "becomes"), [(2, 3), (2, 14), (14, 3)])
def test_a_near_visit_is_moved_or_one_comes_near_and_the_other_side_is_texted(now, was, becomes):
    visit = texted_visit(now, days=was)
    moved(now, visit, days=becomes)
    assert posted() == [("visit_moved", teacher(visit).full_name)]
    assert Text.objects.get().until == min(at_hour(now, was)[0], at_hour(now, becomes, 14)[0])
    (said,) = came(now).values()
    when = {3: "Fri 15 Jan, 2pm", 14: "Tue 26 Jan, 2pm"}[becomes]
    assert said == f"Moved: visit at Beckside Academy is now on {when}. http://localhost:8000/visits/{visit.pk}/"


def test_one_that_is_moved_from_far_to_far_is_not(now):
    visit = texted_visit(now, days=14)
    moved(now, visit, days=16)
    assert posted() == []


def test_what_has_changed_again_meanwhile_is_told_once_as_it_is(now):
    night = now.replace(hour=22)
    visit = texted_visit(now)
    moved(night, visit, days=3)
    visit.refresh_from_db()
    call_off(visit, night, make.staff(Role.COORDINATOR), for_scheme=True)
    said = came(now.replace(hour=8) + DAY)
    assert [words.partition(":")[0] for words in said.values()] == ["Called off", "Called off"]
    assert sorted(Text.objects.values_list("status", flat=True)) == ["not_needed", "sent", "sent"]


def test_at_night_it_waits_for_the_morning_unless_the_visit_is_before_it(now):
    night = now.replace(hour=22)
    far, near = texted_visit(now, days=2), texted_visit(now, days=1, hour=7)
    call_off(far, night)
    call_off(near, night)
    assert [words.partition(", ")[2][:15] for words in came(night).values()] == ["Wed 13 Jan, 7am"]
    assert send_due(at=now.replace(hour=8) + DAY).sent == 1


def test_somebody_found_in_the_night_makes_the_text_needless(now):
    night = now.replace(hour=22)
    visit = texted_visit(now)
    confirmed_before(visit, now)
    give_up_seat(seat=seat(visit), reason=CancelReason.WORK, by=seat(visit).ambassador.user, at=night)
    Visit.objects.update(status=VisitStatus.MATCHED)
    assert came(now.replace(hour=8) + DAY) == {}


def test_whoever_has_handed_the_request_on_meanwhile_is_told_nothing(now):
    visit = texted_visit(now)
    call_off(visit, now, make.staff(Role.COORDINATOR), for_scheme=True)
    visit.request.contact = make.contact(school=visit.request.school)
    visit.request.save()
    assert set(came(now)) == {PERSONS}


def test_a_search_that_is_given_up_tells_whoever_still_came(now):
    visit = texted_visit(now, status=VisitStatus.FINDING, seats=2)
    give_up_request(request=make_open(visit), by=make.staff(Role.COORDINATOR), at=now)
    assert posted() == [("visit_called_off", "Pat Person")]


def test_a_search_for_an_agreed_visit_that_is_given_up_tells_the_school_too(now):
    visit = texted_visit(now, status=VisitStatus.FINDING, seats=2)
    confirmed_before(visit, now)
    give_up_request(request=make_open(visit), by=make.staff(Role.COORDINATOR), at=now)
    assert [fact for fact, _who in posted()] == ["visit_called_off", "visit_called_off"]


def make_open(visit: Visit):
    visit.request.status = "open"
    visit.request.save()
    return visit.request


def test_whoever_else_comes_hears_by_letter_that_somebody_is_looked_for(now):
    visit = texted_visit(now)
    confirmed_before(visit, now)
    second = make.ambassador(name="Sid Second", cleared=True)
    make.texted(second.user, number="+447700900003")
    other = Seat.objects.create(visit=visit, status=SeatStatus.TAKEN, ambassador=second)
    Commitment.objects.create(seat=other, ambassador=second, starts_at=visit.starts_at, ends_at=visit.ends_at)
    give_up_seat(seat=seat(visit), reason=CancelReason.WORK, by=seat(visit).ambassador.user, at=now)
    assert posted() == [("person_withdrew", teacher(visit).full_name)]
    assert Letter.objects.filter(fact__endswith="other_withdrew").exists()


def test_nothing_else_is_texted(now):
    visit = texted_visit(now, status=VisitStatus.MATCHED)
    confirm_visit(visit=visit, arrangements=make.arrangements(), by=teacher(visit), at=now)
    visit.refresh_from_db()
    settle_visit(visit=visit, outcome="deliver", by=None, at=now + 3 * DAY)
    other = texted_visit(now + 7 * DAY, status=VisitStatus.MATCHED)
    ask_for_someone_else(visit=other, by=teacher(other), at=now, because="We asked for a chemist.")
    assert posted() == []


def test_a_refused_act_posts_no_text(now):
    visit = texted_visit(now)
    with pytest.raises(Refusal):
        call_off(visit, now, make.user())
    assert posted() == []


# --- who leaves takes their number along


def numbered(user: User) -> bool:
    return TextNumber.objects.filter(user=user).exists()


def test_leaving_the_scheme_forgets_the_number_at_once(now):
    person = make.ambassador(cleared=True)
    make.texted(person.user)
    leave_scheme(ambassador=person, by=person.user, at=now)
    assert not numbered(person.user)


def test_but_not_where_another_part_stands(now):
    person = make.ambassador(cleared=True)
    make.texted(make.contact(user=person.user).user)
    leave_scheme(ambassador=person, by=person.user, at=now)
    assert numbered(person.user)
    contact = Contact.objects.get(user=person.user)
    leave_school(contact=contact, by=person.user, at=now)
    assert not numbered(person.user)


def test_closing_an_account_forgets_it_with_the_one_that_waits(now):
    user = make.texted(make.user())
    NumberProof.objects.create(user=user, number=TEACHERS, seed="x", asked_at=now)
    close_account(user=user, at=now)
    assert (TextNumber.objects.count(), NumberProof.objects.count()) == (0, 0)


def test_also_where_the_port_has_been_taken_away_since(now, settings):
    settings.TEXTS_BACKEND = ""
    person = make.ambassador(cleared=True)
    make.texted(person.user)
    leave_scheme(ambassador=person, by=person.user, at=now)
    assert not numbered(person.user)


def test_a_sweep_finds_those_whose_part_somebody_else_ended(now):
    staying, gone, school, waiting = (
        make.ambassador(cleared=True),
        make.ambassador(cleared=True),
        *(make.contact() for _ in range(2)),
    )
    for each in (staying, gone, school, waiting):
        make.texted(each.user)
    Ambassador.objects.filter(pk=gone.pk).update(status=AmbassadorStatus.LEFT)
    Contact.objects.filter(pk=waiting.pk).update(status=ContactStatus.AWAITING)
    assert (forget_numbers(at=now), forget_numbers(at=now)) == (2, 0)
    assert [numbered(each.user) for each in (staying, gone, school, waiting)] == [True, False, True, False]
