"""The pages on which people learn, as a browser meets them."""

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, Course, RequirementKind
from ambassadors.learning.papers import Paper
from ambassadors.models import QuizAnswer, QuizAttempt, Requirement
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
SLUG = Course.INDUCTION.value


@pytest.fixture
def learner(db):
    return make.ambassador(status=AmbassadorStatus.DRAFT)


def page(name: str, *arguments) -> str:
    return reverse(name, args=arguments)


def right_place(asked) -> str:
    return str(1 + asked.order.index(asked.question.right))


def test_an_address_says_what_it_is():
    assert [page("course", course) for course in Course] == [
        "/ambassador/courses/induction/",
        "/ambassador/courses/keeping-children-safe/",
    ]


def test_a_course_page_says_what_there_is_and_how_long_it_takes(learner):
    shown = client_of(learner.user).get(page("course", SLUG))
    assert "Start the first lesson" in shown.text
    assert "0 of 13" in shown.text
    assert "About 34 minutes left." in shown.text
    assert "The quiz has 15 questions; 12 right answers pass" in shown.text


def test_going_on_leads_to_the_first_lesson_not_read(learner):
    make.read_all(learner)
    learner.lessons_read.filter(lesson__in=["online", "claims"]).delete()
    shown = client_of(learner.user).get(page("course", SLUG))
    assert f'href="{page("lesson", SLUG, "online")}">Continue where you left off' in shown.text


def test_answering_a_lesson_s_question_marks_it_read_and_says_why(learner):
    client = client_of(learner.user)

    answer = client.post(page("lesson", SLUG, "never-alone"), {"choice": "1"})

    assert answer["Location"] == page("lesson", SLUG, "never-alone") + "?answer=1#answer"
    assert learner.lessons_read.get().lesson == "never-alone"
    shown = client.get(answer["Location"])
    assert "Staff stay in sight and hearing the whole time" in shown.text
    assert f'href="{page("lesson", SLUG, "telling")}">Next lesson' in shown.text


def test_looking_at_a_lesson_does_not_mark_it_read(learner):
    client_of(learner.user).get(page("lesson", SLUG, "role"))
    assert not learner.lessons_read.exists()


def test_a_lesson_s_question_without_an_answer_asks_for_one(learner):
    shown = client_of(learner.user).post(page("lesson", SLUG, "role"), {"csrf": ""})
    assert list(shown.context["form"].errors["choice"]) == ["Choose one of the answers."]
    assert not learner.lessons_read.exists()


@pytest.mark.parametrize("answer", ["0", "4", "x", "-1", "1" * 5000, "\x00", "1.0", "²"])
def test_an_answer_in_the_address_that_is_none_is_passed_over(learner, answer):
    shown = client_of(learner.user).get(page("lesson", SLUG, "role"), {"answer": answer})
    assert (shown.status_code, shown.context["chosen"]) == (200, None)


@pytest.mark.parametrize(
    "address",
    [
        "/ambassador/courses/alchemy/",
        "/ambassador/courses/induction/lessons/no-such/",
        "/ambassador/courses/alchemy/lessons/role/",
        "/ambassador/courses/induction/lessons/who/",
        "/ambassador/quizzes/1/1/",
        "/ambassador/quizzes/999999999999999999999/1/",
        "/ambassador/quizzes/1/result/",
    ],
)
def test_what_is_not_there_is_hidden(learner, address):
    assert client_of(learner.user).get(address).status_code == 404


def test_markdown_in_a_published_lesson_is_shown_as_our_own_markup(learner):
    text = make.course_text(title="Mine & <yours>").replace("Some words.", "<script>alert(1)</script> **so**", 1)
    make.edition(text=text)
    shown = client_of(learner.user).get(page("lesson", SLUG, "one"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <strong>so</strong>" in shown.text
    assert "<script>alert" not in shown.text
    assert "Mine &amp; &lt;yours&gt;" in shown.text


# --- the quiz


def test_the_quiz_waits_until_the_lessons_are_read(learner):
    client = client_of(learner.user)
    answer = client.post(page("start_quiz", SLUG), follow=True)
    assert answer.request["PATH_INFO"] == page("course", SLUG)
    assert "Read the lessons first: the quiz asks about all of them." in answer.text
    assert not QuizAttempt.objects.exists()


def test_a_quiz_is_not_begun_by_looking(learner):
    assert client_of(learner.user).get(page("start_quiz", SLUG)).status_code == 405


def test_answers_are_saved_as_they_are_given_and_one_goes_on_where_one_left_off(learner):
    make.read_all(learner)
    client = client_of(learner.user)
    client.post(page("start_quiz", SLUG))
    attempt = QuizAttempt.objects.get()
    assert client.post(page("quiz", attempt.pk, 1), {"choice": "2"})["Location"] == page("quiz", attempt.pk, 2)
    assert client.post(page("quiz", attempt.pk, 3), {"choice": "1"})["Location"] == page("quiz", attempt.pk, 4)

    elsewhere = client_of(learner.user)

    assert "Go on with the quiz" in elsewhere.get(page("course", SLUG)).text
    assert elsewhere.post(page("start_quiz", SLUG))["Location"] == page("quiz", attempt.pk, 2)
    assert elsewhere.get(page("quiz", attempt.pk, 1)).context["form"]["choice"].value() == "2"


def test_the_back_link_leads_to_the_question_before_and_its_answer_may_be_another(learner):
    attempt = make.quiz(learner)
    client = client_of(learner.user)
    client.post(page("quiz", attempt.pk, 1), {"choice": "1"})

    assert f'href="{page("quiz", attempt.pk, 1)}"' in client.get(page("quiz", attempt.pk, 2)).text
    client.post(page("quiz", attempt.pk, 1), {"choice": "3"})
    assert Paper(attempt).at(1).chosen_place == "3"


def test_no_answer_asks_for_one_and_saves_nothing(learner):
    attempt = make.quiz(learner)
    shown = client_of(learner.user).post(page("quiz", attempt.pk, 1), {"csrf": ""})
    assert list(shown.context["form"].errors["choice"]) == ["Choose one of the answers."]
    assert "<title>Error: " in shown.text


@pytest.mark.parametrize("choice", ["0", "5", "-1", "x" * 100_000, "1\x00", "<b>", "\u202e1"])
def test_an_answer_that_is_not_on_the_page_is_not_taken(learner, choice):
    attempt = make.quiz(learner)
    shown = client_of(learner.user).post(page("quiz", attempt.pk, 1), {"choice": choice})
    assert (shown.status_code, QuizAnswer.objects.count()) == (200, 0)
    assert "Choose one of the answers." in shown.text


def test_the_right_answer_is_nowhere_in_a_question_s_page(learner):
    attempt = make.quiz(learner)
    shown = client_of(learner.user).get(page("quiz", attempt.pk, 1))
    assert Paper(attempt).at(1).question.explanation[:40] not in shown.text


def test_after_the_last_answer_all_of_them_are_looked_over(learner):
    attempt = make.quiz(learner, answered=14)
    last = Paper(attempt).unanswered[0]
    client = client_of(learner.user)
    answer = client.post(page("quiz", attempt.pk, last.place), {"choice": "1"})
    assert answer["Location"] == page("check_quiz", attempt.pk)
    assert client.get(answer["Location"]).text.count(">Change<") == 15


def test_handing_in_with_a_question_open_leads_to_it(learner):
    attempt = make.quiz(learner, answered=14)
    place = Paper(attempt).unanswered[0].place
    answer = client_of(learner.user).post(page("finish_quiz", attempt.pk), follow=True)
    assert answer.request["PATH_INFO"] == page("quiz", attempt.pk, place)
    assert f"Question {place} has no answer yet." in answer.text


def test_a_pass_is_told_with_what_was_missed_and_what_happens_next(learner):
    attempt = make.quiz(learner, answered=15, wrong=2)
    client = client_of(learner.user)

    shown = client.post(page("finish_quiz", attempt.pk), follow=True)

    assert "You have passed" in shown.text
    assert "13 of 15 right" in shown.text
    assert "What happens next" in shown.text
    assert [lesson.slug for _question, lesson in shown.context["missed"]] == ["never-alone", "never-alone"]
    # What was missed is not kept: another device shows the score alone.
    assert client_of(learner.user).get(page("quiz_result", attempt.pk)).context["missed"] == []


def test_a_try_that_failed_says_what_to_read_again_on_any_device_and_not_the_right_answer(learner):
    attempt = make.quiz(learner, answered=15, wrong=5)
    client_of(learner.user).post(page("finish_quiz", attempt.pk))

    shown = client_of(learner.user).get(page("quiz_result", attempt.pk))

    assert "10 of 15 right" in shown.text
    assert "You need 12." in shown.text
    assert "Try again" in shown.text
    missed = [question for question, _lesson in shown.context["missed"]]
    assert len(missed) == 5
    assert [q.text for q in missed if q.explanation[:30] in shown.text] == []
    assert f'href="{page("lesson", SLUG, "telling")}"' in shown.text


def test_pressing_twice_hands_in_once(learner):
    attempt = make.quiz(learner, answered=15)
    client = client_of(learner.user)
    answers = [client.post(page("finish_quiz", attempt.pk))["Location"] for _ in range(2)]
    assert answers == [page("quiz_result", attempt.pk)] * 2
    assert Requirement.objects.filter(ambassador=learner, kind=RequirementKind.INDUCT).count() == 1


@pytest.mark.parametrize("name", ["quiz", "check_quiz", "finish_quiz"])
def test_coming_back_to_a_quiz_that_was_handed_in_leads_to_its_result(learner, name):
    attempt = make.failed_quiz(learner)
    arguments = (attempt.pk, 1) if name == "quiz" else (attempt.pk,)
    client = client_of(learner.user)
    send = client.post if name != "check_quiz" else client.get
    assert send(page(name, *arguments), {"choice": "1"})["Location"] == page("quiz_result", attempt.pk)


def test_the_result_of_a_quiz_under_way_is_its_next_question(learner):
    attempt = make.quiz(learner)
    assert client_of(learner.user).get(page("quiz_result", attempt.pk))["Location"] == page("quiz", attempt.pk, 1)


@pytest.mark.parametrize("name", ["quiz", "check_quiz", "finish_quiz", "quiz_result"])
def test_somebody_else_s_quiz_is_hidden_from_everyone(learner, name):
    attempt = make.quiz(learner, answered=15)
    arguments = (attempt.pk, 1) if name == "quiz" else (attempt.pk,)
    other = client_of(make.ambassador().user)
    for send in (other.get, other.post):
        assert send(page(name, *arguments), {"choice": "1"}).status_code in (404, 405)
    assert other.post(page(name, *arguments)).status_code == 404
    attempt.refresh_from_db()
    assert attempt.finished_at is None


def test_whoever_has_signed_out_signs_in_and_comes_back(learner):
    attempt = make.quiz(learner)
    client = client_of(learner.user)
    client.logout()
    answer = client.post(page("quiz", attempt.pk, 1), {"choice": "1"})
    assert answer["Location"].startswith("/account/login/?next=/ambassador/quizzes/")
    assert not QuizAnswer.objects.exists()


def test_a_quiz_whose_version_is_over_leads_back_to_the_course(learner, now):
    attempt = make.quiz(learner, answered=15)
    make.edition(retake_by=now.date().replace(year=2020))
    answer = client_of(learner.user).post(page("finish_quiz", attempt.pk), follow=True)
    assert answer.request["PATH_INFO"] == page("course", SLUG)
    assert "The course has changed since you began this quiz." in answer.text


def test_a_course_that_is_done_says_since_when_and_offers_its_lessons_to_look_up(learner):
    make.requirement(learner, kind=RequirementKind.INDUCT, recorded_by=make.user())
    shown = client_of(learner.user).get(page("course", SLUG))
    assert "You have done this course" in shown.text
    assert "It counts since Tuesday 1 September 2026." in shown.text
    assert "minutes left" not in shown.text


def test_a_person_s_page_leads_to_both_courses():
    person = make.ambassador()
    shown = client_of(person.user).get(page("join_as_ambassador"))
    assert all(f'href="{page("course", course)}"' in shown.text for course in Course)
