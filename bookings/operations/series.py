"""All that remain of a series at once: given back by whoever comes, or called off by the school or the scheme."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.enums import UPCOMING, CancelReason, VisitStatus
from bookings.models import Request, Seat, Visit
from bookings.operations.requests import end_searches
from bookings.operations.visits import cancel_visit, give_up_seat
from bookings.queries.series import to_come_with
from bookings.workflow import REQUEST
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def give_up_rest(*, seat: Seat, reason: CancelReason, by: "User", at: datetime, on_behalf_of: str = "") -> int:
    """Give back a place in this meeting and in those that follow it, all or none; how many.

    Somebody else is looked for who comes to all of them. Refuses with `state` where nothing is left of it, or as
    `give_up_seat` does.
    """
    visits = _held(seat.visit, at=at)
    mine = Seat.objects.filter(visit__in=visits, ambassador=seat.ambassador_id, ambassador__isnull=False)
    seats = list(mine.select_related("visit").order_by("visit"))
    _check_something_left(seats)
    for each in seats:
        give_up_seat(seat=each, reason=reason, by=by, at=at, on_behalf_of=on_behalf_of)
    return len(seats)


@transaction.atomic
def cancel_rest(
    *, visit: Visit, reason: CancelReason, by: "User", at: datetime, for_scheme: bool = False, on_behalf_of: str = ""
) -> int:
    """Call off this meeting and those that follow it, all or none; how many.

    Refuses with `state` where nothing is left of it, or as `cancel_visit` does.
    """
    visits = _held(visit, at=at)
    _check_something_left(visits)
    for each in visits:
        cancel_visit(visit=each, reason=reason, by=by, at=at, for_scheme=for_scheme, on_behalf_of=on_behalf_of)
    return len(visits)


@transaction.atomic
def end_meeting(*, visit: Visit, at: datetime) -> None:
    """One meeting of a series comes to nothing, since nobody was found for its day; the others go on.

    The school is told where it stood in its calendar. A sweep's: nothing happens where somebody was quicker.
    """
    visit = Visit.objects.locked(visit)
    if visit.status != VisitStatus.FINDING:
        return
    end_searches([visit], "give_up", by=None, at=at)
    request = Request.objects.locked(visit.request)
    if REQUEST.can(request, "fulfil") and not request.visits.filter(status=VisitStatus.FINDING).exists():
        REQUEST.move(request, "fulfil", by=None, at=at)


def _held(visit: Visit, *, at: datetime) -> list[Visit]:
    """This meeting and those that follow it, held behind everyone who has a place in them."""
    found = [each.pk for each in to_come_with(visit, at=at)]
    people = Seat.objects.filter(visit__in=found, ambassador__isnull=False).values("ambassador")
    list(Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=people).order_by("pk"))
    rows = Visit.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=found, status__in=UPCOMING)
    return list(rows.select_related("request__school").order_by("pk"))


def _check_something_left(found: list[Seat] | list[Visit]) -> None:
    """Something can still be given back, or called off. Refuses with `state`."""
    if not found:
        raise refuse("state", Kind.STATE, _("Nothing is left of this series that could be called off."))
