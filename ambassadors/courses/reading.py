"""Reads a course from one Markdown text, or says line by line what is wrong with it.

# Title of the course
What it is about.

## Title of a lesson {its-name}
The lesson, in Markdown; "####" for a heading inside it.

### The question that ends the lesson?
- [ ] A wrong answer
- [x] The right answer
> Why it is right.

## Quiz

### A question? {name-of-the-lesson}
What happened before it is asked, if anything.
- [x] The right answer
…
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from ambassadors.courses.content import Choice, CourseText, Lesson, Question
from ambassadors.courses.rendering import may_link

LONGEST = 150_000
LONGEST_TITLE = 150
LONGEST_ANSWER = 300
LONGEST_NAME = 60
MOST_WORDS = 1000
MOST_WORDS_OF_A_REASON = 200
MOST_HEADINGS = 200
MOST_LESSONS = 40
FEWEST_QUESTIONS, MOST_QUESTIONS = 5, 40
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
NAMED = re.compile(r"(?P<title>.*?)\s*\{(?P<slug>[^{}]*)\}")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CHOICE = re.compile(r"[-*] \[(?P<mark>[ xX])\]\s+(?P<text>.*\S)\s*")
LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
# What steers a terminal, turns text round, or cannot be stored.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, and what to do about it."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(words)s") % {"line": self.line, "words": self.words}


class Faulty(Exception):
    """A text that is no course yet, with all that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("; ".join(f"{fault.line}: {fault.words}" for fault in self.faults))


@dataclass
class _Part:
    """A heading, and the lines under it until the next one that counts."""

    line: int
    level: int
    title: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(text for _line, text in self.lines).strip()


@lru_cache(maxsize=16)
def read_course(text: str) -> CourseText:
    """The course that this text is. Raises `Faulty` with every fault found."""
    return _Reader(text).read()


def faults_in(text: str) -> list[Fault]:
    """What is wrong with this text, line by line; nothing when it is a course."""
    try:
        _Reader(text).read()
    except Faulty as faulty:
        return faulty.faults
    return []


def plain_lines(text: str) -> str:
    """The same text with the line ends of this house: a browser sends another kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.text = plain_lines(text)
        self.faults: list[Fault] = []

    def fault(self, line: int, words: str) -> None:
        self.faults.append(Fault(line, words))

    def read(self) -> CourseText:
        if len(self.text) > LONGEST:
            words = _("This is longer than a course may be: at most %(most)d characters.") % {"most": LONGEST}
            raise Faulty([Fault(1, words)])
        self._look_at_lines()
        head, *parts = list(self._parts())
        if len(parts) > MOST_HEADINGS:
            words = _("There are more than %(most)d headings here. Leave some out.") % {"most": MOST_HEADINGS}
            raise Faulty([*self.faults, Fault(parts[MOST_HEADINGS].line, words)])
        if head.level != 1 or not head.title:
            self.fault(1, _("Begin with the title of the course, such as “# Induction”."))
        self._measure(head)
        self._count(head.line, head.text, MOST_WORDS)
        lessons, quiz = self._lessons(parts), self._quiz(parts, self._names(parts))
        if self.faults:
            raise Faulty(self.faults)
        return CourseText(head.title, head.text, tuple(lessons), tuple(quiz))

    def _look_at_lines(self) -> None:
        for number, line in enumerate(self.text.split("\n"), 1):
            if UNSEEN.search(line):
                self.fault(number, _("There is a character here that nobody sees. Type the line again."))
            if any(not may_link(address) for address in LINK.findall(line)):
                self.fault(number, _("A link leads to a web address (https://…), an e-mail address or a page of ours."))

    def _parts(self) -> Iterator[_Part]:
        """The text cut at its headings; the first part is the course's own, whatever it begins with."""
        part = _Part(1, 0, "")
        for number, line in enumerate(self.text.split("\n"), 1):
            match = HEADING.fullmatch(line)
            if match is None or len(match[1]) > 3:
                part.lines.append((number, line))
                continue
            if part.level or part.text:
                yield part
            part = _Part(number, len(match[1]), (match[2] or "").strip())
        yield part

    def _measure(self, part: _Part) -> None:
        if len(part.title) > LONGEST_TITLE:
            words = _("A heading has at most %(most)d characters.") % {"most": LONGEST_TITLE}
            self.fault(part.line, words)

    def _count(self, line: int, text: str, most: int) -> None:
        # A word is bounded too: thousands of signs in a row are no word that anybody reads.
        if len(text.split()) > most or len(text) > 10 * most:
            self.fault(
                line, _("There are more than %(most)d words under this heading. Say it in fewer.") % {"most": most}
            )

    def _names(self, parts: list[_Part]) -> set[str]:
        return {self._split(part)[1] for part in parts if part.level == 2 and not _is_quiz(part)}

    @staticmethod
    def _split(part: _Part) -> tuple[str, str]:
        match = NAMED.fullmatch(part.title)
        return (match["title"], match["slug"].strip()) if match else (part.title, "")

    def _lessons(self, parts: list[_Part]) -> list[Lesson]:
        found: list[Lesson] = []
        taken: set[str] = set()
        for number, part in enumerate(parts):
            if part.level == 1:
                self.fault(part.line, _("A course has one title: use “##” for a lesson."))
            if _is_quiz(part):
                break
            if part.level == 2:
                self._measure(part)
                found.append(self._lesson(part, self._under(parts, number), taken))
            elif part.level == 3 and not found:
                self.fault(part.line, _("This question stands before the first lesson. Move it to the end of one."))
        if not found:
            self.fault(1, _("There is no lesson yet: begin one with a line such as “## Your role {role}”."))
        if len(found) > MOST_LESSONS:
            self.fault(1, _("A course has at most %(most)d lessons.") % {"most": MOST_LESSONS})
        return found

    @staticmethod
    def _under(parts: list[_Part], number: int) -> list[_Part]:
        """The questions under this lesson, or under the quiz."""
        rest = parts[number + 1 :]
        end = next((place for place, part in enumerate(rest) if part.level < 3), len(rest))
        return rest[:end]

    def _lesson(self, part: _Part, questions: list[_Part], taken: set[str]) -> Lesson:
        title, slug = self._split(part)
        if not title:
            self.fault(part.line, _("Give the lesson a title."))
        if not NAME.fullmatch(slug) or len(slug) > LONGEST_NAME:
            words = _("End the title with a short name for the lesson in braces: small letters, digits, hyphens.")
            self.fault(part.line, words)
        elif slug in taken:
            self.fault(
                part.line, _("Another lesson is called {%(name)s}. Give this one its own name.") % {"name": slug}
            )
        taken.add(slug)
        if not part.text:
            self.fault(part.line, _("Write the lesson under its title."))
        self._count(part.line, part.text, MOST_WORDS)
        if len(questions) != 1:
            self.fault(part.line, _("End the lesson with one question, on a line that begins with “###”."))
            return Lesson(slug, title, part.text, Question("", (), ""))
        return Lesson(slug, title, part.text, self._question(questions[0], questions[0].title, slug))

    def _quiz(self, parts: list[_Part], names: set[str]) -> list[Question]:
        place = next((number for number, part in enumerate(parts) if _is_quiz(part)), None)
        if place is None:
            self.fault(1, _("There is no quiz yet: begin it with the line “## Quiz”, after the last lesson."))
            return []
        quiz, questions = parts[place], self._under(parts, place)
        if quiz.text:
            self.fault(quiz.line, _("Nothing stands between “## Quiz” and its first question."))
        after = parts[place + 1 + len(questions) :]
        if after:
            self.fault(after[0].line, _("The quiz comes last. Move this above the line “## Quiz”."))
        if not FEWEST_QUESTIONS <= len(questions) <= MOST_QUESTIONS:
            words = _("A quiz has %(fewest)d to %(most)d questions, each on a line that begins with “###”.")
            self.fault(quiz.line, words % {"fewest": FEWEST_QUESTIONS, "most": MOST_QUESTIONS})
        return [self._quiz_question(part, names) for part in questions]

    def _quiz_question(self, part: _Part, names: set[str]) -> Question:
        title, slug = self._split(part)
        if slug not in names or not slug:
            words = _("End the question with the name of the lesson in which its answer stands, such as {role}.")
            self.fault(part.line, words)
        return self._question(part, title, slug)

    def _question(self, part: _Part, title: str, lesson: str) -> Question:
        self._measure(part)
        if not title:
            self.fault(part.line, _("Write the question on the line that begins with “###”."))
        scenario, choices, why = self._answers(part)
        rights = sum(choice.is_right for choice in choices)
        if not FEWEST_ANSWERS <= len(choices) <= MOST_ANSWERS:
            words = _("Give %(fewest)d to %(most)d answers, each on a line that begins with “- [ ]”.")
            self.fault(part.line, words % {"fewest": FEWEST_ANSWERS, "most": MOST_ANSWERS})
        elif rights != 1:
            self.fault(part.line, _("Mark exactly one answer as right, with “- [x]”."))
        if len({choice.text.casefold() for choice in choices}) < len(choices):
            self.fault(part.line, _("Two answers say the same. Change one of them."))
        self._count(part.line, scenario + why, MOST_WORDS_OF_A_REASON)
        if not why:
            self.fault(part.line, _("Say why the answer is right, on a line that begins with “>”, after the answers."))
        return Question(title, tuple(choices), why, scenario, lesson)

    def _answers(self, part: _Part) -> tuple[str, list[Choice], str]:
        """What stands before the answers, the answers, and the reason after them."""
        before: list[str] = []
        choices: list[Choice] = []
        why: list[str] = []
        for number, line in part.lines:
            if match := CHOICE.fullmatch(line.strip()):
                choices.append(Choice(match["text"], match["mark"] != " "))
                if len(match["text"]) > LONGEST_ANSWER:
                    self.fault(number, _("An answer has at most %(most)d characters.") % {"most": LONGEST_ANSWER})
            elif line.lstrip().startswith(">") and choices:
                why.append(line.strip().removeprefix(">").strip())
            elif choices and line.strip():
                self.fault(number, _("After the answers come only lines that begin with “- [ ]” or “>”."))
            else:
                before.append(line)
        return "\n".join(before).strip(), choices, "\n".join(why).strip()


def _is_quiz(part: _Part) -> bool:
    return part.level == 2 and part.title.casefold() == "quiz"
