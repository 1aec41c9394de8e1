"""Visits that people arranged themselves: said, and taken back."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from ambassadors.permissions import check_may_edit_profile
from bookings.days import FURTHEST
from bookings.enums import Mode
from bookings.models import OwnVisit
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def add_own_visit(
    *,
    ambassador: Ambassador,
    day: date,
    place: str,
    nation: Nation,
    mode: Mode,
    with_under_18s: bool,
    by: "User",
    at: datetime,
) -> OwnVisit:
    """Put on record a day with a group that this person found themselves, past or to come.

    A day and a place are one visit: said again, it holds as it was said last. Refuses with `not_your_profile`, or
    `day` for one more than two years away.
    """
    # Behind the person's row: whoever accepts a visit in the same instant counts this day, or this one comes after it.
    ambassador = Ambassador.objects.locked(ambassador)
    check_may_edit_profile(by, ambassador)
    if abs(day - day_of(at)) > FURTHEST:
        raise refuse("day", Kind.INPUT, _("Give a date within two years from today, before or after."))
    same = OwnVisit.objects.filter(ambassador=ambassador, day=day, place__iexact=place)
    own_visit = same.first() or OwnVisit(ambassador=ambassador, day=day, place=place, added_at=at)
    own_visit.nation, own_visit.mode, own_visit.with_under_18s = nation, mode, with_under_18s
    own_visit.save()
    return own_visit


@transaction.atomic
def remove_own_visit(*, ambassador: Ambassador, pk: int, by: "User") -> None:
    """Take back what was put on record; what is gone stays gone. Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    check_may_edit_profile(by, ambassador)
    OwnVisit.objects.filter(ambassador=ambassador, pk=pk).delete()
