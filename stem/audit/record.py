"""Add to the audit record."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from stem.audit.models import Entry

if TYPE_CHECKING:
    from stem.accounts.models import User


def record(action: str, thing: Any, *, by: "User | None", at: datetime, outcome: str = "done") -> None:
    """Note that `by` did `action` to (or read) this row; `by` is None when a rule acted for no one in particular.

    Called inside the fact's transaction, so that neither stands without the other (L-02).
    """
    Entry.objects.create(
        at=at,
        actor=by,
        action=action,
        object_type=thing._meta.label_lower,
        object_id=str(thing.pk),
        outcome=outcome,
    )
