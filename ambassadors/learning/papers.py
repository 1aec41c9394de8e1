"""A quiz as one person is asked it: the questions and answers of one version, in the order of one attempt."""

from dataclasses import dataclass
from functools import cached_property

from ambassadors.courses.content import CourseText, Question
from ambassadors.courses.marking import missed, shuffled
from ambassadors.enums import Course
from ambassadors.learning.editions import edition_numbered
from ambassadors.models import QuizAttempt


@dataclass(frozen=True)
class Asked:
    """One question in its place, with its answers in theirs; all places count from 1."""

    place: int
    number: int
    question: Question
    order: tuple[int, ...]
    chosen: int | None = None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The answers as a form shows them. Their places tell nothing of the order in which they were written."""
        return [(str(place), self.question.choices[number].text) for place, number in enumerate(self.order, 1)]

    @property
    def chosen_place(self) -> str:
        """Which of them has been chosen so far, or nothing."""
        return "" if self.chosen is None else str(1 + self.order.index(self.chosen))

    @property
    def chosen_text(self) -> str:
        """What has been chosen so far, or nothing."""
        return "" if self.chosen is None else self.question.choices[self.chosen].text


class Paper:
    """The questions of an attempt and what has been answered."""

    def __init__(self, attempt: QuizAttempt) -> None:
        self.attempt = attempt
        edition = edition_numbered(Course(attempt.course), attempt.edition)
        assert edition is not None, "versions are kept for ever"
        self.content: CourseText = edition.content
        self.answers: dict[int, int] = dict(attempt.answers.values_list("question", "choice"))

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.content.quiz)

    @cached_property
    def questions(self) -> list[Asked]:
        """All of them, in the order of this attempt."""
        order = shuffled(self.total, self.attempt.seed, "questions")
        return [self._asked(place, number) for place, number in enumerate(order, 1)]

    def _asked(self, place: int, number: int) -> Asked:
        question = self.content.quiz[number]
        order = shuffled(len(question.choices), self.attempt.seed, f"answers to {number}")
        chosen = self.answers.get(number)
        return Asked(place, number, question, tuple(order), chosen)

    def at(self, place: int) -> Asked | None:
        """The question in this place, if there is one."""
        return self.questions[place - 1] if 1 <= place <= self.total else None

    @property
    def unanswered(self) -> list[Asked]:
        """Those that still wait for an answer."""
        return [asked for asked in self.questions if asked.chosen is None]

    @property
    def missed(self) -> list[int]:
        """The numbers of the questions answered wrongly or not at all."""
        return missed(self.content.quiz, self.answers)

    def numbered(self, numbers: list[int]) -> list[Question]:
        """The questions with these numbers."""
        return [self.content.quiz[number] for number in numbers if 0 <= number < self.total]
