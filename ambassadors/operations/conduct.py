"""Promising to keep the code of conduct, one clause after another."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.conduct import CLAUSES, CURRENT_VERSION
from ambassadors.enums import RequirementKind
from ambassadors.models import Ambassador, ClauseAcceptance
from ambassadors.operations.requirements import fulfil_requirement
from ambassadors.vouching import promises_of
from stem.audit.record import record
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def accept_clause(*, ambassador: Ambassador, version: int, code: str, by: "User", at: datetime) -> bool:
    """Promise one clause; with the last of them the whole code is accepted. Whether it is.

    Promised again in the same round, or while the code is not due to be renewed, it changes nothing. Refuses with
    `not_your_profile`, or `clause_unknown` when the page shows a version that is no longer asked for.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    if version != CURRENT_VERSION or code not in {clause.code for clause in CLAUSES}:
        words = _("The code of conduct has changed since you opened this page. Read it as it is now.")
        raise refuse("clause_unknown", Kind.STATE, words)
    promises = promises_of(ambassador, on=day_of(at))
    if not promises.is_due:
        return True
    if code not in promises.accepted:
        row, _is_new = ClauseAcceptance.objects.update_or_create(
            ambassador=ambassador, version=version, code=code, defaults={"accepted_at": at}
        )
        record("clause.accept", row, by=by, at=at)
    if {code, *promises.accepted} < {clause.code for clause in CLAUSES}:
        return False
    fulfil_requirement(ambassador=ambassador, kind=RequirementKind.CODE, by=by, at=at)
    return True
