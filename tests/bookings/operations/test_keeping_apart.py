"""Who would rather not meet again, said by either side and taken back."""

from datetime import timedelta

import pytest

from bookings.enums import Side, VisitStatus
from bookings.models import KeptApart
from bookings.operations.keeping_apart import keep_apart, no_longer_keep_apart
from bookings.operations.requests import ask_person_again
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


def speaker(seat, side):
    return seat.ambassador.user if side == Side.AMBASSADOR else seat.visit.request.contact.user


def say(seat, side, at, by=None) -> None:
    keep_apart(seat=seat, side=side, by=by or speaker(seat, side), at=at)


def take_back(seat, side, at, by=None) -> None:
    no_longer_keep_apart(seat=seat, side=side, by=by or speaker(seat, side), at=at)


def refused(act, *arguments, **named) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **named)
    return refusal.value.codes


@pytest.mark.parametrize("side", Side)
def test_it_is_kept_with_whose_word_it_is_and_when_and_nobody_is_written_to(now, seat, side):
    say(seat, side, now)
    [told] = KeptApart.objects.all()
    assert (told.ambassador, told.school, told.side) == (seat.ambassador, seat.visit.request.school, side)
    assert (told.said_at, told.by) == (now, speaker(seat, side))
    assert not Letter.objects.exists()


@pytest.mark.parametrize("side", Side)
def test_said_again_it_is_said_once_and_taken_back_it_is_gone(now, seat, side):
    for hours in range(4):
        say(seat, side, now + timedelta(hours=hours))
    assert [told.said_at for told in KeptApart.objects.all()] == [now]
    for _each in range(4):
        take_back(seat, side, now)
    assert not KeptApart.objects.exists()
    told = [entry.action for entry in Entry.objects.filter(action__startswith="kept_apart").order_by("pk")]
    assert told == ["kept_apart.say", "kept_apart.take_back"]


def test_each_side_takes_back_its_own_word_alone(now, seat):
    say(seat, Side.AMBASSADOR, now)
    say(seat, Side.SCHOOL, now)
    take_back(seat, Side.SCHOOL, now)
    assert [told.side for told in KeptApart.objects.all()] == [Side.AMBASSADOR]


def test_nobody_speaks_for_the_other_side(now, seat):
    person, teacher = seat.ambassador.user, seat.visit.request.contact.user
    for act in (say, take_back):
        assert refused(act, seat, Side.AMBASSADOR, now, by=teacher) == ["not_yours"]
        assert refused(act, seat, Side.SCHOOL, now, by=person) == ["not_for_school"]
        assert refused(act, seat, Side.SCHOOL, now, by=make.contact().user) == ["not_for_school"]
        assert refused(act, seat, Side.AMBASSADOR, now, by=make.staff(Role.COORDINATOR)) == ["not_yours"]
    assert not KeptApart.objects.exists()


def test_a_colleague_takes_back_what_another_said_for_the_school(now, seat):
    say(seat, Side.SCHOOL, now)
    take_back(seat, Side.SCHOOL, now, by=make.contact(school=seat.visit.request.school).user)
    assert not KeptApart.objects.exists()


@pytest.mark.parametrize(("status", "sides"), [
    (VisitStatus.MATCHED, []), (VisitStatus.CONFIRMED, []), (VisitStatus.NO_SHOW_BY_SCHOOL, [*Side]),
    (VisitStatus.NO_SHOW_BY_AMBASSADOR, [*Side]), (VisitStatus.CANCELLED_BY_SCHOOL, [Side.AMBASSADOR]),
])  # fmt: skip
def test_it_is_said_once_the_visit_is_over_or_called_off(now, status, sides):
    seat = make.visit(ambassador=make.ambassador(cleared=True), status=status).seats.get()
    for side in Side:
        if side in sides:
            say(seat, side, now)
        else:
            assert refused(say, seat, side, now) == ["not_over"]
    assert sorted(KeptApart.objects.values_list("side", flat=True)) == sorted(sides)


def test_a_confirmed_visit_is_over_when_its_end_has_passed(seat):
    seat.visit.status = VisitStatus.CONFIRMED
    seat.visit.save()
    assert refused(say, seat, Side.SCHOOL, seat.visit.ends_at - timedelta(minutes=1)) == ["not_over"]
    say(seat, Side.SCHOOL, seat.visit.ends_at)
    assert KeptApart.objects.exists()


def test_a_school_that_wants_somebody_else_takes_that_back_before_it_asks_for_them_again(now, seat):
    teacher = seat.visit.request.contact
    say(seat, Side.SCHOOL, now)
    assert refused(ask_person_again, seat=seat, contact=teacher, at=now) == ["kept_apart"]
    take_back(seat, Side.SCHOOL, now)
    assert ask_person_again(seat=seat, contact=teacher, at=now).wanted_again == seat.ambassador


def test_a_school_that_asks_for_them_again_learns_nothing_of_their_word(now, seat):
    say(seat, Side.AMBASSADOR, now)
    assert ask_person_again(seat=seat, contact=seat.visit.request.contact, at=now).wanted_again == seat.ambassador


def test_each_sees_their_own_word_and_a_coordinator_of_the_region_both(now, seat):
    for side in Side:
        say(seat, side, now)

    def seen_by(user) -> list[str]:
        return sorted(KeptApart.objects.visible_to(user).values_list("side", flat=True))

    assert seen_by(seat.ambassador.user) == ["ambassador"]
    assert seen_by(seat.visit.request.contact.user) == ["school"]
    assert seen_by(make.staff(Role.COORDINATOR)) == ["ambassador", "school"]
    assert seen_by(make.staff(Role.VETTING_OFFICER)) == seen_by(make.contact().user) == []
