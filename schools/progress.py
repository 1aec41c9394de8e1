"""How far a new scheme has come with setting itself up: every task, and whether the rows say that it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schools.models import School
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.scheme.identity import who_we_are

# Who a scheme cannot do without: one who matches and vets, and one who reads worries.
NEEDED_ROLES = (Role.COORDINATOR, Role.SAFEGUARDING_LEAD)


@dataclass(frozen=True)
class Task:
    """One thing to do, the page on which it is done, and how it stands."""

    title: str
    page: str
    is_done: bool
    # How it stands in a word or two; and, below its title, what it is for or what was found.
    status: str
    hint: str = ""
    # The scheme can open without it.
    is_optional: bool = False

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        if self.is_done:
            return "good"
        return "neutral" if self.is_optional else "waiting"


@dataclass(frozen=True)
class Chapter:
    """Tasks that belong together."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class SetUp:
    """The whole list."""

    chapters: tuple[Chapter, ...]

    @property
    def missing(self) -> list[Task]:
        """What the scheme cannot open without."""
        return [task for task in self._tasks() if not task.is_done and not task.is_optional]

    @property
    def done(self) -> int:
        """How many of the tasks are done."""
        return sum(task.is_done for task in self._tasks())

    @property
    def of(self) -> int:
        """How many tasks there are."""
        return sum(1 for _task in self._tasks())

    @property
    def is_complete(self) -> bool:
        """Whether the scheme is open for business."""
        return not self.missing

    def _tasks(self) -> Iterator[Task]:
        for chapter in self.chapters:
            yield from chapter.tasks


def read_set_up() -> SetUp:
    """How the set-up stands now."""
    return SetUp(
        (
            Chapter(_("Who you are"), (_name(), _sender(), _post())),
            Chapter(_("Where you work"), (_regions(), _schools())),
            Chapter(_("Who runs it"), (_staff(),)),
        )
    )


def _task(title: str, page: str, is_done: bool, hint: str = "", **more: Any) -> Task:
    return Task(title, page, is_done, _("Done") if is_done else _("To do"), hint, **more)


def _name() -> Task:
    scheme = who_we_are()
    return _task(_("Name and logo"), "name_scheme", bool(scheme.name), scheme.name)


def _sender() -> Task:
    scheme = who_we_are()
    return _task(_("Sender of your letters"), "address_letters", bool(scheme.sender_email), scheme.sender_email)


def _post() -> Task:
    is_done = who_we_are().arrived_at is not None
    hint = _("Letters arrive.") if is_done else _("Send yourself a letter, to see that others get theirs.")
    return _task(_("Test letter"), "trial_letter", is_done, hint)


def _regions() -> Task:
    count = Region.objects.count()
    found = ngettext("%(count)s region.", "%(count)s regions.", count) % {"count": count}
    return _task(
        _("Regions"), "staff_regions", count > 0, found if count else _("Which postcodes your coordinators look after.")
    )


def _schools() -> Task:
    is_done = School.objects.open().exists()
    return _task(_("Schools"), "setup", is_done, "" if is_done else _("So that teachers find theirs."))


def _staff() -> Task:
    live = RoleGrant.objects.current()
    held = live.aggregate(**{role.value: Count("pk", filter=Q(role=role)) for role in NEEDED_ROLES})
    lacking = [str(role.label).partition(":")[0].lower() for role in NEEDED_ROLES if not held[role.value]]
    hint = _("Still needed: %(roles)s.") % {"roles": ", ".join(lacking)} if lacking else ""
    return _task(_("People and roles"), "staff_people", not lacking, hint)
