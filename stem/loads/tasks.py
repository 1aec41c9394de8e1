"""What the worker does about registers; each job is a sweep, and may run twice."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from stem.loads.enums import LoadKind
from stem.loads.loader import loader_of
from stem.loads.models import Load
from stem.loads.operations import read_file, stop_load
from stem.rules import Refusal

logger = logging.getLogger(__name__)


def read_waiting_files() -> int:
    """Read the files that wait, and begin again with those whose worker was killed; how many were read."""
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
        stop_load(load=load, at=at)
        return False
    try:
        with TemporaryDirectory() as folder:
            read_file(load=load, path=_brought_here(load, Path(folder)), at=at)
    except Refusal:
        pass  # the load's page says why
    except Exception:
        logger.exception("Load %s stopped half way", load.pk)
    load.file.delete(save=False)
    Load.objects.filter(pk=load.pk).update(file="")
    return True


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
