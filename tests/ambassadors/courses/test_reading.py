"""How a course is read from its text, and what is said of a text that is none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.courses import shipped_text
from ambassadors.courses.reading import LONGEST, Faulty, faults_in, read_course
from ambassadors.enums import Course
from tests import make

SMALL = make.course_text()


def said(text: str) -> list[str]:
    return [str(fault) for fault in faults_in(text)]


def without(line: str) -> str:
    assert line in SMALL
    return SMALL.replace(line, "", 1)


def test_a_small_course_is_read():
    course = read_course(SMALL)

    assert (course.title, course.introduction) == ("Small course", "About something.")
    assert [(lesson.slug, lesson.title, lesson.body) for lesson in course.lessons] == [
        ("one", "Lesson one", "Some words."),
        ("two", "Lesson two", "Some words."),
    ]
    check = course.lessons[0].check
    assert (check.text, [choice.text for choice in check.choices], check.right, check.explanation) == (
        "Is one so?",
        ["Right", "Wrong", "Neither"],
        0,
        "Because it is.",
    )
    assert [(question.text, question.lesson) for question in course.quiz] == [
        ("Question 0?", "one"),
        ("Question 1?", "two"),
        ("Question 2?", "one"),
        ("Question 3?", "two"),
        ("Question 4?", "one"),
    ]


def test_what_stands_before_the_answers_is_what_happened():
    text = SMALL.replace("### Question 0? {one}\n", "### Question 0? {one}\nIt rained.\n\nA bell rang.\n")
    assert read_course(text).quiz[0].scenario == "It rained.\n\nA bell rang."


def test_a_browser_s_line_ends_make_no_other_course():
    assert read_course(SMALL.replace("\n", "\r\n")) == read_course(SMALL)


def test_a_heading_inside_a_lesson_is_the_lesson_s_own():
    text = SMALL.replace("Some words.", "Some words.\n\n#### More\n\nAnd more.", 1)
    assert read_course(text).lessons[0].body == "Some words.\n\n#### More\n\nAnd more."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1: Begin with the title of the course, such as “# Induction”."),
        (without("# Small course"), "Line 1: Begin with the title of the course, such as “# Induction”."),
        (
            "# Title\n",
            "Line 1: There is no lesson yet: begin one with a line such as “## Your role {role}”.",
        ),
        (
            SMALL[: SMALL.index("## Quiz")],
            "Line 1: There is no quiz yet: begin it with the line “## Quiz”, after the last lesson.",
        ),
        (
            without(" {one}"),
            "Line 5: End the title with a short name for the lesson in braces: small letters, digits, hyphens.",
        ),
        (
            SMALL.replace("{one}", "{One!}"),
            "Line 5: End the title with a short name for the lesson in braces: small letters, digits, hyphens.",
        ),
        (
            SMALL.replace("Lesson two {two}", "Lesson two {one}"),
            "Line 15: Another lesson is called {one}. Give this one its own name.",
        ),
        (without("Some words."), "Line 5: Write the lesson under its title."),
        (without("### Is one so?"), "Line 5: End the lesson with one question, on a line that begins with “###”."),
        (without("- [x] Right"), "Line 9: Mark exactly one answer as right, with “- [x]”."),
        (SMALL.replace("[ ] Wrong", "[x] Wrong", 1), "Line 9: Mark exactly one answer as right, with “- [x]”."),
        (SMALL.replace("Wrong", "right", 1), "Line 9: Two answers say the same. Change one of them."),
        (
            without("> Because it is."),
            "Line 9: Say why the answer is right, on a line that begins with “>”, after the answers.",
        ),
        (
            SMALL.replace("> Because", "And so on\n> Because", 1),
            "Line 13: After the answers come only lines that begin with “- [ ]” or “>”.",
        ),
        (
            SMALL.replace("### Question 1? {two}", "### Question 1? {three}"),
            "Line 33: End the question with the name of the lesson in which its answer stands, such as {role}.",
        ),
        (
            SMALL.replace("## Quiz\n", "## Quiz\nSo:\n"),
            "Line 25: Nothing stands between “## Quiz” and its first question.",
        ),
        (
            SMALL + "\n## Afterwards {after}\n\nWords.\n",
            "Line 57: The quiz comes last. Move this above the line “## Quiz”.",
        ),
        (
            make.course_text(questions=4),
            "Line 25: A quiz has 5 to 40 questions, each on a line that begins with “###”.",
        ),
        (
            SMALL.replace("- [ ] Neither\n", "", 1).replace("- [ ] Wrong\n", "", 1),
            "Line 9: Give 2 to 4 answers, each on a line that begins with “- [ ]”.",
        ),
        (
            SMALL.replace("Some words.", "See [this](javascript:alert(1)).", 1),
            "Line 7: A link leads to a web address (https://…), an e-mail address or a page of ours.",
        ),
        (
            SMALL.replace("Some words.", "Some\u202ewords.", 1),
            "Line 7: There is a character here that nobody sees. Type the line again.",
        ),
        (
            SMALL.replace("Some words.", "Some\x00words.", 1),
            "Line 7: There is a character here that nobody sees. Type the line again.",
        ),
        (
            SMALL.replace("Some words.", "word " * 1001, 1),
            "Line 5: There are more than 1000 words under this heading. Say it in fewer.",
        ),
        (
            SMALL.replace("Some words.", "*" * 10_001, 1),
            "Line 5: There are more than 1000 words under this heading. Say it in fewer.",
        ),
        (
            SMALL.replace("Because", "because " * 201, 1),
            "Line 9: There are more than 200 words under this heading. Say it in fewer.",
        ),
        (SMALL + "# x\n" * 200, "Line 246: There are more than 200 headings here. Leave some out."),
        (SMALL.replace("Right", "x" * 301, 1), "Line 10: An answer has at most 300 characters."),
        (SMALL.replace("# Small course", "# " + "x" * 151), "Line 1: A heading has at most 150 characters."),
        (SMALL.replace("## Lesson two", "# Lesson two"), "Line 15: A course has one title: use “##” for a lesson."),
        ("x" * (LONGEST + 1), f"Line 1: This is longer than a course may be: at most {LONGEST} characters."),
    ],
)
def test_each_fault_is_named_with_its_line(text, sentence):
    assert sentence in said(text)


def test_all_faults_are_named_at_once_in_the_order_of_their_lines():
    text = without(" {one}").replace("> Because it is.\n", "", 1)
    assert [fault.line for fault in faults_in(text)] == sorted(fault.line for fault in faults_in(text))
    assert len(said(text)) >= 2


def test_a_faulty_text_is_no_course():
    with pytest.raises(Faulty) as faulty:
        read_course("# Title\n")
    assert [fault.line for fault in faulty.value.faults] == [1, 1]


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_or_named(typed):
    faults = faults_in(typed)
    assert faults, "no text so short is a course"
    assert all(1 <= fault.line <= typed.count("\n") + typed.count("\r") + 1 for fault in faults)


@given(st.data())
def test_a_course_with_lines_lost_is_read_or_named(data):
    lines = SMALL.split("\n")
    kept = [line for line in lines if data.draw(st.booleans()) or data.draw(st.booleans())]
    text = "\n".join(kept)
    if not faults_in(text):
        assert len(read_course(text).quiz) >= 5


@pytest.mark.parametrize(
    "text",
    ["#" * LONGEST, "- [ ] x\n" * (LONGEST // 8), "## a {a}\n" * (LONGEST // 10), "[" * LONGEST, "](" * (LONGEST // 2)],
    ids=["hashes", "answers", "lessons", "brackets", "links"],
)
def test_a_hostile_text_is_answered_soon(text):
    began = time.process_time()
    assert faults_in(text) != []
    assert time.process_time() - began < 5


def test_reading_a_course_again_costs_nothing():
    assert read_course(shipped_text(Course.INDUCTION)) is read_course(shipped_text(Course.INDUCTION))
