"""What the worker does with files of people: it checks them, takes them in, and deletes them.

Of several workers one has a file at a time: whoever has it says every second or so that it is still there, and who has
been quiet for long was killed. Whoever begins again finds what stands, so that the rest is finished (rule V-91).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.enums import UploadStatus
from ambassadors.models import Upload
from ambassadors.models.upload import MOST_KEPT
from ambassadors.operations.duplicates import find_likely_pairs
from ambassadors.operations.importing import Report, commit_import, stage_import
from ambassadors.operations.uploads import brought_here, forget_file
from ambassadors.workflow import UPLOAD
from stem.rules import Audience, Kind, Reason, Refusal

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0
DAYS_KEPT = 7
# A file without a row is one whose sending is under way, or was cut short.
STRAY_AFTER = timedelta(days=1)
FOLDER = "imports"


class UploadLost(Refusal):
    """Whoever had this file was so long unheard of that somebody else has it, or it was thrown away meanwhile."""

    def __init__(self) -> None:
        """The one reason, in words."""
        super().__init__(Reason("lost", Kind.CONFLICT, _("Somebody else has this file now, or it was thrown away.")))


@dataclass
class _Turn:
    """A worker's turn with a file, kept by saying again and again that it is there."""

    upload: Upload
    at: datetime
    # Whether somebody else has had it before, and was killed.
    begun_again: bool
    heard_at: datetime = field(init=False)
    began: float = field(default_factory=monotonic)
    told: float = 0.0

    def __post_init__(self) -> None:
        """Whoever takes a file was heard of in that moment."""
        self.heard_at = self.at

    def now(self) -> datetime:
        """The moment of the call that started this, moved on by the time that has passed."""
        return self.at + timedelta(seconds=monotonic() - self.began)

    def tell(self, done: int, total: int) -> None:
        """Put on record how far this is, and that its worker lives. Refuses with `lost` when it is no longer ours."""
        if done < total and monotonic() - self.told < EVERY_SECONDS:
            return
        self.told, now = monotonic(), self.now()
        ours = Upload.objects.filter(pk=self.upload.pk, status=self.upload.status, heard_at=self.heard_at)
        if not ours.update(done=done, total=total, heard_at=now):
            raise UploadLost
        self.heard_at = now

    @transaction.atomic
    def end(self, move: str, **columns: Any) -> None:
        """Move the file on, in the name of whoever asked for it. Refuses with `lost` when it is no longer ours."""
        upload = Upload.objects.locked(self.upload)
        if (upload.status, upload.heard_at) != (self.upload.status, self.heard_at):
            raise UploadLost
        at = self.now()
        if UPLOAD.moves[move].target in UploadStatus.over():
            columns["finished_at"] = at
        UPLOAD.move(upload, move, by=self.upload.asked_by, at=at, **columns)
        self.upload = upload


def read_uploads(*, at: datetime) -> int:
    """See to every file that waits, and begin again with those whose worker was killed; how many were seen to."""
    for upload in Upload.objects.over().exclude(file=""):
        forget_file(upload)  # the worker was killed between ending it and this
    return sum(_read(upload, at) for upload in Upload.objects.due(at).order_by("waits_since", "pk"))


def _read(upload: Upload, at: datetime) -> bool:
    """See to one file, if no other worker has taken it meanwhile."""
    # Compare and set: of several workers that see it, one has it.
    if not Upload.objects.due(at).filter(pk=upload.pk, heard_at=upload.heard_at).update(heard_at=at):
        return False
    turn = _Turn(upload, at, begun_again=upload.heard_at is not None)
    work = _check if upload.status == UploadStatus.CHECKING else _take_in
    try:
        _try(turn, work)
    except UploadLost:
        return False
    forget_file(turn.upload)
    if turn.upload.status == UploadStatus.DONE:
        # Should the worker be killed meanwhile, the nightly search finds them.
        find_likely_pairs(at=turn.now())
    return True


def _try(turn: _Turn, work: Callable[[_Turn, Path], None]) -> None:
    """Do this work on the file; a refusal, and whatever else goes wrong, ends it. Refuses with `lost`."""
    try:
        with TemporaryDirectory() as folder, turn.upload.file.open("rb") as file:
            work(turn, brought_here(file, Path(folder)))
    except UploadLost:
        raise
    except Refusal as refusal:
        turn.end("refuse", refusal=refusal.told_to(Audience.ENTITLED))
    except Exception:
        logger.exception("File %s stopped half way", turn.upload.pk)
        words = _("This stopped half way, by no fault of yours. Try again; if it stops again, tell who installed this.")
        turn.end("give_back" if turn.upload.status == UploadStatus.CHECKING else "stop", refusal=words)


def _check(turn: _Turn, path: Path) -> None:
    """Report what would come of the file. Refuses as `stage_import` does, or with `lost`."""
    upload = turn.upload
    report = stage_import(path=path, scheme=upload.scheme.name, columns=upload.columns, at=turn.at, tell=turn.tell)
    turn.end("report", report=_counts(report), rejected=report.rejected[:MOST_KEPT])


def _take_in(turn: _Turn, path: Path) -> None:
    """Take its people in. Refuses as `commit_import` does, or with `lost`."""
    upload = turn.upload
    asked = {"scheme": upload.scheme.name, "columns": upload.columns, "by": upload.asked_by}
    report = commit_import(path=path, at=turn.at, tell=turn.tell, **asked)
    # Of what was begun again the last worker knows but its own part; what was checked tells of the whole.
    turn.end("finish", report=upload.report if turn.begun_again else _counts(report))


def _counts(report: Report) -> dict[str, int]:
    """What a report counts, without a word of anybody."""
    names = ("read", "new", "known", "changed", "likely_duplicates", "repeated_headings")
    return {**{name: getattr(report, name) for name in names}, "rejected": len(report.rejected)}


def clear_uploads(*, at: datetime) -> int:
    """Throw away what nobody took in within a week, and files that belong to nothing; how many."""
    old = Upload.objects.open().filter(at__lt=at - timedelta(days=DAYS_KEPT)).exclude(status=UploadStatus.TAKING_IN)
    return sum(_throw_away(upload, at) for upload in old) + _clear_strays(at)


@transaction.atomic
def _throw_away(upload: Upload, at: datetime) -> bool:
    """Throw this file away, unless meanwhile somebody has told to take it in."""
    upload = Upload.objects.locked(upload)
    if not UPLOAD.can(upload, "throw_away"):
        return False
    UPLOAD.move(upload, "throw_away", by=None, at=at, finished_at=at)
    transaction.on_commit(lambda: forget_file(upload), robust=True)
    return True


def _clear_strays(at: datetime) -> int:
    """Delete files that no row knows, as a sending that was cut short leaves them."""
    if not default_storage.exists(FOLDER):
        return 0
    known = set(Upload.objects.exclude(file="").values_list("file", flat=True))
    paths = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    strays = [path for path in paths if path not in known]
    strays = [path for path in strays if default_storage.get_modified_time(path) < at - STRAY_AFTER]
    for path in strays:
        default_storage.delete(path)
    return len(strays)
