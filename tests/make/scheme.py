"""A scheme that has set itself up."""

from datetime import datetime

from django.core.files.base import ContentFile

from ambassadors.enums import UploadStatus
from ambassadors.models import Scheme, Upload
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.models import Load
from stem.nations import Nation
from stem.scheme.identity import forget
from stem.scheme.models import Identity
from tests.make.accounts import LONG_AGO, staff


def set_up_scheme(*, by: User) -> Identity:
    """Everything that a scheme needs before it opens."""
    identity = Identity.objects.create(
        name="STEM North",
        sender_email="post@north.example",
        reply_email="help@north.example",
        arrived_at=LONG_AGO,
        arrived_with=by,
    )
    forget()
    Region.objects.create(name="North", slug="north", nation=Nation.ENG)
    load(kind=LoadKind.POSTCODES)
    load(kind=LoadKind.GIAS)
    staff(Role.COORDINATOR)
    staff(Role.SAFEGUARDING_LEAD)
    return identity


def load(*, kind: LoadKind = LoadKind.GIAS, status: LoadStatus = LoadStatus.LOADED, **columns) -> Load:
    """A file of a register that came a while ago."""
    rejected = columns.get("rejected", [])
    over = {} if status in (LoadStatus.WAITING, LoadStatus.READING) else {"finished_at": LONG_AGO}
    counts = {"read": 2000, "created": 3, "updated": 20, "unchanged": 1976, "closed": 1, "rejected": len(rejected)}
    told = {"report": counts} if status in (LoadStatus.LOADED, LoadStatus.REPLACED, LoadStatus.UNDONE) else {}
    given = {"file_name": f"{kind}.csv", "asked_at": LONG_AGO, **over, **told, **columns}
    return Load.objects.create(kind=kind, status=status, **given)


def upload(
    *, scheme: str = "STEM East", status: UploadStatus = UploadStatus.CHECKED, content: bytes = b"", **columns
) -> Upload:
    """A file of this scheme's people, sent a while ago."""
    headings = ["ID", "Name", "Phone"]
    rejected = columns.get("rejected", [])
    counts = {"read": 3, "new": 2, "known": 1, "changed": 0, "likely_duplicates": 1, "repeated_headings": 0}
    told = {"report": {**counts, "rejected": len(rejected)}, "waits_since": LONG_AGO} if status != "uploaded" else {}
    said = {"legacy_id": "ID", "full_name": "Name"} if told else {}
    by = columns.get("by") or staff(Role.ADMINISTRATOR)
    made, _is_new = Scheme.objects.get_or_create(name=scheme)
    sent = {"file_name": "people.csv", "digest": "0" * 64, "headings": headings, "samples": [["1", "Ada", "07700"]]}
    given = {"scheme": made, "status": status, "by": by, "at": LONG_AGO, "columns": said, **sent, **told, **columns}
    if content:
        given["file"] = ContentFile(content, "people.csv")
    return Upload.objects.create(**given)


def end_roles(role: Role, *, at: datetime) -> None:
    """Nobody has this role any more."""
    RoleGrant.objects.filter(role=role).update(ended_at=at)
