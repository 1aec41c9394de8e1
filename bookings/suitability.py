"""What someone's check leaves open: so many days with under-18s (rule V-15), and such visits (rule V-34)."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from ambassadors.assessing import Condition
from ambassadors.checks import Cleared, cleared_for
from ambassadors.models import Ambassador
from bookings.conditions import conditions_against, told_to_them
from bookings.days import REACH, is_one_too_many, read_days
from bookings.models import Request, Visit
from bookings.regulated import HOLDS_FROM, is_frequent_series, is_in_force
from stem.nations import Nation
from stem.rules import Kind, Reason

TOO_MANY_DAYS = "RA_BARRED_LIST"
CONDITIONS = "conditions"


def reasons_unsuited(ambassador: Ambassador, visit: Visit, day: date, *, people: int) -> list[Reason]:
    """What in this person's check stands against this visit on this day, to which so many people come, or would.

    Its codes are `RA_BARRED_LIST` and `conditions`; none when nothing stands against it.
    """
    cleared = cleared_for(ambassador, day)
    return [*_of_days(ambassador, visit, day, cleared), *_of_conditions(visit.request, cleared, people)]


def reasons_no_longer_suited(ambassador: Ambassador, visit: Visit, day: date) -> list[Reason]:
    """The same for a place that they hold: the last of their days is the one too many, whichever was agreed first."""
    cleared = cleared_for(ambassador, day)
    return [
        *_of_days(ambassador, visit, day, cleared, until=day),
        *_of_conditions(visit.request, cleared, visit.request.people),
    ]


def bound_by(conditions: Iterable[Condition]) -> Reason:
    """What keeps someone from a visit, for each who hears of it: schools and coordinators read no condition."""
    named = sorted(conditions)
    labels = ", ".join(str(each.label).lower() for each in named)
    return Reason(
        CONDITIONS,
        Kind.VETTING,
        _("Their check has conditions: %(conditions)s.") % {"conditions": labels},
        to_coordinator=_("Cannot be booked for this visit."),
        to_person=" ".join(told_to_them(each) for each in named),
    )


def too_many_days(*, is_series: bool = False) -> Reason:
    """More than a check without the barred list is for, by a series or by days, and what would help."""
    if is_series:
        return Reason(
            TOO_MANY_DAYS,
            Kind.VETTING,
            _("A series with the same pupils: that needs a check with the children’s barred list."),
            to_coordinator=_("A series needs an upgraded check. Ask somebody else, or start one."),
            to_person=_("A series with the same pupils takes an upgraded check. Ask us to start it."),
        )
    return Reason(
        TOO_MANY_DAYS,
        Kind.VETTING,
        _("More than 3 days with under-18s within 30: that needs a check with the children’s barred list."),
        to_coordinator=_(
            "More than 3 days with under-18s within 30. "
            "Offer fewer dates, ask somebody else, or start an upgraded check."
        ),
        to_person=_(
            "That would be more than 3 days with under-18s within 30, which takes an upgraded check. "
            "Choose fewer dates, or ask us to start the check."
        ),
    )


def _of_days(
    ambassador: Ambassador, visit: Visit, day: date, cleared: Cleared, *, until: date | None = None
) -> Iterator[Reason]:
    nation = Nation(visit.request.school.nation)
    if cleared.barred_list or nation not in HOLDS_FROM:
        return
    request = visit.request
    is_often = is_frequent_series(request.activity, request.meetings, request.weeks_apart)
    if is_in_force(nation, on=day) and is_often:
        yield too_many_days(is_series=True)
    elif is_one_too_many(day, read_days(ambassador, day - REACH, day + REACH), nation, until=until):
        yield too_many_days()


def _of_conditions(request: Request, cleared: Cleared, people: int) -> Iterator[Reason]:
    against = conditions_against(
        online=request.is_online,
        stage=request.stage,
        activity=request.activity,
        people=people,
        is_series=request.is_series,
    )
    if binding := cleared.conditions & against:
        yield bound_by(binding)
