"""The tasks of joining as such: what each is called, where it is done, about how long it takes, and by which facts.

A new task is a line here and a judge of the facts (rule F-05).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import Course, OfferingKind, Party, RequirementKind
from ambassadors.facts import Facts
from stem.curriculum import Words

REFEREES_NEEDED = 2


@dataclass(frozen=True)
class State:
    """How a task stands, and whose turn it is."""

    words: Words
    tone: str
    is_done: bool = False
    is_mine: bool = False


TO_DO = State(lazy("To do"), "neutral", is_mine=True)
BEGUN = State(lazy("Begun"), "waiting", is_mine=True)
OPTIONAL = State(lazy("If you like"), "neutral")
DONE = State(lazy("Done"), "good", is_done=True)
WITH_US = State(lazy("With us"), "waiting")
WITH_YOU = State(lazy("Waits for you"), "waiting", is_mine=True)
WITH_REFEREES = State(lazy("With your referees"), "waiting")


Judge = Callable[[Facts], State]


@dataclass(frozen=True)
class Kind:
    """A task as such: its name, the page where it is done, about how many minutes it takes, and when it is done."""

    code: str
    title: Words
    hint: Words
    page: str
    judge: Judge
    minutes: int = 1
    argument: str = ""

    @property
    def address(self) -> str:
        """Where the page is."""
        return reverse(self.page, args=[self.argument] if self.argument else None)


def _done_if(done: bool) -> State:
    return DONE if done else TO_DO


def _about(facts: Facts) -> State:
    return _done_if(facts.is_named)


def _work(facts: Facts) -> State:
    return _done_if(facts.has_work)


def _offers(kind: OfferingKind) -> Judge:
    return lambda facts: _done_if(kind.value in facts.offered)


def _languages(facts: Facts) -> State:
    return DONE if OfferingKind.LANGUAGE.value in facts.offered else OPTIONAL


def _reach(facts: Facts) -> State:
    return _done_if(facts.has_place)


def _time(facts: Facts) -> State:
    return DONE if facts.has_time else OPTIONAL


def _photo(facts: Facts) -> State:
    return _done_if(facts.has_photo)


def _fulfilled(kind: RequirementKind) -> Judge:
    return lambda facts: _done_if(facts.has(kind))


def _conduct(facts: Facts) -> State:
    if facts.has(RequirementKind.CODE):
        return DONE
    return BEGUN if facts.clauses else TO_DO


def _learnt(course: Course) -> Judge:
    def judge(facts: Facts) -> State:
        if facts.has(course.requirement):
            return DONE
        return BEGUN if course.value in facts.courses_begun else TO_DO

    return judge


def _referees(facts: Facts) -> State:
    if facts.has(RequirementKind.REF):
        return DONE
    if facts.referees < REFEREES_NEEDED:
        return BEGUN if facts.referees else TO_DO
    return WITH_US if facts.referees_answered >= REFEREES_NEEDED else WITH_REFEREES


def _identity(facts: Facts) -> State:
    if facts.has(RequirementKind.ID):
        return DONE
    return WITH_US if facts.identity_chosen else TO_DO


def _check(facts: Facts) -> State:
    if facts.has(RequirementKind.CRC):
        return DONE
    if facts.check_waits == Party.PERSON:
        return WITH_YOU
    return WITH_US if facts.check_agreed or facts.check_waits else TO_DO


ABOUT_YOU = (
    Kind("about", lazy("You"), lazy("Your name, and a number for the day of a visit."), "about_me", _about),
    Kind("work", lazy("Your work, and how you came to it"), "", "my_work", _work, minutes=2),
    Kind(
        "subjects",
        lazy("Subjects"),
        lazy("What you could answer questions about."),
        "my_subjects",
        _offers(OfferingKind.SUBJECT),
    ),
    Kind("stages", lazy("Ages"), lazy("How old pupils may be."), "my_stages", _offers(OfferingKind.STAGE)),
    Kind(
        "activities",
        lazy("Activities"),
        lazy("What you would do in a classroom."),
        "my_activities",
        _offers(OfferingKind.ACTIVITY),
    ),
    Kind("languages", lazy("Languages besides English"), "", "my_languages", _languages),
    Kind("reach", lazy("Where you can go"), lazy("From where, and how far."), "my_reach", _reach),
    Kind("time", lazy("Your time"), lazy("Until you say more, any school day."), "my_time", _time),
    Kind("photo", lazy("A photo"), lazy("For the card that a school sees before you come."), "my_photo", _photo),
)
SAFE = (
    Kind(
        "eligible",
        lazy("Whether you can join"),
        lazy("Three things to confirm."),
        "confirm_eligibility",
        _fulfilled(RequirementKind.ELIG),
    ),
    Kind(
        "declaration",
        lazy("Your declaration"),
        lazy("Signed before a check is applied for."),
        "sign_declaration",
        _fulfilled(RequirementKind.SELF),
        minutes=2,
    ),
    Kind(
        "conduct",
        lazy("Code of conduct"),
        lazy("One promise at a time."),
        "code_of_conduct",
        _conduct,
        minutes=3,
    ),
)
LEARNT = (
    Kind(
        "induction",
        lazy("Induction"),
        lazy("Short lessons and a quiz, for the train."),
        "course",
        _learnt(Course.INDUCTION),
        minutes=35,
        argument=Course.INDUCTION.value,
    ),
    Kind(
        "safeguarding",
        lazy("Keeping children safe"),
        lazy("Short lessons and a quiz."),
        "course",
        _learnt(Course.KEEPING_CHILDREN_SAFE),
        minutes=20,
        argument=Course.KEEPING_CHILDREN_SAFE.value,
    ),
)
KNOWN = (
    Kind("referees", lazy("Two people who know you"), lazy("We write to them."), "my_referees", _referees, minutes=2),
    Kind("identity", lazy("Showing who you are"), "", "show_identity", _identity),
    Kind("check", lazy("Criminal record check"), lazy("It costs you nothing."), "agree_to_check", _check),
)
GROUPS: tuple[tuple[Words, tuple[Kind, ...]], ...] = (
    (lazy("About you"), ABOUT_YOU),
    (lazy("Keeping pupils safe"), SAFE),
    (lazy("Who you are"), KNOWN),
    (lazy("Learning what a visit takes"), LEARNT),
)
# What a registration has to have before it is sent in (rule 1.8): the rest goes on meanwhile.
NEEDED_TO_SEND = frozenset(
    {"about", "work", "subjects", "stages", "activities", "reach", "eligible", "declaration", "conduct"}
)
