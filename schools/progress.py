"""How far a new scheme has come with setting itself up: every task, and whether the rows say that it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schools.models import Succession
from schools.registers.sources import SOURCES, Source
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.models import Load
from stem.nations import Nation
from stem.scheme.identity import who_we_are

SHOWN = (LoadStatus.LOADED, LoadStatus.WAITING, LoadStatus.READING)
# Which nations' schools are in a register; England's lists Wales too.
NATIONS = {
    LoadKind.GIAS: {Nation.ENG.value, Nation.WLS.value},
    LoadKind.SCOTLAND: {Nation.SCO.value},
}
# Who a scheme cannot do without: one who matches and vets, and one who reads worries.
NEEDED_ROLES = (Role.COORDINATOR, Role.SAFEGUARDING_LEAD)


@dataclass(frozen=True)
class Task:
    """One thing to do, the address of the page on which it is done, and how it stands."""

    title: str
    address: str
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
    nations = set(Region.objects.values_list("nation", flat=True))
    return SetUp(
        (
            Chapter(_("Who you are"), (_name(), _sender(), _post())),
            Chapter(_("Where you work"), (_regions(bool(nations)), *_registers(nations))),
            Chapter(_("Who runs it"), (_staff(),)),
        )
    )


def _task(title: str, page: str, is_done: bool, hint: str = "", **more: Any) -> Task:
    to_do = _("Optional") if more.get("is_optional") else _("To do")
    return Task(title, reverse(page), is_done, _("Done") if is_done else to_do, hint, **more)


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


def _regions(is_done: bool) -> Task:
    hint = "" if is_done else _("Which postcodes your coordinators look after.")
    return _task(_("Regions"), "staff_regions", is_done, hint)


def _registers(nations: set[str]) -> Iterator[Task]:
    """Each register; the scheme cannot do without postcodes, and without the schools of the nations it works in.

    Until it has said where it works, that is taken to be England.
    """
    nations = nations or {Nation.ENG.value}
    loads = Load.objects.filter(status__in=SHOWN).defer("rejected", "report").order_by("-asked_at", "-pk")
    latest: dict[str, dict[str, Load]] = {}
    for load in loads:
        latest.setdefault(load.kind, {}).setdefault(load.status, load)
    for kind, source in SOURCES.items():
        served = NATIONS.get(kind)
        is_needed = kind == LoadKind.POSTCODES or (served is not None and bool(nations & served))
        yield _register(source, latest.get(kind, {}), is_optional=not is_needed)
    yield from _pairs()


def _pairs() -> Iterator[Task]:
    """Schools that may be one under two numbers, when there are any for a person to look at."""
    waiting = Succession.objects.proposed().count()
    if waiting:
        status = ngettext("%(count)d to look at", "%(count)d to look at", waiting) % {"count": waiting}
        hint = _("Under a new number a school keeps its visits and its people, once you have said that it is one.")
        yield Task(_("Schools that may be one"), reverse("successions"), False, status, hint, is_optional=True)


def _register(source: Source, loads: dict[str, Load], *, is_optional: bool) -> Task:
    in_force = loads.get(LoadStatus.LOADED)
    address = reverse("register", args=[source.kind])
    if in_force:
        hint = _("Loaded from %(file)s.") % {"file": in_force.file_name}
        return Task(str(source.kind.label), address, True, _("Done"), hint, is_optional)
    if loads:
        return Task(str(source.kind.label), address, False, _("Being read"), "", is_optional)
    status = _("Optional") if is_optional else _("To do")
    return Task(str(source.kind.label), address, False, status, str(source.purpose), is_optional)


def _staff() -> Task:
    live = RoleGrant.objects.current()
    held = live.aggregate(**{role.value: Count("pk", filter=Q(role=role)) for role in NEEDED_ROLES})
    lacking = [str(role.label).partition(":")[0].lower() for role in NEEDED_ROLES if not held[role.value]]
    hint = _("Still needed: %(roles)s.") % {"roles": ", ".join(lacking)} if lacking else ""
    return _task(_("People and roles"), "staff_people", not lacking, hint)
