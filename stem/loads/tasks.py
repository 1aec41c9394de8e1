"""What the worker does about registers; each job is a sweep, and may run twice."""

import logging
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from stem.loads.enums import LoadKind
from stem.loads.loader import loader_of
from stem.loads.models import Load
from stem.loads.operations import LoadLost, queue_loads, read_file, stop_load
from stem.rules import Refusal

logger = logging.getLogger(__name__)


def look_for_waiting_files() -> None:
    """Call for a reader when a file waits, or one has been left behind.

    The sweep itself has five minutes, like every job of the schedule; a reader may take an hour.
    """
    if Load.objects.due(timezone.now()).exists() or Load.objects.over().exclude(file="").exists():
        queue_loads()


def read_waiting_files() -> int:
    """Read the files that wait, and begin again with those whose worker was killed; how many were read."""
    for load in Load.objects.over().exclude(file=""):
        _forget_file(load)  # the worker was killed between reading it and this
    read = 0
    for load in Load.objects.due(timezone.now()).order_by("asked_at", "pk"):
        read += _read(load)
    return read


def _read(load: Load) -> bool:
    """Read one load's file, if no other worker has taken it meanwhile."""
    at = timezone.now()
    # Compare and set: of several workers that see it, one has it.
    if not Load.objects.due(at).filter(pk=load.pk).update(heard_at=at):
        return False
    load.refresh_from_db()
    if not load.file:
        # A command that was killed; its file was never with us.
        _stop(load)
        return False
    try:
        with TemporaryDirectory() as folder:
            read_file(load=load, path=_brought_here(load, Path(folder)), at=at)
    except LoadLost:
        return False  # another worker has it now, and needs the file
    except Refusal:
        pass  # the load's page says why
    except Exception:
        logger.exception("Load %s stopped half way", load.pk)
        _stop(load)
    _forget_file(load)
    return True


def _stop(load: Load) -> None:
    """Stop a load, unless it is over."""
    load.refresh_from_db()
    if not load.is_over:
        with suppress(Refusal):
            stop_load(load=load, at=timezone.now())


def _forget_file(load: Load) -> None:
    """Do away with an uploaded file that has been read."""
    load.file.delete(save=False)
    Load.objects.filter(pk=load.pk).update(file="")


def _brought_here(load: Load, folder: Path) -> Path:
    """The uploaded file on this machine's disk, wherever uploads are kept."""
    path = folder / "upload"
    with load.file.open("rb") as source, path.open("wb") as target:
        for chunk in source.chunks():
            target.write(chunk)
    return path


def follow_up(kind: str) -> None:
    """What else is to be done after a change of this register."""
    loader_of(kind).follow_up(at=timezone.now())


def follow_up_all() -> None:
    """The same for every register: a job that was lost is caught up."""
    for kind in LoadKind.values:
        follow_up(kind)
