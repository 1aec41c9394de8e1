"""Somebody on a train takes the whole induction on a telephone, failing once, with JavaScript and without."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, Course, RequirementKind
from ambassadors.learning.editions import edition_in_force
from ambassadors.models import QuizAttempt
from ambassadors.operations.retaking import call_learners_back
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, axe_violations, overflow, picture, small_targets
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, has_an_authenticator, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COURSE = Course.INDUCTION


def looks_right(person: Person, name: str) -> None:
    """Nothing that axe objects to, nothing off the side, nothing too small to touch."""
    picture(person.window, f"learning-{name}")
    assert axe_violations(person.window) == []
    assert overflow(person.window) == 0
    assert small_targets(person.window) == []


def reads_the_lessons(person: Person) -> None:
    """From the course's page to its last lesson, and back."""
    lessons = edition_in_force(COURSE).content.lessons
    for number, lesson in enumerate(lessons):
        person.sees(lesson.title, f"{number + 1} of {len(lessons)}").chooses(choice="1").presses("Check my answer")
        person.sees("Right" if person.window.locator(".banner-success").count() else "Not quite")
        if number == 0:
            looks_right(person, "answered")
        person.presses("Next lesson" if number + 1 < len(lessons) else "On to the quiz")


def answers_the_quiz(person: Person, *, rightly: bool) -> None:
    """Question by question, to the page on which all of them are looked over."""
    right = {question.text: question.choices[question.right].text for question in edition_in_force(COURSE).content.quiz}
    while "/check/" not in person.window.url:
        asked = person.window.locator("legend").inner_text().strip()
        choices = person.window.locator(".choice label")
        texts = [text.strip() for text in choices.all_inner_texts()]
        place = texts.index(right[asked])
        choices.nth(place if rightly else (place + 1) % len(texts)).click()
        person.presses("Save and continue")


@pytest.mark.parametrize("java_script", WITH_AND_WITHOUT_SCRIPTS)
def test_somebody_on_a_train_takes_the_induction(browser_page, java_script):
    ada = make.ambassador(status=AmbassadorStatus.DRAFT, name="Ada Engineer")
    phone = browser_page(viewport=PHONE, java_script_enabled=java_script)
    person = signs_in(phone, ada.user).opens(reverse("course", args=[COURSE])).sees("0 of 13")
    if java_script:
        looks_right(person, "course")
    person.presses("Start the first lesson")
    if java_script:
        looks_right(person, "lesson")
    _reads(person, java_script)

    person.sees("13 of 13").presses("Take the quiz").presses("Save and continue")
    person.sees("Choose one of the answers.")
    answers_the_quiz(person, rightly=False)
    person.sees("Look over your answers").presses("Hand in my answers")
    person.sees("Not passed yet", "0 of 15 right", "You need 12.")
    if java_script:
        looks_right(person, "failed")

    # The train arrives; the rest is done at home, on another device.
    laptop = signs_in(browser_page(java_script_enabled=java_script), ada.user)
    laptop.opens(reverse("course", args=[COURSE])).presses("Take the quiz")
    answers_the_quiz(laptop, rightly=True)
    laptop.presses("Hand in my answers").sees("You have passed", "15 of 15 right")
    assert [row.kind for row in ada.requirements.all()] == [RequirementKind.INDUCT]
    person.opens(reverse("course", args=[COURSE])).sees("You have done this course")
    if java_script:
        looks_right(laptop, "passed")


def _reads(person: Person, java_script: bool) -> None:
    """Lesson by lesson; axe looks on only where there is JavaScript for it."""
    if java_script:
        reads_the_lessons(person)
        return
    for number in range(13):
        person.chooses(choice="2").presses("Check my answer")
        person.presses("Next lesson" if number < 12 else "On to the quiz")


def test_the_back_button_changes_an_answer_and_loses_none(browser_page):
    ada = make.ambassador()
    make.read_all(ada)
    person = signs_in(browser_page(viewport=PHONE), ada.user).opens(reverse("course", args=[COURSE]))
    person.presses("Take the quiz").chooses(choice="1").presses("Save and continue").chooses(choice="2")
    person.presses("Save and continue").sees("Question 3")

    person.window.go_back()
    person.window.go_back()
    person.sees("Question 1").chooses(choice="3").presses("Save and continue")

    attempt = QuizAttempt.objects.get()
    assert attempt.answers.count() == 2
    person.opens(reverse("quiz", args=[attempt.pk, 1]))
    assert person.window.locator("input[value='3']").is_checked()


def test_an_administrator_rewords_a_course_and_calls_everyone_back(browser_page):
    ada = make.ambassador(cleared=True)
    held = ada.requirements.get(kind=RequirementKind.INDUCT)
    make.passed_quiz(ada, held)
    alex = signs_in(browser_page(), has_an_authenticator(make.staff(Role.ADMINISTRATOR)))

    alex.opens(reverse("courses")).presses("Induction").presses("Write the next version")
    text = edition_in_force(COURSE).text
    alex.fills_in(text=text.replace("- [x]", "- [ ]", 1)).presses("Save the draft").sees("Line 29: Mark exactly one")
    looks_right(alex, "faults")
    alex.fills_in(text=text.replace("You are a guest", "You are a welcome guest", 1)).presses("Save the draft")
    alex.presses("Preview").presses("Your role, and where it ends").sees("You are a welcome guest")
    alex.opens(reverse("publish_course", args=[COURSE])).sees("Changed lessons", "Your role, and where it ends")
    alex.fills_in(note="Your role, more warmly.").chooses(change="major")
    day = timezone.localdate() + timedelta(days=60)
    alex.fills_in(retake_by_0=str(day.day), retake_by_1=str(day.month), retake_by_2=str(day.year)).presses("Publish")
    alex.sees("Published. Whoever passed an earlier version gets a letter within the hour.", "Your role, more warmly.")
    looks_right(alex, "versions")

    assert call_learners_back(at=timezone.now()) == 1
    person = signs_in(browser_page(viewport=PHONE), ada.user).opens(reverse("course", args=[COURSE]))
    person.sees("Time to take this course again", "Your role, more warmly.", "Start the first lesson")
    looks_right(person, "again")
