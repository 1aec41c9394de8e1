"""The way into the scheme as a list of tasks: what is done, what is missing, and who waits for whom (rule F-05).

Nothing here is stored: a task is done when its facts are there, whoever brought them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from ambassadors.enums import AmbassadorStatus
from ambassadors.facts import Facts, facts_of
from ambassadors.models import Ambassador, Application
from ambassadors.task_kinds import GROUPS, NEEDED_TO_SEND, WITH_REFEREES, WITH_US, Kind, State
from stem.curriculum import Words
from stem.moments import day_of
from stem.policy.values import value


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
    return ambassador.status in {AmbassadorStatus.DRAFT, AmbassadorStatus.IMPORTED, AmbassadorStatus.VETTING}
