"""Asking both sides shortly before a visit whether all is as agreed, and taking their word for it (rule 5.6)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from bookings import notifications, permissions
from bookings.enums import SeatStatus, Side, VisitStatus
from bookings.models import Reconfirmation, Seat, Visit
from bookings.queries.readiness import asked_at, opens_on, reminded_at
from bookings.workflow import VISIT
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Kind, refuse
from stem.workdays import is_working_day

if TYPE_CHECKING:
    from stem.accounts.models import User

# No five working days take longer, whatever holidays fall among them.
LONGEST_AHEAD = timedelta(days=16)
# Nor do two.
REMINDED_WITHIN = timedelta(days=8)
# Nobody is asked at night, or on a day on which nobody works.
FIRST_HOUR, LAST_HOUR = 8, 20


@transaction.atomic
def reconfirm_visit(
    *, visit: Visit, seat: Seat | None = None, by: "User | None", at: datetime, on_behalf_of: str = ""
) -> Reconfirmation:
    """One side says that everything is as agreed: whoever has this seat, or without one the school.

    Said again it is said once. `by` is None where a single-use link proved who it is and they have no account. Refuses
    with `not_for_school`, `not_yours`, `state` unless the visit is confirmed and still to come, or `too_early`.
    """
    visit = Visit.objects.locked(visit)
    seat = Seat.objects.locked(seat) if seat is not None else None
    _check_may_say(visit, seat, by)
    if visit.status != VisitStatus.CONFIRMED or visit.starts_at is None or visit.starts_at <= at:
        raise refuse("state", Kind.STATE, _("This visit is not confirmed, or it has begun. Look at its page."))
    if day_of(at) < opens_on(visit):
        raise refuse("too_early", Kind.STATE, _("That is still a while away: we ask you five working days before."))
    row = _asked(visit, seat, at=at)
    if row.said_at is not None:
        return row
    row.said_at, row.by, row.on_behalf_of = at, by, on_behalf_of
    row.save(update_fields=["said_at", "by", "on_behalf_of"])
    VISIT.note(visit, f"reconfirm_by_{row.side}", by=by, at=at, on_behalf_of=on_behalf_of)
    return row


def _check_may_say(visit: Visit, seat: Seat | None, by: "User | None") -> None:
    """The school's people for it, whoever has the seat for themselves, a coordinator for either.

    Refuses with `not_for_school` or `not_yours`.
    """
    if seat is not None and (seat.visit_id != visit.pk or seat.ambassador is None or seat.is_shadow):
        raise permissions.not_your_seat()
    if by is None and (seat is None or seat.ambassador is None or seat.ambassador.user_id is not None):
        raise permissions.not_your_seat()
    if by is not None and seat is not None:
        permissions.check_may_give_up_seat(by, seat)
    elif by is not None:
        permissions.check_may_confirm(by, visit)


def _asked(visit: Visit, seat: Seat | None, *, at: datetime) -> Reconfirmation:
    """The row of this side for the visit as it is now; the caller holds the visit."""
    side = Side.SCHOOL if seat is None else Side.AMBASSADOR
    row, _is_new = Reconfirmation.objects.get_or_create(
        visit=visit, side=side, seat=seat, sequence=visit.sequence, defaults={"asked_at": at}
    )
    return row


@transaction.atomic
def reconfirm_by_link(*, link: OneTimeLink, at: datetime) -> Reconfirmation:
    """Say so with the link from the letter: the link is spent and it is said, or neither.

    Refuses with `link_used`, `changed` where the visit is another by now, or as `reconfirm_visit` does.
    """
    use_link(link, at=at)
    row = Reconfirmation.objects.behind(link.object_id)
    visit = Visit.objects.locked(row.visit)
    if visit.sequence != row.sequence:
        raise refuse("changed", Kind.STATE, _("The visit has changed since that letter. Sign in to see how it is now."))
    return reconfirm_visit(visit=visit, seat=row.seat, by=row.reader, at=at)


def ask_again(*, at: datetime) -> int:
    """Ask both sides of each visit that is near, and once more whoever has not answered; how many visits. A sweep.

    It may run twice, or late: each letter is one letter, and none leaves at night or on a day on which nobody works.
    """
    if not FIRST_HOUR <= at.astimezone(get_default_timezone()).hour < LAST_HOUR:
        return 0
    of_visit = Reconfirmation.objects.filter(visit=OuterRef("pk"), sequence=OuterRef("sequence"))
    # Whoever was asked is asked once more when it is near; between the two there is nothing to do.
    waits = Q(Exists(of_visit.filter(said_at=None)), starts_at__lte=at + REMINDED_WITHIN)
    near = Visit.objects.filter(status=VisitStatus.CONFIRMED, starts_at__gt=at, starts_at__lte=at + LONGEST_AHEAD)
    near = near.filter(~Exists(of_visit) | waits)
    asked = 0
    for visit in near.select_related("request__school").order_by("pk"):
        is_at_work = is_working_day(day_of(at), Nation(visit.request.school.nation))
        if is_at_work and at >= asked_at(visit):
            asked += _ask_both(visit, at=at)
    return asked


@transaction.atomic
def _ask_both(visit: Visit, *, at: datetime) -> bool:
    """Owe a letter to each side that has not answered; whether there is anybody to ask."""
    visit = Visit.objects.locked(visit)
    if visit.status != VisitStatus.CONFIRMED or visit.starts_at is None or asked_at(visit) > at:
        return False
    seats = visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador__user").order_by("pk")
    rows = [_asked(visit, seat, at=at) for seat in (None, *seats)]
    for row in rows:
        if row.said_at is None:
            _owe_letter(row, visit, at=at)
    return any(row.said_at is None for row in rows)


def _owe_letter(row: Reconfirmation, visit: Visit, *, at: datetime) -> None:
    """The question, and two working days before the visit once more to whoever was asked before that."""
    is_reminder = at >= reminded_at(visit) > row.asked_at
    post(
        notifications.visit_to_reconfirm,
        to=row.reader,
        due_at=at,
        reconfirmation_id=row.pk,
        is_reminder=int(is_reminder),
    )
