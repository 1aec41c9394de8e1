"""What the shipped courses say: whole, short, and on every subject that the rules name."""

import re
from hashlib import sha256

import pytest

from ambassadors.courses import shipped_text
from ambassadors.courses.content import minutes_for
from ambassadors.courses.reading import faults_in, read_course
from ambassadors.enums import Course

# People may have learnt from these words: a change is a new version, and not another first one.
FROZEN = {
    Course.INDUCTION: "4dde6f6f269f3f9cca3f08d5f4226ea9b2fd2a81732b1d1ef4f3475d11f5dfa7",
    Course.KEEPING_CHILDREN_SAFE: "0cbc67acbd80ccf979e70e14931c72c61437258ac569ebbb4226cba9b9c06e97",
}
# Each subject of the induction (rule V-52), its lesson, and words that a lesson on it cannot do without.
SUBJECTS = [
    ("role and limits", "role", "not the teacher"),
    ("never alone", "never-alone", "never alone"),
    ("disclosure by a child", "telling", "safeguarding lead"),
    ("online safety", "online", "school hosts"),
    ("impartiality", "impartial", "impartial"),
    ("routes and technical pathways", "routes", "apprenticeship"),
    ("stereotypes and language", "stereotypes", "role model"),
    ("pitching by age", "age", "primary school"),
    ("persevering", "persevering", "stuck"),
    ("claims about jobs and pay", "claims", "its source and its date"),
    ("reflection time", "reflection", "time to reflect"),
    ("expenses", "expenses", "sixty days"),
    ("what feedback is used for", "feedback", "What it is used for"),
]


def questions(course: Course):
    content = read_course(shipped_text(course))
    return [*(lesson.check for lesson in content.lessons), *content.quiz]


@pytest.mark.parametrize("course", Course)
def test_a_shipped_course_is_whole(course):
    assert faults_in(shipped_text(course)) == []


@pytest.mark.parametrize("course", Course)
def test_a_shipped_course_is_frozen(course):
    assert sha256(shipped_text(course).encode()).hexdigest() == FROZEN[course]


@pytest.mark.parametrize(("subject", "slug", "words"), SUBJECTS)
def test_every_subject_of_the_induction_has_its_lesson(subject, slug, words):
    lesson = read_course(shipped_text(Course.INDUCTION)).lesson(slug)
    assert lesson is not None, subject
    assert words in lesson.body


def test_the_induction_has_no_lesson_beside_its_subjects():
    content = read_course(shipped_text(Course.INDUCTION))
    assert [lesson.slug for lesson in content.lessons] == [slug for _subject, slug, _words in SUBJECTS]


@pytest.mark.parametrize("course", Course)
def test_a_lesson_takes_two_to_three_minutes(course):
    content = read_course(shipped_text(course))
    assert {lesson.slug: lesson.words for lesson in content.lessons if not (350 <= lesson.words <= 600)} == {}
    assert {lesson.minutes for lesson in content.lessons} <= {2, 3}


@pytest.mark.parametrize("course", Course)
def test_a_quiz_has_ten_to_fifteen_questions_with_three_or_four_answers_each(course):
    quiz = read_course(shipped_text(course)).quiz
    assert 10 <= len(quiz) <= 15
    assert {len(question.choices) for question in quiz} <= {3, 4}
    assert sum(bool(question.scenario) for question in quiz) >= 3


@pytest.mark.parametrize("course", Course)
def test_every_question_says_why_in_whole_sentences(course):
    assert [q.text for q in questions(course) if not (q.explanation.endswith(".") and len(q.explanation) > 40)] == []


@pytest.mark.parametrize("course", Course)
def test_no_two_questions_are_asked_in_the_same_words(course):
    asked = [question.text for question in questions(course)]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("course", Course)
def test_the_right_answer_is_not_always_the_longest(course):
    longest = [q.right == max(range(len(q.choices)), key=lambda n: len(q.choices[n].text)) for q in questions(course)]
    assert not all(longest)


@pytest.mark.parametrize("course", Course)
def test_quotes_are_those_that_people_read(course):
    assert re.findall(r"[\"']", shipped_text(course)) == []


@pytest.mark.parametrize("course", Course)
def test_no_markup_is_left_standing_in_a_lesson(course):
    shown = " ".join(str(lesson.html) for lesson in read_course(shipped_text(course)).lessons)
    assert re.findall(r"\*\*|\]\(|####|\| \|", shown) == []


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (299, 1), (300, 2), (400, 2), (499, 2), (500, 3)])
def test_minutes_are_reckoned_at_two_hundred_words(words, minutes):
    assert minutes_for(words) == minutes
