"""What was written on a form is read by a person first, who passes it on to the other side, or does not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quality.enums import FeedbackSide, FeedbackStatus
from quality.models import Feedback
from quality.operations.sharing import share_words, take_back_words
from quality.queries import words_of_ambassadors, words_of_schools
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.letters.hours import from_by_day
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

FORTNIGHT = timedelta(days=14)
TEACHER = {**make.TEACHER_SAYS, "T12": "They held their breath. Sam Small too.", "T13": "A bigger room"}
AMBASSADOR = {**make.AMBASSADOR_SAYS, "A10": "A longer lesson"}


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def told() -> Feedback:
    """What a teacher wrote; the ambassador has said nothing yet."""
    form = make.feedback(answers=TEACHER)
    make.feedback(visit=form.visit, side=FeedbackSide.AMBASSADOR)
    return form


def person_of(form: Feedback):
    return form.visit.seats.get().ambassador.user


def read_by_person(form: Feedback, at) -> list[tuple[str, str]]:
    shared = words_of_schools(person_of(form), at=at)
    return [(words.code, words.answer) for each in shared for words in each.words]


def share(form: Feedback, by, at=make.AFTER, **words: str) -> None:
    share_words(feedback=form, words=words or {"T12": "They held their breath."}, by=by, at=at)


def test_nobody_of_the_other_side_reads_a_word_before_somebody_has_passed_it_on(told):
    assert read_by_person(told, make.AFTER + 2 * FORTNIGHT) == []


def test_what_was_passed_on_is_read_after_a_fortnight_and_it_is_a_reading(told, cora):
    share(told, cora)

    over = told.visit.ends_at + FORTNIGHT
    assert read_by_person(told, over - timedelta(seconds=1)) == []
    assert read_by_person(told, over) == [("T12", "They held their breath.")]
    told.refresh_from_db()
    assert (told.status, told.answers) == (FeedbackStatus.READ, TEACHER)
    assert [(event.kind, event.by) for event in told.events.all()] == [("share", cora)]


def test_once_both_forms_are_in_it_is_read_at_once(cora):
    teacher = make.feedback(answers=TEACHER)
    ambassador = make.feedback(visit=teacher.visit, side=FeedbackSide.AMBASSADOR, answers=AMBASSADOR)
    share(teacher, cora)
    share_words(feedback=ambassador, words={"A10": "A longer lesson"}, by=cora, at=make.AFTER)

    assert read_by_person(teacher, make.AFTER) == [("T12", "They held their breath.")]
    school = teacher.visit.request.contact.user
    [shared] = words_of_ambassadors(school, at=make.AFTER)
    assert [words.answer for words in shared.words] == ["A longer lesson"]


def test_the_other_side_is_written_to_once_when_it_may_know_and_reads_no_word_in_the_letter(told, cora, outbox):
    share(told, cora)
    share(told, cora, T12="They held their breath. Twice.")
    assert Letter.objects.count() == 1

    send_due(at=from_by_day(make.AFTER + timedelta(days=1)))
    assert outbox == []
    send_due(at=from_by_day(told.visit.ends_at + FORTNIGHT))

    [message] = outbox
    assert person_of(told).email in message.to[0]
    assert "breath" not in message.body and reverse("words_of_schools") in message.body
    assert read_by_person(told, told.visit.ends_at + FORTNIGHT) == [("T12", "They held their breath. Twice.")]


def test_what_is_taken_back_nobody_reads_and_a_letter_that_waits_falls_silent(told, cora, outbox):
    share(told, cora)
    take_back_words(feedback=told, by=cora, at=make.AFTER)
    take_back_words(feedback=told, by=cora, at=make.AFTER)

    send_due(at=from_by_day(told.visit.ends_at + FORTNIGHT))

    assert (outbox, read_by_person(told, make.AFTER + FORTNIGHT)) == ([], [])
    assert [event.kind for event in told.events.all()] == ["share", "take_back"]


@pytest.mark.parametrize("words", [{}, {"T12": "  "}, {"T9": "5"}, {"T12": "Well", "T14": "no"}])
def test_nothing_but_words_is_passed_on(words, told, cora):
    with pytest.raises(Refusal) as refusal:
        share_words(feedback=told, words=words, by=cora, at=make.AFTER)
    told.refresh_from_db()
    assert (refusal.value.codes, told.shared_words, told.status) == (["no_words"], {}, FeedbackStatus.SUBMITTED)


def test_what_has_not_come_in_is_not_passed_on_and_nobody_elsewhere_does_it(told, cora):
    waiting = Feedback.objects.get(side=FeedbackSide.AMBASSADOR)
    far_away = Region.objects.create(name="Far", slug="far", nation="england")
    elsewhere = make.staff(Role.COORDINATOR, regions=(far_away,))

    def take_back(form: Feedback, by) -> None:
        take_back_words(feedback=form, by=by, at=make.AFTER)

    for act in (share, take_back):
        for form, by, code in (
            (waiting, cora, "state"),
            (told, elsewhere, "not_quality"),
            (told, person_of(told), "not_quality"),
        ):
            with pytest.raises(Refusal) as refusal:
                act(form, by)
            assert refusal.value.codes == [code]


def test_whoever_only_watched_reads_nothing_of_it(told, cora):
    watcher = make.watched(told.visit).ambassador
    share(told, cora)
    assert words_of_schools(watcher.user, at=make.AFTER + 2 * FORTNIGHT) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_words_costs_the_same_however_many_there_are(rows, cora, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(timezone, "now", lambda: make.AFTER + FORTNIGHT)
    person = make.ambassador(cleared=True)
    for number in range(rows):
        time = tuple(moment - timedelta(weeks=number) for moment in make.FIRST_TIME)
        form = make.feedback(visit=make.visit(ambassador=person, status="delivered", time=time), answers=TEACHER)
        share(form, cora)
    client = client_of(person.user)
    client.get(reverse("words_of_schools"))
    with django_assert_num_queries(5):
        page = client.get(reverse("words_of_schools"))
    assert page.text.count("They held their breath.") == rows
