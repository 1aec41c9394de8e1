"""The way into the scheme as a list of tasks: what is done, what is missing, and who waits for whom (rule F-05).

Nothing here is stored: a task is done when its facts are there, whoever brought them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import AmbassadorStatus, Course, OfferingKind, RequirementKind
from ambassadors.facts import Facts, facts_of
from ambassadors.models import Ambassador, Application
from stem.curriculum import Words
from stem.moments import day_of
from stem.policy.values import value

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


@dataclass(frozen=True)
class Task:
    """One task as it stands for one person."""

    kind: Kind
    state: State


@dataclass(frozen=True)
class Group:
    """Tasks that belong together."""

    title: Words
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Journey:
    """Every task, in order."""

    groups: tuple[Group, ...]
    missing: tuple[Task, ...] = ()

    @property
    def tasks(self) -> list[Task]:
        """All of them, one after another."""
        return [task for group in self.groups for task in group.tasks]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(task.state.is_done for task in self.tasks)

    @property
    def mine(self) -> list[Task]:
        """Those that wait for the person themselves."""
        return [task for task in self.tasks if task.state.is_mine]

    @property
    def minutes_left(self) -> int:
        """About how long the person's own tasks take."""
        return sum(task.kind.minutes for task in self.mine)

    @property
    def with_us(self) -> list[Task]:
        """Those that wait for the scheme."""
        return [task for task in self.tasks if task.state is WITH_US]

    @property
    def with_referees(self) -> list[Task]:
        """Those that wait for someone the person has named."""
        return [task for task in self.tasks if task.state is WITH_REFEREES]

    @property
    def can_be_sent(self) -> bool:
        """Whether all that sending in asks for is there."""
        return not self.missing


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


def _often(facts: Facts) -> State:
    return DONE if facts.has_limit else OPTIONAL


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
    return WITH_US if facts.check_agreed or facts.unconfirmed else TO_DO


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
    Kind("often", lazy("How often"), lazy("Until you say so, as often as you are needed."), "how_often", _often),
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


def journey_of(ambassador: Ambassador, *, on: date) -> Journey:
    """How far this person has come on their way into the scheme, in one query."""
    return reckon(facts_of(ambassador, on=on))


@cache
def reckon(facts: Facts) -> Journey:
    """The list of tasks that these facts make. Of thousands on their way in, few differ: each list is reckoned once."""
    groups = tuple(Group(title, tuple(Task(kind, kind.judge(facts)) for kind in kinds)) for title, kinds in GROUPS)
    tasks = [task for group in groups for task in group.tasks]
    missing = tuple(task for task in tasks if task.kind.code in NEEDED_TO_SEND and not task.state.is_done)
    return Journey(groups, missing)


def next_task(tasks: Iterable[Task], *, after: str = "") -> Task | None:
    """The next one that waits for the person, going on from the one just saved and then round from the start."""
    listed = list(tasks)
    place = next((number for number, task in enumerate(listed) if task.kind.code == after), -1) + 1
    return next((task for task in [*listed[place:], *listed[:place]] if task.state.is_mine), None)


def target_of(ambassador: Ambassador, *, on: date) -> date | None:
    """The day by which the scheme means to have decided about an application that is in; None for one that is not."""
    application = Application.objects.filter(ambassador=ambassador, sent_at__isnull=False).first()
    if application is None or application.sent_at is None:
        return None
    return decide_by(application.sent_at, value("vetting_days", on=on))


def decide_by(sent_at: datetime, vetting_days: int) -> date:
    """The day by which the scheme means to have decided about what was sent in at this moment (rule 1.8)."""
    return day_of(sent_at) + timedelta(days=vetting_days)


def is_joining(ambassador: Ambassador) -> bool:
    """Whether this person is still on their way in."""
    return ambassador.status in {AmbassadorStatus.DRAFT, AmbassadorStatus.VETTING}
