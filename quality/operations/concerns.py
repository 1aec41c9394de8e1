"""A worry, from whoever has it to the safeguarding lead, and nobody in between."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Visit
from quality import notifications, permissions
from quality.enums import ConcernLevel
from quality.models import Concern
from quality.workflow import CONCERN
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.audit.record import record
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Told:
    """What someone tells the safeguarding lead, in their own words, and how to reach them."""

    told_by: str
    told_by_role: str
    contact: str
    words: str
    school_told: bool


@transaction.atomic
def raise_concern(*, told: Told, visit: Visit | None, by: "User | None", at: datetime) -> Concern:
    """Put a worry before the safeguarding leads at once; their letter says only that there is one (rule 2.9)."""
    concern = Concern.objects.create(visit=visit, raised_by=by, raised_at=at, **vars(told))
    record("concern.raise", concern, by=by, at=at)
    for grant in RoleGrant.objects.live(at).filter(role=Role.SAFEGUARDING_LEAD).select_related("user"):
        post(notifications.concern_raised, to=grant.user, due_at=at, concern_id=concern.pk, user_id=grant.user_id)
    return concern


@transaction.atomic
def triage_concern(*, concern: Concern, level: ConcernLevel, note: str, by: "User", at: datetime) -> None:
    """Decide what a worry is, and what is done now. Refuses with `not_safeguarding_lead`, `state` or `no_note`."""
    concern = Concern.objects.locked(concern)
    permissions.check_may_handle_concern(by)
    _check_note(note)
    CONCERN.move(concern, "triage", by=by, at=at, note=note, level=level)


@transaction.atomic
def close_concern(*, concern: Concern, note: str, by: "User", at: datetime) -> None:
    """Say how it ended. Refuses with `not_safeguarding_lead`, `state` or `no_note`."""
    concern = Concern.objects.locked(concern)
    permissions.check_may_handle_concern(by)
    _check_note(note)
    CONCERN.move(concern, "close", by=by, at=at, note=note)


def _check_note(note: str) -> None:
    """A decision about a worry is written down. Refuses with `no_note`."""
    if not note.strip():
        raise refuse("no_note", Kind.INPUT, _("Write down what was done, and with whom."))
