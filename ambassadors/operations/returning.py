"""Coming back to the scheme after having left it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors import permissions
from ambassadors.enums import RefereeStatus, RequirementKind
from ambassadors.models import Ambassador, Application, ClauseAcceptance, Requirement
from ambassadors.validity import add_months
from ambassadors.workflow import LIFECYCLE, REFEREE
from stem.audit.record import record
from stem.moments import day_of

if TYPE_CHECKING:
    from stem.accounts.models import User

# Permanent as long as someone takes part; after so long without, done anew (rule 1.2).
MONTHS_WITHOUT = 24
DONE_ANEW = (RequirementKind.REF, RequirementKind.INDUCT)


@transaction.atomic
def return_to_scheme(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Come back after having left, as the same person: vetting begins again with what is still in date (rule 1.8).

    The declaration is signed for each application, so anew; references and induction are done again after 24 months
    without a visit. Refuses with `not_your_profile`, or `state` when one has not left.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    LIFECYCLE.move(ambassador, "return", by=by, at=at)
    held = list(Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador))
    over = [row for row in held if row.kind == RequirementKind.SELF or _is_too_old(row, ambassador, at)]
    for row in over:
        row.withdrawn_by, row.withdrawn_at = by, at
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record("requirement.withdraw", row, by=by, at=at)
    kinds = {row.kind for row in held} - {row.kind for row in over}
    if RequirementKind.REF not in kinds:
        _forget_referees(ambassador, at=at)
    if RequirementKind.CODE not in kinds:
        # Promised in an earlier round, which the audit record keeps; none of it is half of a new one.
        ClauseAcceptance.objects.filter(ambassador=ambassador).delete()
    _begin_anew(ambassador, with_check=RequirementKind.CRC in kinds, at=at)


def _is_too_old(row: Requirement, ambassador: Ambassador, at: datetime) -> bool:
    """Whether this is one of those done anew, and neither it nor the last visit falls within the last 24 months."""
    latest = max(row.started_on, ambassador.last_visit_on or row.started_on)
    return row.kind in DONE_ANEW and _is_long_ago(latest, at)


def _is_long_ago(day: date, at: datetime) -> bool:
    """Whether more than 24 months have passed since this day."""
    return add_months(day, MONTHS_WITHOUT) < day_of(at)


def _forget_referees(ambassador: Ambassador, *, at: datetime) -> None:
    """Whoever was named long ago is named anew, or somebody else is; a reason against is decided about all the same."""
    doubted = set(ambassador.referees.doubted().values_list("pk", flat=True))
    for referee in ambassador.referees.select_for_update(no_key=True).exclude(status=RefereeStatus.WITHDRAWN):
        if referee.pk not in doubted and _is_long_ago(day_of(referee.named_at), at):
            REFEREE.move(referee, "retire", by=None, at=at)


def _begin_anew(ambassador: Ambassador, *, with_check: bool, at: datetime) -> None:
    """The application starts over, with nothing open from before; what was agreed about a check in date stands."""
    fresh = {
        "sent_at": at,
        "wants_to_talk": False,
        "asked_for": "",
        **dict.fromkeys(("asked_by", "asked_at", "answered_at", "decline_proposed_by", "decline_proposed_at")),
    }
    check = {} if with_check else {"check_agreed_at": None, "paid_or_credited": None, "expects_frequent": None}
    Application.objects.update_or_create(
        ambassador=ambassador, defaults={**fresh, **check}, create_defaults={**fresh, "started_at": at}
    )
