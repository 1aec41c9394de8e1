"""Writing to the other side of a visit, and the letters that tell of it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from bookings.enums import CancelReason, SeatStatus, Speaker, VisitStatus
from bookings.models import Message, SeatEvent, Visit
from bookings.operations.messages import write_message
from bookings.operations.visits import ask_for_someone_else, cancel_visit
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED)


@pytest.fixture
def tom(visit):
    return visit.seats.get().ambassador.user


@pytest.fixture
def teacher(visit):
    return visit.request.contact.user


def write(visit, by, at, text="Is there a projector?", slip: UUID | None = None) -> Message:
    return write_message(visit=visit, text=text, slip=slip or uuid4(), by=by, at=at)


def refusal(visit, by, at, text="Is there a projector?") -> list[str]:
    with pytest.raises(Refusal) as refused:
        write(visit, by, at, text)
    assert not Letter.objects.exists() or Message.objects.exists()
    return refused.value.codes


def letters_to(user) -> list[Letter]:
    return list(Letter.objects.filter(recipient=user).order_by("pk"))


def words_of(letter: Letter) -> str | None:
    worded = word_letter(letter, at=letter.due_at, preview=True)
    return worded.text if worded else None


def test_the_other_side_gets_it_by_letter_and_whoever_wrote_gets_none(visit, tom, teacher, now):
    message = write(visit, teacher, now)
    assert (message.side, message.text) == (Speaker.SCHOOL, "Is there a projector?")
    assert letters_to(teacher) == []
    [letter] = letters_to(tom)
    assert letter.due_at == now + 15 * MINUTE
    words = words_of(letter)
    assert "Is there a projector?" in words and "Tess Teacher, for the school" in words
    assert "A worry about a child is never written there." in words
    assert Entry.objects.filter(action="visit.write_message").count() == 1


def test_an_ambassador_s_goes_to_whoever_asked(visit, tom, teacher, now):
    write(visit, tom, now, "I bring a bridge.")
    assert letters_to(tom) == []
    assert "Tom Okafor, ambassador" in words_of(letters_to(teacher)[0])


def test_several_within_a_quarter_of_an_hour_make_one_letter_and_the_next_another(visit, tom, teacher, now):
    for minutes in (0, 5, 13):
        write(visit, teacher, now + minutes * MINUTE, f"After {minutes} minutes.")
    write(visit, teacher, now + 16 * MINUTE, "One more.")
    first, second = letters_to(tom)
    assert all(f"After {minutes} minutes." in words_of(first) for minutes in (0, 5, 13))
    assert "One more." not in words_of(first) and "One more." in words_of(second)
    assert "After 13" not in words_of(second)
    assert "3 messages about the visit" in word_letter(first, at=first.due_at, preview=True).subject


def test_what_comes_as_the_letter_leaves_waits_for_the_next(visit, tom, teacher, now):
    write(visit, teacher, now)
    write(visit, teacher, now + 14.5 * MINUTE, "Too late for the first.")
    assert ["Too late" in words_of(letter) for letter in letters_to(tom)] == [False, True]


def test_an_answer_within_the_quarter_is_told_to_the_other_side_at_the_same_time(visit, tom, teacher, now):
    write(visit, teacher, now, "Will you bring a bridge?")
    write(visit, tom, now + MINUTE, "I will.")
    [to_tom], [to_teacher] = letters_to(tom), letters_to(teacher)
    assert to_tom.due_at == to_teacher.due_at
    assert "I will." not in words_of(to_tom)
    assert "I will." in words_of(to_teacher) and "Will you bring" not in words_of(to_teacher)


def test_a_coordinator_writes_to_both_and_then_hears_their_answers(visit, tom, teacher, now):
    coordinator = make.staff(Role.COORDINATOR)
    write(visit, coordinator, now, "May I help?")
    assert len(letters_to(tom)) == len(letters_to(teacher)) == 1
    assert "A coordinator of the scheme" in words_of(letters_to(tom)[0])
    write(visit, tom, now + 20 * MINUTE, "Yes please.")
    assert "Yes please." in words_of(letters_to(coordinator)[0])


def test_a_colleague_who_has_written_hears_the_answer_until_they_leave(visit, tom, teacher, now):
    colleague = make.contact(school=visit.request.school)
    write(visit, colleague.user, now)
    write(visit, tom, now + 20 * MINUTE, "There is.")
    [letter] = letters_to(colleague.user)
    assert "There is." in words_of(letter) and len(letters_to(teacher)) == 1
    type(colleague).objects.filter(pk=colleague.pk).update(status="ended")
    assert words_of(letter) is None


def test_whoever_has_no_seat_any_more_reads_nothing(visit, tom, teacher, now):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.MATCHED)
    write(visit, teacher, now)
    visit.refresh_from_db()
    ask_for_someone_else(visit=visit, by=teacher, at=now + MINUTE, because="Somebody nearer")
    letter = letters_to(tom)[0]
    assert words_of(letter) is None
    send_due(at=letter.due_at)
    letter.refresh_from_db()
    assert letter.status == Letter.Status.NOT_NEEDED


def test_whoever_takes_the_place_reads_what_was_written_since(visit, tom, teacher, now):
    seat = visit.seats.get()
    write(visit, teacher, now, "Get well soon.")
    new = make.ambassador(name="Nia New", cleared=True)
    type(seat).objects.filter(pk=seat.pk).update(ambassador=new)
    SeatEvent.objects.create(seat=seat, kind="take", status=SeatStatus.TAKEN, by=new.user, at=now + MINUTE)
    write(visit, teacher, now + 2 * MINUTE, "Welcome!")
    [letter] = letters_to(new.user)
    assert "Welcome!" in words_of(letter) and "Get well" not in words_of(letter)
    assert words_of(letters_to(tom)[0]) is None


def test_who_comes_without_an_account_is_told_all_the_same(visit, teacher, now):
    person = make.ambassador(name="Una Noaccount", cleared=True)
    type(person).objects.filter(pk=person.pk).update(user=None, email="una@people.example")
    visit.seats.update(ambassador=person)
    write(visit, teacher, now)
    letter = Letter.objects.get(recipient=None)
    worded = word_letter(letter, at=letter.due_at, preview=True)
    assert worded is not None and worded.envelope.to_email == "una@people.example"
    assert "Read it all" not in worded.text


@pytest.mark.parametrize("status", [VisitStatus.MATCHED, VisitStatus.CONFIRMED])
def test_one_writes_once_somebody_is_found(visit, teacher, now, status):
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert write(visit, teacher, now).pk


@pytest.mark.parametrize(
    "status", [each for each in VisitStatus if each not in (VisitStatus.MATCHED, VisitStatus.CONFIRMED)]
)
def test_nobody_writes_before_or_afterwards(visit, teacher, now, status):
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert refusal(visit, teacher, now) == ["state"]


def test_nobody_writes_once_it_is_over(visit, teacher):
    assert refusal(visit, teacher, visit.ends_at) == ["state"]


def test_a_visit_that_was_called_off_is_read_and_not_written_to(visit, tom, teacher, now):
    write(visit, teacher, now)
    visit.refresh_from_db()
    cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=teacher, at=now)
    assert refusal(visit, tom, now) == ["state"]
    assert "Is there a projector?" in words_of(letters_to(tom)[0])


def test_strangers_do_not_write(visit, now):
    for stranger in (make.contact().user, make.ambassador(cleared=True).user, make.staff(Role.SAFEGUARDING_LEAD)):
        assert refusal(visit, stranger, now) == ["not_of_visit"]


def test_there_are_words_and_not_too_many(visit, teacher, now):
    assert refusal(visit, teacher, now, "  \n ") == ["no_words"]
    assert refusal(visit, teacher, now, "a" * 2001) == ["too_long"]
    assert write(visit, teacher, now, "a" * 2000).text == "a" * 2000


def test_the_same_slip_twice_is_one_message(visit, tom, teacher, now):
    slip = uuid4()
    first = write(visit, teacher, now, slip=slip)
    assert write(visit, teacher, now + MINUTE, "Again.", slip=slip) == first
    assert (Message.objects.count(), len(letters_to(tom))) == (1, 1)


def test_twenty_an_hour_and_then_one_waits(visit, teacher, now):
    for minute in range(20):
        write(visit, teacher, now + minute * MINUTE)
    assert refusal(visit, teacher, now + 59 * MINUTE) == ["too_many"]
    assert write(visit, teacher, now + 61 * MINUTE).pk


def test_a_message_is_never_changed_and_the_database_keeps_its_promises(visit, teacher, now):
    message = write(visit, teacher, now)
    with pytest.raises(TypeError):
        message.save()
    for wrong in ({"text": ""}, {"side": "pupil"}, {"slip": message.slip}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.message(visit, by=teacher, **wrong)
