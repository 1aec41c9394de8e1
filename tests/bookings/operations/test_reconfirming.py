"""Both sides say shortly before a visit that everything is as agreed, and are asked anew after a change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.enums import Side, VisitStatus
from bookings.models import Reconfirmation, Visit
from bookings.operations.reconfirming import ask_again, reconfirm_by_link, reconfirm_visit
from bookings.queries.readiness import not_reconfirmed, readiness_of
from stem.accounts.roles import Role
from stem.letters.links import find_link, mint_link
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.letters.sending import send_due
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

# The visit is on Wednesday 10 February 2027, at ten: asked again on Wednesday the 3rd, reminded on Monday the 8th.
ASKED = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
REMINDED = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


@pytest.fixture
def teacher(visit):
    return visit.request.contact.user


def letters() -> list[tuple[str, int]]:
    rows = Letter.objects.filter(fact__endswith="visit_to_reconfirm").order_by("pk")
    return [(letter.recipient.full_name, letter.ids["is_reminder"]) for letter in rows]


def refused(at, **who) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        reconfirm_visit(at=at, **who)
    assert not Reconfirmation.objects.said().exists()
    return refusal.value.codes


def is_ready(visit, at) -> bool:
    return readiness_of(visit, visit.seats.all(), at=at).is_ready


def listed(at) -> list[Visit]:
    return list(not_reconfirmed(Visit.objects.all(), at))


def change(visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(sequence=visit.sequence + 1)
    visit.refresh_from_db()


def test_it_is_ready_once_both_have_said_so(visit, seat, teacher):
    assert not is_ready(visit, ASKED)
    reconfirm_visit(visit=visit, by=teacher, at=ASKED)
    assert not is_ready(visit, ASKED)
    reconfirm_visit(visit=visit, seat=seat, by=seat.ambassador.user, at=ASKED)
    assert is_ready(visit, ASKED)
    assert [event.kind for event in visit.events.all()] == ["reconfirm_by_school", "reconfirm_by_ambassador"]


def test_said_four_times_it_is_said_once(visit, teacher):
    rows = {reconfirm_visit(visit=visit, by=teacher, at=ASKED + n * MINUTE).said_at for n in range(4)}
    assert rows == {ASKED} and visit.events.count() == 1


def test_a_change_asks_both_anew(visit, seat, teacher):
    reconfirm_visit(visit=visit, by=teacher, at=ASKED)
    reconfirm_visit(visit=visit, seat=seat, by=seat.ambassador.user, at=ASKED)
    change(visit)
    assert not is_ready(visit, ASKED)
    ask_again(at=ASKED)
    assert letters() == [("Tess Teacher", 0), ("Tom Okafor", 0)]


def test_a_coordinator_says_it_for_whoever_telephones(visit, seat):
    coordinator = make.staff(Role.COORDINATOR)
    row = reconfirm_visit(visit=visit, seat=seat, by=coordinator, at=ASKED, on_behalf_of="Tom Okafor")
    assert (row.by, row.on_behalf_of, visit.events.get().on_behalf_of) == (coordinator, "Tom Okafor", "Tom Okafor")


def test_nobody_says_it_for_somebody_else(visit, seat, teacher):
    assert refused(ASKED, visit=visit, by=make.contact().user) == ["not_for_school"]
    assert refused(ASKED, visit=visit, by=seat.ambassador.user) == ["not_for_school"]
    assert refused(ASKED, visit=visit, seat=seat, by=teacher) == ["not_yours"]
    assert refused(ASKED, visit=visit, seat=seat, by=None) == ["not_yours"]
    assert refused(ASKED, visit=visit, by=None) == ["not_yours"]
    other = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    assert refused(ASKED, visit=other, seat=seat, by=seat.ambassador.user) == ["not_yours"]


def test_not_before_five_working_days_and_not_once_it_has_begun(visit, teacher):
    assert refused(ASKED - DAY, visit=visit, by=teacher) == ["too_early"]
    assert refused(visit.starts_at, visit=visit, by=teacher) == ["state"]


@pytest.mark.parametrize("status", [each for each in VisitStatus if each != VisitStatus.CONFIRMED])
def test_only_of_a_confirmed_visit(visit, teacher, status):
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert refused(ASKED, visit=visit, by=teacher) == ["state"]


def test_both_are_asked_five_working_days_before_and_once(visit):
    assert ask_again(at=ASKED - MINUTE) == 0
    assert [ask_again(at=ASKED + n * 15 * MINUTE) for n in range(3)] == [1, 1, 1]
    assert letters() == [("Tess Teacher", 0), ("Tom Okafor", 0)]


def test_whoever_is_silent_is_reminded_two_working_days_before_at_nine(visit, teacher):
    ask_again(at=ASKED)
    reconfirm_visit(visit=visit, by=teacher, at=ASKED + DAY)
    ask_again(at=REMINDED - MINUTE)
    assert letters() == [("Tess Teacher", 0), ("Tom Okafor", 0)]
    for n in range(2):
        ask_again(at=REMINDED + n * MINUTE)
    assert letters()[2:] == [("Tom Okafor", 1)]
    reminder = Letter.objects.order_by("pk").last()
    assert "we have not heard from you" in word_letter(reminder, at=REMINDED, preview=True).text


@pytest.mark.parametrize(
    "at",
    [
        datetime(2027, 2, 3, 22, 0, tzinfo=UTC),
        datetime(2027, 2, 4, 6, 0, tzinfo=UTC),
        datetime(2027, 2, 6, 12, 0, tzinfo=UTC),
    ],
    ids=["at night", "too early in the morning", "on a Saturday"],
)
def test_nobody_is_asked_when_nobody_works(visit, at):
    assert ask_again(at=at) == 0 and letters() == []


def test_the_days_are_those_of_the_school_s_nation():
    # 17 March, a Wednesday, is a bank holiday in Northern Ireland alone: five working days before the 24th.
    time = (datetime(2027, 3, 24, 10, 0, tzinfo=UTC), datetime(2027, 3, 24, 11, 0, tzinfo=UTC))
    for nation in (Nation.ENG, Nation.NIR):
        contact = make.contact(school=make.school(nation=nation))
        person = make.ambassador(cleared=True)
        make.visit(contact=contact, ambassador=person, status=VisitStatus.CONFIRMED, time=time)
    assert [ask_again(at=datetime(2027, 3, day, 9, 0, tzinfo=UTC)) for day in (15, 16, 17)] == [0, 1, 1]
    assert [ask_again(at=datetime(2027, 3, day, 9, 0, tzinfo=UTC)) for day in (18,)] == [2]


def test_who_agreed_later_is_asked_the_next_working_morning(visit):
    Visit.objects.filter(pk=visit.pk).update(changed_at=datetime(2027, 2, 5, 15, 0, tzinfo=UTC))
    assert ask_again(at=datetime(2027, 2, 5, 16, 0, tzinfo=UTC)) == 0
    assert ask_again(at=REMINDED) == 1
    # Asked that morning, nobody is reminded in the same breath.
    ask_again(at=REMINDED + 60 * MINUTE)
    assert [is_reminder for _name, is_reminder in letters()] == [0, 0]


def test_what_is_over_or_off_is_not_asked_about(visit):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CANCELLED_BY_SCHOOL)
    assert ask_again(at=ASKED) == 0


@pytest.mark.parametrize("happens", ["said", "changed", "off", "begun"])
def test_the_letter_falls_silent_when_there_is_nothing_to_ask(visit, seat, happens):
    ask_again(at=ASKED)
    letter, at = Letter.objects.get(recipient=seat.ambassador.user), ASKED
    assert word_letter(letter, at=at, preview=True) is not None
    if happens == "said":
        reconfirm_visit(visit=visit, seat=seat, by=seat.ambassador.user, at=ASKED)
    elif happens == "changed":
        change(visit)
    elif happens == "off":
        Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CANCELLED_BY_SCHOOL)
    else:
        at = visit.starts_at
    assert word_letter(letter, at=at, preview=True) is None


def test_the_link_in_the_letter_says_it_once(visit, seat, outbox):
    ask_again(at=ASKED)
    send_due(at=ASKED)
    assert {message.to[0].partition(" <")[0].strip('"') for message in outbox} == {"Tess Teacher", "Tom Okafor"}
    row = Reconfirmation.objects.get(seat=seat)
    token = mint_link("reconfirm", row.pk, expires_at=ASKED + DAY)
    link = find_link("reconfirm", token, at=ASKED)
    assert reconfirm_by_link(link=link, at=ASKED).by == seat.ambassador.user
    with pytest.raises(Refusal) as refusal:
        reconfirm_by_link(link=link, at=ASKED)
    assert refusal.value.codes == ["link_used"]


def test_a_link_speaks_of_the_visit_as_it_was(visit, seat):
    row = make.reconfirmation(seat)
    link = find_link("reconfirm", mint_link("reconfirm", row.pk, expires_at=ASKED + DAY), at=ASKED)
    change(visit)
    with pytest.raises(Refusal) as refusal:
        reconfirm_by_link(link=link, at=ASKED)
    assert refusal.value.codes == ["changed"]
    link.refresh_from_db()
    assert link.used_at is None


def test_who_has_no_account_says_it_by_their_link(visit, seat):
    type(seat.ambassador).objects.filter(pk=seat.ambassador_id).update(user=None, email="una@people.example")
    ask_again(at=ASKED)
    row = Reconfirmation.objects.get(seat=seat)
    link = find_link("reconfirm", mint_link("reconfirm", row.pk, expires_at=ASKED + DAY), at=ASKED)
    assert reconfirm_by_link(link=link, at=ASKED).by is None
    assert readiness_of(visit, visit.seats.all(), at=ASKED).by_seat.keys() == {seat.pk}


def test_the_coordinator_s_list_has_it_from_two_working_days_before(visit, seat, teacher):
    assert listed(REMINDED - MINUTE) == []
    assert listed(REMINDED) == listed(visit.starts_at - MINUTE) == [visit]
    assert listed(visit.starts_at) == []
    reconfirm_visit(visit=visit, by=teacher, at=ASKED)
    assert listed(REMINDED) == [visit]
    reconfirm_visit(visit=visit, seat=seat, by=seat.ambassador.user, at=ASKED)
    assert listed(REMINDED) == []
    change(visit)
    assert listed(REMINDED) == [visit]


def test_what_was_agreed_within_a_day_is_not_chased(visit):
    Visit.objects.filter(pk=visit.pk).update(changed_at=REMINDED)
    assert (listed(REMINDED + DAY - MINUTE), listed(REMINDED + DAY)) == ([], [visit])


def test_the_database_keeps_one_word_a_side(seat):
    make.reconfirmation(seat)
    make.reconfirmation(seat, side=Side.SCHOOL)
    for wrong in ({}, {"side": Side.SCHOOL}, {"sequence": 9, "side": "pupil"}, {"sequence": 9, "on_behalf_of": "Tom"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.reconfirmation(seat, **wrong)
