"""What is prepared for a visit: no yes of the school without it, and an outline to which both sides agree."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.enums import Mode, VisitStatus
from bookings.models import Preparation, Request, SeatEvent, Visit
from bookings.operations.preparing import agree_to_outline, write_outline
from bookings.operations.visits import confirm_visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
OURS = "First a question, then we build a bridge of paper."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    return make.visit(ambassador=person, status=VisitStatus.MATCHED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


@pytest.fixture
def tom(seat):
    return seat.ambassador.user


@pytest.fixture
def teacher(visit):
    return visit.request.contact.user


def confirm(visit, at, **answers) -> Preparation:
    confirm_visit(visit=visit, arrangements=make.arrangements(**answers), by=visit.request.contact.user, at=at)
    return Preparation.objects.for_visit(visit)


def missing(visit, at, **answers) -> list[str]:
    with pytest.raises(Refusal) as refused:
        confirm(visit, at, **answers)
    visit.refresh_from_db()
    assert (visit.status, Preparation.objects.filter(school_agreed_at__isnull=False).exists()) == ("matched", False)
    return refused.value.codes


def refused(act, **how) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**how)
    return refusal.value.codes


def asked(visit, **columns) -> None:
    Request.objects.filter(pk=visit.request_id).update(**columns)


def test_with_all_of_it_the_school_says_yes(visit, now):
    prepared = confirm(visit, now, access_needs="2 wheelchair users")
    assert (prepared.access_needs, prepared.school_agreed_at) == ("2 wheelchair users", now)
    assert prepared.outline_in_words == "Name three jobs in civil engineering"


def test_each_thing_that_is_missing_is_named(visit, now):
    assert missing(visit, now, arrival="") == ["arrival"]
    assert missing(visit, now, access_needs="") == ["access_needs"]
    assert missing(visit, now, outline_agreed=False) == ["outline_agreed"]
    nothing = {"arrival": "", "access_needs": "", "outline_agreed": False, "supervising_adult": ""}
    assert missing(visit, now, **nothing) == ["arrival", "access_needs", "outline_agreed", "supervising_adult"]


@pytest.mark.parametrize(("column", "nothing"), [("pupils", None), ("year_groups", "")])
def test_the_class_is_known(visit, now, column, nothing):
    asked(visit, **{column: nothing})
    assert missing(visit, now) == [column]


def test_one_pupil_at_a_time_is_in_an_open_space(visit, now):
    asked(visit, activity="mock_interview")
    assert missing(visit, now) == ["open_space_confirmed"]
    assert confirm(visit, now, open_space_confirmed=True).open_space_confirmed


def test_online_the_school_hosts_and_says_where(visit, now):
    asked(visit, mode=Mode.ONLINE)
    assert missing(visit, now, arrival="") == ["joining_link", "staff_host_confirmed"]
    link = "https://meet.school.example/stem"
    assert confirm(visit, now, arrival="", joining_link=link, staff_host_confirmed=True).joining_link == link


def test_whoever_comes_writes_an_outline_and_the_school_is_asked(visit, seat, tom, teacher, now):
    prepared = write_outline(seat=seat, text=f" {OURS} ", by=tom, at=now)
    assert (prepared.outline, prepared.outline_by) == (OURS, tom)
    letter = Letter.objects.get(recipient=teacher)
    assert OURS in word_letter(letter, at=now, preview=True).text
    assert [event.kind for event in visit.events.all()] == ["write_outline"]


def test_the_same_words_again_are_said_once(seat, tom, now):
    for n in range(4):
        write_outline(seat=seat, text=OURS, by=tom, at=now + n * MINUTE)
    assert Letter.objects.count() == seat.visit.events.count() == 1


def test_the_school_agrees_to_what_it_has_read_and_no_other(visit, seat, tom, now):
    prepared = write_outline(seat=seat, text=OURS, by=tom, at=now)
    assert missing(visit, now) == ["changed"]
    assert confirm(visit, now, outline_version=prepared.outline_version).school_agreed_at == now


def test_a_new_outline_after_the_yes_waits_for_the_school_s_word(visit, seat, tom, teacher, now):
    confirm(visit, now)
    prepared = write_outline(seat=seat, text=OURS, by=tom, at=now)
    assert prepared.school_agreed_at is None
    letter = Letter.objects.filter(fact__endswith="outline_written").get()
    assert refused(agree_to_outline, visit=visit, version="", by=teacher, at=now) == ["changed"]
    for n in range(2):
        agree_to_outline(visit=visit, version=prepared.outline_version, by=teacher, at=now + n * MINUTE)
    assert Preparation.objects.get().school_agreed_at == now
    assert word_letter(letter, at=now, preview=True) is None


def test_an_outline_ends_with_whoever_wrote_it(visit, seat, tom, now):
    write_outline(seat=seat, text=OURS, by=tom, at=now)
    assert Preparation.objects.for_visit(visit).outline == OURS
    SeatEvent.objects.create(seat=seat, kind="take", status="taken", by=tom, at=now + MINUTE)
    assert Preparation.objects.for_visit(visit).outline == ""
    assert confirm(visit, now + MINUTE).outline == ""


def test_a_coordinator_writes_it_for_who_telephones(visit, seat, now):
    coordinator = make.staff(Role.COORDINATOR)
    write_outline(seat=seat, text=OURS, by=coordinator, at=now, on_behalf_of="Tom Okafor")
    assert visit.events.get().on_behalf_of == "Tom Okafor"


def test_nobody_else_does(visit, seat, tom, teacher, now):
    for stranger in (teacher, make.ambassador(cleared=True).user):
        assert refused(write_outline, seat=seat, text=OURS, by=stranger, at=now) == ["not_yours"]
    for stranger in (tom, make.contact().user):
        assert refused(agree_to_outline, visit=visit, version="", by=stranger, at=now) == ["not_for_school"]
    assert not Preparation.objects.exists()


def test_there_are_words_and_not_too_many(seat, tom, now):
    assert refused(write_outline, seat=seat, text=" ", by=tom, at=now) == ["no_words"]
    assert refused(write_outline, seat=seat, text="a" * 1001, by=tom, at=now) == ["too_long"]


@pytest.mark.parametrize("status", [VisitStatus.FINDING, VisitStatus.DELIVERED, VisitStatus.CANCELLED_BY_SCHOOL])
def test_not_before_everybody_is_found_and_not_afterwards(visit, seat, tom, teacher, now, status):
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert refused(write_outline, seat=seat, text=OURS, by=tom, at=now) == ["state"]
    assert refused(agree_to_outline, visit=visit, version="", by=teacher, at=now) == ["state"]


def test_the_database_keeps_an_outline_with_its_time(visit, now):
    for wrong in ({"outline": OURS}, {"outline_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.preparation(visit, **wrong)
