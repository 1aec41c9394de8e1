"""Ask for a school all the same, although it is another's turn."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import eligibility, permissions
from bookings.models import Request, Visit
from bookings.queries.sharing import SET_ASIDE, shares_of
from bookings.workflow import REQUEST
from stem.accounts.scope import areas_looked_after_by
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def ask_all_the_same(*, request: Request, because: str, by: "User", at: datetime) -> None:
    """Set aside whatever of E-11 and E-12 stands in the way of asking for this request, for a reason that is kept.

    A week's reserve is set aside for that week, a term's cap for the request. Refuses with `not_coordinator`, `because`
    without a reason, or `not_in_the_way` when nothing is, or nobody is looked for.
    """
    visits = list(Visit.objects.select_for_update(no_key=True).filter(request=request).order_by("pk"))
    request = Request.objects.locked(request)
    permissions.check_may_match(by, request)
    if not because.strip():
        raise refuse("because", Kind.INPUT, _("Say why someone should be asked for this school now."))
    policy, areas = values(on=day_of(at)), areas_looked_after_by(by)
    in_the_way = {
        reason.code
        for visit in visits
        if (times := eligibility.times_on_offer(visit, at))
        for reason in shares_of(visit, times[0][0], areas=areas, at=at, policy=policy).reasons
    }
    if not in_the_way:
        raise refuse("not_in_the_way", Kind.STATE, _("Nothing stands in the way of asking for this school."))
    for code in sorted(in_the_way):
        REQUEST.note(request, SET_ASIDE[code], by=by, at=at, note=because.strip())
