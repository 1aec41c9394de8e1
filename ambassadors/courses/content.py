"""A course as it is taught: lessons, each with a question to check oneself, and a quiz drawn from them."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from ambassadors.courses.rendering import render

WORDS_A_MINUTE = 200


def minutes_for(words: int) -> int:
    """How long these words take to read, in whole minutes and at least one."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    text: str
    is_right: bool


@dataclass(frozen=True)
class Question:
    """A question with its answers, one of which is right, and why."""

    text: str
    choices: tuple[Choice, ...]
    explanation: str
    # what happened, before the question is asked; may be empty
    scenario: str = ""
    # the lesson in which the answer stands
    lesson: str = ""

    @property
    def right(self) -> int:
        """The place of the right answer."""
        return next(place for place, choice in enumerate(self.choices) if choice.is_right)

    @property
    def why(self) -> SafeString:
        """The reason, as HTML."""
        return render(self.explanation)

    @property
    def situation(self) -> SafeString:
        """What happened before, as HTML; empty where nothing did."""
        return render(self.scenario)

    @property
    def words(self) -> int:
        """How much there is to read before it is answered."""
        return sum(len(text.split()) for text in (self.scenario, self.text, *(each.text for each in self.choices)))


@dataclass(frozen=True)
class Lesson:
    """One short lesson, by its name in the address, and the question at its end."""

    slug: str
    title: str
    body: str
    check: Question

    @property
    def html(self) -> SafeString:
        """The lesson, as HTML."""
        return render(self.body)

    @property
    def words(self) -> int:
        """How much there is to read, its question included."""
        return len(self.body.split()) + self.check.words

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return minutes_for(self.words)


@dataclass(frozen=True)
class CourseText:
    """One version of a course, read and found whole."""

    title: str
    introduction: str
    lessons: tuple[Lesson, ...]
    quiz: tuple[Question, ...]

    @property
    def about(self) -> SafeString:
        """The introduction, as HTML."""
        return render(self.introduction)

    @property
    def quiz_minutes(self) -> int:
        """How long the quiz takes: half of it is thinking."""
        return minutes_for(2 * sum(question.words for question in self.quiz))

    @property
    def minutes(self) -> int:
        """How long the whole course takes."""
        return sum(lesson.minutes for lesson in self.lessons) + self.quiz_minutes

    def lesson(self, slug: str) -> Lesson | None:
        """The lesson of this name, if there is one."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)

    def place_of(self, slug: str) -> int:
        """Where the lesson of this name stands, from 1."""
        return 1 + [lesson.slug for lesson in self.lessons].index(slug)
