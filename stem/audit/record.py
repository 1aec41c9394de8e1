"""Add to the audit record."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from stem.audit.models import Entry
from stem.audit.origin import origin

if TYPE_CHECKING:
    from stem.accounts.models import User


def record(action: str, thing: Any, *, by: "User | None", at: datetime, outcome: str = "done") -> None:
    """Note that `by` did `action` to (or read) this row; `by` is None when a rule acted for no one in particular.

    Called inside the fact's transaction, so that neither stands without the other (L-02). Where it comes from is known
    already (L-03). There is no row where nobody has been found by the name that was given: `thing` is None.
    """
    known = origin()
    Entry.objects.create(
        at=at,
        actor=by,
        action=action,
        object_type=thing._meta.label_lower if thing is not None else "",
        object_id=str(thing.pk) if thing is not None else "",
        outcome=outcome,
        page=known.page,
        part=known.part,
        request=known.request,
        address=known.address,
    )
