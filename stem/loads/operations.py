"""Bring a register in from a file, whole or not at all, and take the last one back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from hashlib import file_digest
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from stem.accounts.models import User
from stem.accounts.roles import Role, has_role
from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.loader import Progress, Report, TooManyLost, loader_of
from stem.loads.models import MOST_KEPT, QUIET, Load
from stem.loads.workflow import LOAD
from stem.promises import kept
from stem.rules import Audience, Kind, Reason, Refusal, refuse

# The queue cuts a job short after five minutes; a directory of three million postcodes on a slow machine takes longer.
LONGEST_SECONDS = 3600
Tell = Callable[[int, int], None]


class LoadLost(Refusal):
    """Whoever read a file was so long unheard of that somebody else has begun again with it, or given it up."""

    def __init__(self) -> None:
        """The one reason, in words."""
        said = _("Nothing was heard of this load for some minutes, and it was given up. Load the file again.")
        super().__init__(Reason("lost", Kind.CONFLICT, said))


def ask_for_load(*, kind: LoadKind, file: File, by: User, at: datetime, allow_losses: int | None = None) -> Load:
    """Keep an uploaded file and let the worker read it.

    Refuses with `not_administrator`, or with `under_way` while a file of this register waits or is being read.
    """
    _check_may_load(by)
    with transaction.atomic():
        # Of one person's two presses in the same instant the second waits here, and is refused.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if Load.objects.of(kind).under_way().exclude(heard_at__lt=at - QUIET).exists():
            raise refuse("under_way", Kind.STATE, _("A file of this register is being read. Wait until it is done."))
        load = Load.objects.create(
            kind=kind, file=file, file_name=(file.name or "")[-200:], by=by, asked_at=at, allow_losses=allow_losses
        )
        transaction.on_commit(queue_loads, robust=True)
    return load


def queue_loads() -> None:
    """Ask the worker to read what waits; when this is lost, the next sweep finds it."""
    async_task("stem.loads.tasks.read_waiting_files", group="loads", q_options={"timeout": LONGEST_SECONDS})


def _check_may_load(by: User) -> None:
    """Refuses with `not_administrator`."""
    if not has_role(by, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only administrators load registers."))


def load_file(
    *, kind: LoadKind, path: Path, at: datetime, tell: Tell | None = None, allow_losses: int | None = None
) -> Report:
    """Bring a register in from a file on this machine, as a command does; all that was read.

    Refuses with `no_file`, and as `read_file` does; a refusal is put on record, and nothing else changes.
    """
    if not path.is_file():
        raise refuse("no_file", Kind.INPUT, _("There is no file called %(path)s.") % {"path": path})
    # Heard of from the first moment: a sweep that ran between this and the next statement would take it for a command
    # that was killed.
    name = path.name.encode(errors="replace").decode()  # a name may hold bytes that are no letters
    load = Load.objects.create(kind=kind, file_name=name[-200:], asked_at=at, heard_at=at, allow_losses=allow_losses)
    return read_file(load=load, path=path, at=at, tell=tell)


def read_file(*, load: Load, path: Path, at: datetime, tell: Tell | None = None) -> Report:
    """Read a load's file and put it in force, or leave everything as it was.

    Refuses as the register's reader does, with `overtaken` when another file of the register came first, and with
    `lost` when nothing was heard of this for so long that somebody else has taken it over.
    """
    began = monotonic()
    loader = loader_of(load.kind)

    def now() -> datetime:
        """The moment of the call that started this, moved on by the time that has passed."""
        return at + timedelta(seconds=monotonic() - began)

    begun_again = load.status == LoadStatus.READING
    turn = _move(load, "take", at=at, heard_at=at, done=0, digest=_digest_of(path))

    def note(done: int, total: int) -> None:
        """Put on record how far this is, and that its worker lives."""
        if not _is_ours(load, turn):
            raise LoadLost
        Load.objects.filter(pk=load.pk).update(done=done, total=total, heard_at=now())
        if tell:
            tell(done, total)

    if begun_again:
        loader.clear(load)
    base = Load.objects.in_force(load.kind).first()
    progress = Progress(note)
    try:
        report = loader.stage(load, path, progress)
        load.done, load.total = progress.done, progress.total
        _finish(load, turn, report, base, at=now())
    except BaseException as error:
        _give_up(load, turn, error, at=now())
        raise
    if report.is_new:
        loader.settle()
    else:
        loader.clear(load)
    return report


def _digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def stop_load(*, load: Load, at: datetime) -> None:
    """Put on record that whoever read this file was killed, and throw away what had been staged of it.

    Refuses with `state` when it has been read to its end after all.
    """
    _move(load, "stop", at=at, finished_at=at)
    loader_of(load.kind).clear(load)


def _give_up(load: Load, turn: int, error: BaseException, *, at: datetime) -> None:
    """Put on record why a file was not read to its end, and throw away what was staged, unless others have done so."""
    name, words = "stop", ""
    if isinstance(error, Refusal):
        name, words = "refuse", error.told_to(Audience.ENTITLED)
    losses = error.losses if isinstance(error, TooManyLost) else None
    with transaction.atomic():
        _hold(load)
        if not _is_ours(load, turn):
            return
        LOAD.move(load, name, by=load.by, at=at, finished_at=at, refusal=words, losses=losses)
    loader_of(load.kind).clear(load)


@transaction.atomic
def _move(load: Load, name: str, *, at: datetime, **columns: Any) -> int:
    """Move a load on, for whoever asked for it; the key of the event, which tells our turn from another's."""
    _hold(load)
    LOAD.move(load, name, by=load.by, at=at, **columns)
    return load.events.latest("pk").pk


def _hold(load: Load) -> None:
    """Lock a load, with its status as it now stands, for the rest of the caller's transaction."""
    Load.objects.locked(load)
    load.refresh_from_db(fields=["status"])


def _is_ours(load: Load, turn: int) -> bool:
    """Whether nobody has moved this load since we took it: a process that slept may wake to find it in other hands."""
    return load.events.latest("pk").pk == turn


@transaction.atomic
def _finish(load: Load, turn: int, report: Report, base: Load | None, *, at: datetime) -> None:
    """Put what was staged in force.

    Refuses with `overtaken` when another load of the register came first, with `lost` when this one is no longer ours.
    """
    told: dict[str, Any] = {
        "finished_at": at,
        "done": load.total,
        "total": load.total,
        "report": {**report.counts, "rejected": len(report.rejected)},
        "rejected": report.rejected[:MOST_KEPT],
    }
    _hold(load)
    if not _is_ours(load, turn):
        raise LoadLost
    if not report.is_new:
        LOAD.move(load, "leave", by=load.by, at=at, **told)
        return
    overtaken = Reason(
        "overtaken",
        Kind.CONFLICT,
        _("Another file of this register was loaded meanwhile. Load this one again if it is the later one."),
    )
    previous = Load.objects.in_force(load.kind).select_for_update().first()
    if previous != base:
        raise Refusal(overtaken)
    if previous is not None:
        LOAD.move(previous, "replace", by=load.by, at=at)
    # Before anything else is written: of two first loads on PostgreSQL, one waits here for the other.
    with kept(Load, load_one_of_a_kind_in_force=overtaken):
        LOAD.move(load, "finish", by=load.by, at=at, **told)
    loader_of(load.kind).put_in_force(load, report, at=at)
    transaction.on_commit(partial(queue_follow_up, load.kind), robust=True)


@transaction.atomic
def undo_load(*, load: Load, by: User, at: datetime) -> None:
    """Take a register back to where it stood before its last load.

    Refuses with `not_administrator`, with `state` when it is not the load in force, with `nothing_before` when what
    was before it is no longer kept.
    """
    _check_may_load(by)
    load = Load.objects.locked(load)
    LOAD.check(load, "undo")
    before = Load.objects.of(load.kind).filter(
        status__in=[LoadStatus.REPLACED, LoadStatus.PAST], finished_at__isnull=False
    )
    previous = before.order_by("-finished_at", "-pk").first()
    if previous is not None and previous.status == LoadStatus.PAST:
        raise refuse("nothing_before", Kind.STATE, _("What was loaded before this is no longer kept."))
    loader_of(load.kind).undo(load, at=at)
    LOAD.move(load, "undo", by=by, at=at)
    if previous is not None:
        LOAD.move(previous, "restore", by=by, at=at)
    transaction.on_commit(loader_of(load.kind).settle, robust=True)
    transaction.on_commit(partial(queue_follow_up, load.kind), robust=True)


def queue_follow_up(kind: str) -> None:
    """Ask the worker for what follows a change of this register; the nightly sweep does it too."""
    async_task("stem.loads.tasks.follow_up", kind, group="loads", q_options={"timeout": LONGEST_SECONDS})
