"""What someone has promised stands only as long as they may come: it is given back in the moment they may not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador, Hold, Requirement
from ambassadors.operations import holds, memberships, requirements
from bookings import eligibility, notifications
from bookings.enums import UNSETTLED_OFFERS, CancelReason
from bookings.models import Offer, Seat, Visit
from bookings.notice import replacement_begins_on
from bookings.operations.promised import lock_with_everyone_beside, promised_seats
from bookings.operations.visits import hand_back_seat
from bookings.workflow import OFFER
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation

if TYPE_CHECKING:
    from stem.accounts.models import User

# No ten working days take longer, whatever holidays fall among them.
LONGEST_WAIT = timedelta(days=31)

MayCome = Callable[[Visit, date], bool]


@transaction.atomic
def hold_back(
    *,
    ambassador: Ambassador,
    kind: HoldKind,
    truth: str,
    starts_on: date,
    ends_on: date | None = None,
    by: "User",
    at: datetime,
) -> Hold:
    """Put someone on hold, and give back what they have promised for these days, in the same moment (rule V-71).

    Each school is told what it is told when anyone cannot come; no history and no letter says who held, or why.
    Refuses as `ambassadors.operations.holds.set_hold` does.
    """
    ambassador = lock_with_everyone_beside(ambassador, at=at)
    hold = holds.set_hold(
        ambassador=ambassador, kind=kind, truth=truth, starts_on=starts_on, ends_on=ends_on, by=by, at=at
    )
    _give_back(ambassador, lambda _visit, day: not hold.covers(day), at=at)
    return hold


@transaction.atomic
def take_back_requirement(*, requirement: Requirement, by: "User", at: datetime) -> None:
    """Take back a record made in error, and with it each promised visit for which it was needed.

    Refuses as `ambassadors.operations.requirements.withdraw_requirement` does.
    """
    ambassador = lock_with_everyone_beside(requirement.ambassador, at=at)
    requirements.withdraw_requirement(requirement=requirement, by=by, at=at)
    give_back_uncleared(ambassador, at=at)


@transaction.atomic
def date_membership(*, requirement: Requirement, last_day: date, by: "User", at: datetime) -> None:
    """Put on record until when a lifetime member's membership lasts, and give back each promised visit after it.

    Refuses as `ambassadors.operations.memberships.date_membership` does.
    """
    ambassador = lock_with_everyone_beside(requirement.ambassador, at=at)
    memberships.date_membership(requirement=requirement, last_day=last_day, by=by, at=at)
    give_back_uncleared(ambassador, at=at)


def give_back_lapsed(*, at: datetime) -> int:
    """Look for someone else where a requirement will have run out by the visit and it is near (rule V-04); how many.

    A sweep: each person is a transaction of their own, it may run twice, or late.
    """
    soon = Seat.objects.promised_between(at, at + LONGEST_WAIT).select_related("ambassador", "visit__request__school")
    late = {seat.ambassador for seat in soon if seat.ambassador is not None and _is_lapsed(seat, at=at)}
    given_back = 0
    for ambassador in sorted(late, key=lambda person: person.pk):
        with transaction.atomic():
            given_back += give_back_uncleared(lock_with_everyone_beside(ambassador, at=at), at=at, near_only=True)
    return given_back


def _is_lapsed(seat: Seat, *, at: datetime) -> bool:
    """Whether whoever holds this seat would not be cleared on the day, and the day is near."""
    assert seat.ambassador is not None and seat.visit.starts_at is not None
    day = day_of(seat.visit.starts_at)
    is_near = _is_near(day, _nation(seat.visit), at=at)
    return is_near and bool(eligibility.reasons_may_not_come(seat.ambassador, seat.visit, day))


def _is_near(day: date, nation: Nation, *, at: datetime) -> bool:
    """Whether no more than ten working days are left before this day."""
    return day_of(at) >= replacement_begins_on(day, nation)


def give_back_uncleared(ambassador: Ambassador, *, at: datetime, near_only: bool = False) -> int:
    """Give back each visit on whose day this person would not be cleared; how many."""

    def may_come(visit: Visit, day: date) -> bool:
        """Whether nothing stands against this day, or there is time yet to put it right."""
        waits = near_only and not _is_near(day, _nation(visit), at=at)
        return waits or not eligibility.reasons_may_not_come(ambassador, visit, day)

    return _give_back(ambassador, may_come, at=at)


def _give_back(ambassador: Ambassador, may_come: MayCome, *, at: datetime) -> int:
    """Hand back each promised seat, and take back each offer, for days on which they may not come; how many seats.

    No history names who decided: what a school or a coordinator reads is the same whatever the reason (rule V-71).
    """
    given_back = 0
    for seat, visit in promised_seats(ambassador, at=at):
        if visit.starts_at is not None and not may_come(visit, day_of(visit.starts_at)):
            hand_back_seat(seat, visit, reason=CancelReason.OTHER, by=None, at=at, told=notifications.place_given_back)
            given_back += 1
    waiting = Offer.objects.filter(ambassador=ambassador, status__in=UNSETTLED_OFFERS).order_by("pk")
    for offer in waiting.select_for_update(no_key=True, of=("self",)):
        times = eligibility.times_of_offer(offer, at)
        if not any(may_come(offer.visit, day_of(starts_at)) for starts_at, _ends_at in times):
            OFFER.move(offer, "withdraw", by=None, at=at)
            post(notifications.offer_withdrawn, to=ambassador.user, due_at=at, offer_id=offer.pk)
    return given_back


def _nation(visit: Visit) -> Nation:
    """Whose rules hold at the school."""
    return Nation(visit.request.school.nation)
