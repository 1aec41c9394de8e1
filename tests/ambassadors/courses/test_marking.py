"""Marking a quiz: whole numbers, and an order that a seed gives for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.courses.marking import is_pass, missed, needed_of, shuffled
from ambassadors.courses.reading import read_course
from tests import make

QUIZ = read_course(make.course_text(questions=10)).quiz


@pytest.mark.parametrize(
    ("correct", "total", "passes"),
    [
        (12, 15, True),
        (11, 15, False),
        (8, 10, True),
        (7, 10, False),
        (11, 13, True),
        (10, 13, False),
        (4, 5, True),
        (3, 5, False),
        (15, 15, True),
        (0, 15, False),
        (0, 0, False),
    ],
)
def test_eighty_per_cent_passes(correct, total, passes):
    assert is_pass(correct, total) is passes


@given(st.integers(1, 400), st.data())
def test_a_pass_is_at_least_four_fifths_in_whole_numbers(total, data):
    correct = data.draw(st.integers(0, total))
    assert is_pass(correct, total) is (5 * correct >= 4 * total)
    assert is_pass(correct, total) is (correct >= needed_of(total))


@given(st.integers(0, 40), st.integers(0, 2**31 - 1), st.text(max_size=20))
def test_a_shuffle_loses_nothing_and_is_the_same_again(count, seed, about):
    order = shuffled(count, seed, about)
    assert sorted(order) == list(range(count))
    assert order == shuffled(count, seed, about)


def test_an_order_survives_every_upgrade():
    # Attempts under way are asked in this order: a change of these numbers would mix up their answers.
    assert shuffled(6, 7, "questions") == [4, 1, 5, 0, 3, 2]


def test_two_seeds_ask_in_two_orders():
    assert len({tuple(shuffled(10, seed, "questions")) for seed in range(50)}) > 40


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 2)))
def test_the_score_is_never_above_the_questions_and_never_counts_what_was_not_answered(answers):
    wrong = missed(QUIZ, answers)
    assert len(QUIZ) - len(wrong) == sum(answers.get(number) == question.right for number, question in enumerate(QUIZ))
    assert 0 <= len(wrong) <= len(QUIZ)
    assert set(range(len(QUIZ))) - set(answers) <= set(wrong)


def test_an_answer_to_a_question_that_is_not_there_counts_for_nothing():
    assert missed(QUIZ, {99: 0}) == list(range(10))
