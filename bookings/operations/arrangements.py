"""What a school changes of a visit without asking anybody: who is there, and where to go."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import eligibility, notifications, permissions
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Preparation, Visit
from bookings.operations.preparing import prepared_for
from bookings.operations.visits import Arrangements
from bookings.workflow import VISIT
from stem.letters.post import post
from stem.rules import Kind, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def change_arrangements(
    *, visit: Visit, arrangements: Arrangements, by: "User", at: datetime, on_behalf_of: str = ""
) -> bool:
    """Change who is with the pupils, who looks after safeguarding, or where to go, of a confirmed visit to come.

    Whoever comes is told once, of all of it as it stands when the letter leaves; nobody's yes is asked for, and the
    calendar, which says nothing of this, stays as it is. Whether anything changed: the same said again tells nobody.
    Refuses with `not_for_school`, `state`, or the column of each that is missing (V-80).
    """
    visit = Visit.objects.locked(visit)
    permissions.check_may_confirm(by, visit)
    if visit.status != VisitStatus.CONFIRMED or visit.ends_at is None or visit.ends_at <= at:
        raise refuse("state", Kind.STATE, _("Only a confirmed visit that is still to come can be changed."))
    told = arrangements.columns_of(Visit)
    changes = {name: answer for name, answer in told.items() if getattr(visit, name) != answer}
    prepared = prepared_for(visit)
    is_link_new = bool(arrangements.joining_link) and arrangements.joining_link != prepared.joining_link
    if not changes and not is_link_new:
        return False
    if is_link_new:
        prepared.joining_link = arrangements.joining_link
        prepared.save()
    for column, answer in changes.items():
        setattr(visit, column, answer)
    refuse_if_any(eligibility.reasons_cannot_confirm(visit, ()))
    labels = [eligibility.label(Visit, column) for column in changes]
    what = ", ".join([*labels, *([eligibility.label(Preparation, "joining_link")] if is_link_new else [])])
    VISIT.note(visit, "change_arrangements", by=by, at=at, note=what, on_behalf_of=on_behalf_of, **changes)
    tell_who_comes(visit, at=at)
    return True


def tell_who_comes(visit: Visit, *, at: datetime) -> None:
    """Owe everybody who comes a letter with all of it as it stands when the letter leaves."""
    for seat in visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user"):
        assert seat.ambassador is not None
        post(
            notifications.arrangements_changed,
            to=seat.ambassador.user,
            due_at=at,
            visit_id=visit.pk,
            seat_id=seat.pk,
            edited_at=at.isoformat(),
        )
