"""A file of another scheme's people, as an administrator brings it in by pages: sent, its columns settled, taken in.

What takes long is the worker's (`operations/reading.py`). The file, and what of people is kept beside it, is gone as
soon as it is taken in, refused or thrown away.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from ambassadors import permissions
from ambassadors.enums import UploadStatus
from ambassadors.importing.columns import HEADINGS, check_columns, guess_columns
from ambassadors.importing.sheets import Glimpse, look_into
from ambassadors.models import Scheme, Upload
from ambassadors.operations.importing import name_of
from ambassadors.workflow import UPLOAD
from stem.accounts.models import User
from stem.audit.record import record
from stem.promises import kept
from stem.rules import Kind, Reason, Refusal

# The queue cuts a job short after five minutes; a nation's people on a slow machine take longer.
LONGEST_SECONDS = 3600


def send_people(*, scheme: str, file: File, by: User, at: datetime) -> Upload:
    """Keep a file of this scheme's people, and what its heading says; sent twice, it is kept once.

    A scheme that is unknown is created, and is incomplete. Refuses with `not_administrator`, with `scheme` for want of
    a name, with `under_way` while another file of the scheme is, and as `look_into` does.
    """
    permissions.check_may_describe_schemes(by)
    name = name_of(scheme)
    with TemporaryDirectory() as folder:
        path = brought_here(file, Path(folder))
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        known = Scheme.objects.filter(name__iexact=name).first()
        glimpse = look_into(path, remembered=known.columns if known else {})
    return _keep(known or Scheme(name=name), file, digest, glimpse, by=by, at=at)


def brought_here(file: File, folder: Path) -> Path:
    """This file on this machine's disk, wherever uploads are kept."""
    path = folder / "people"
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path


@transaction.atomic
def _keep(scheme: Scheme, file: File, digest: str, glimpse: Glimpse, *, by: User, at: datetime) -> Upload:
    """Keep this file for this scheme, or find that it is kept already. Refuses with `under_way`."""
    # Of one person's two presses in the same instant the second waits here.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    scheme, is_new = (scheme, False) if scheme.pk else Scheme.objects.get_or_create(name=scheme.name)
    if is_new:
        record("scheme.create", scheme, by=by, at=at)
    scheme = Scheme.objects.locked(scheme)
    before = Upload.objects.open().filter(scheme=scheme).select_related("by").first()
    if before is not None and before.digest == digest:
        return before
    if before is not None:
        raise Refusal(_under_way(before))
    upload = Upload(scheme=scheme, file=file, file_name=(file.name or "")[-120:], digest=digest, by=by, at=at)
    upload.headings, upload.samples = glimpse.headings, glimpse.rows
    try:
        with kept(Upload, upload_one_open_per_scheme=_under_way(upload)):
            upload.save()
    except Refusal:
        upload.file.delete(save=False)
        raise
    record("upload.send", upload, by=by, at=at)
    return upload


def _under_way(upload: Upload) -> Reason:
    """Why there is no second file."""
    words = _("Another file of this scheme is on its way already: “%(name)s”. Take it in, or throw it away, first.")
    return Reason("under_way", Kind.STATE, words % {"name": upload.file_name})


@transaction.atomic
def settle_columns(*, upload: Upload, columns: Mapping[str, str], by: User, at: datetime) -> None:
    """Say which column of the file is which (our field -> heading), and let the worker check it; twice is once.

    Refuses with `not_administrator`, with `state` when the file is past that, and as `check_columns` does.
    """
    permissions.check_may_describe_schemes(by)
    upload = Upload.objects.locked(upload)
    said = _said_of_columns(upload, columns)
    if upload.status == UploadStatus.CHECKING and upload.columns == said:
        return
    UPLOAD.check(upload, "check")
    check_columns(guess_columns(upload.headings, said), upload.headings, said)
    anew: dict[str, Any] = {"report": {}, "rejected": [], "refusal": "", "done": 0, "total": 0}
    UPLOAD.move(upload, "check", by=by, at=at, columns=said, heard_at=None, waits_since=at, **anew)
    transaction.on_commit(queue_uploads, robust=True)


def _said_of_columns(upload: Upload, columns: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, and what was left out though we should have guessed it: the rest may come in a later file."""
    chosen = {name: " ".join(columns[name].split()) for name in HEADINGS if columns.get(name, "").strip()}
    remembered = guess_columns(upload.headings, upload.scheme.columns).places
    guessed = {*remembered, *guess_columns(upload.headings, {}).places}
    return {**{name: "" for name in HEADINGS if name in guessed}, **chosen}


@transaction.atomic
def take_people_in(*, upload: Upload, by: User, at: datetime) -> None:
    """Let the worker take in a file that was checked; said twice, it is said once.

    Refuses with `not_administrator`, or with `state` when the file is not checked.
    """
    permissions.check_may_describe_schemes(by)
    upload = Upload.objects.locked(upload)
    if upload.status in (UploadStatus.TAKING_IN, UploadStatus.DONE):
        return
    UPLOAD.move(upload, "take_in", by=by, at=at, heard_at=None, waits_since=at, done=0, refusal="")
    transaction.on_commit(queue_uploads, robust=True)


@transaction.atomic
def throw_away(*, upload: Upload, by: User, at: datetime) -> None:
    """Do without a file that was not taken in; said twice, it is said once.

    Refuses with `not_administrator`, or with `state` when it is being taken in or is over.
    """
    permissions.check_may_describe_schemes(by)
    upload = Upload.objects.locked(upload)
    if upload.status == UploadStatus.THROWN_AWAY:
        return
    UPLOAD.move(upload, "throw_away", by=by, at=at, finished_at=at)
    transaction.on_commit(partial(forget_file, upload), robust=True)


def forget_file(upload: Upload) -> None:
    """Do away with the file of what is over, and with all that is kept of its people beside it; twice does no harm."""
    if upload.is_over:
        upload.file.delete(save=False)
        Upload.objects.filter(pk=upload.pk).update(file="", headings=[], samples=[], rejected=[])


def queue_uploads() -> None:
    """Ask the worker to see to what waits; when this is lost, the next sweep finds it."""
    async_task("ambassadors.tasks.read_waiting_uploads", group="uploads", q_options={"timeout": LONGEST_SECONDS})
