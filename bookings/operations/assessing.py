"""What assessors and leads decide about a check, and with it every promised visit for which it was needed.

Each verb is the register's own (`ambassadors.operations.assessments`); the visits are given back in the same moment.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors.assessing import View
from ambassadors.models import Ambassador, Check
from ambassadors.operations import assessments, checks
from bookings.operations.promised import lock_with_everyone_beside
from bookings.operations.standing import give_back_uncleared

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def clear_check(*, check: Check, by: "User", at: datetime) -> None:
    """Confirm a check in which nothing is to be weighed; what it leaves open may be less than the one before did.

    Refuses as `ambassadors.operations.checks.clear_check` does.
    """
    ambassador = lock_with_everyone_beside(check.ambassador, at=at)
    checks.clear_check(check=check, by=by, at=at)
    give_back_uncleared(ambassador, at=at)


@transaction.atomic
def record_view(
    *, check: Check, view: View, weights: dict[str, str], knows_the_person: bool, by: "User", at: datetime
) -> None:
    """Record one assessor's view; where two say no, what was promised is given back.

    Refuses as `ambassadors.operations.assessments.record_view` does.
    """
    ambassador = lock_with_everyone_beside(check.ambassador, at=at)
    assessments.record_view(check=check, view=view, weights=weights, knows_the_person=knows_the_person, by=by, at=at)
    give_back_uncleared(ambassador, at=at)


@transaction.atomic
def decide_escalated(*, check: Check, view: View, because: str, by: "User", at: datetime) -> None:
    """Decide where two assessors differ. Refuses as `ambassadors.operations.assessments.decide_escalated` does."""
    ambassador = lock_with_everyone_beside(check.ambassador, at=at)
    assessments.decide_escalated(check=check, view=view, because=because, by=by, at=at)
    give_back_uncleared(ambassador, at=at)


@transaction.atomic
def bar(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Note that someone is barred from work with children: they come to no school any more.

    Refuses as `ambassadors.operations.assessments.bar` does.
    """
    ambassador = lock_with_everyone_beside(ambassador, at=at)
    assessments.bar(ambassador=ambassador, by=by, at=at)
    give_back_uncleared(ambassador, at=at)
