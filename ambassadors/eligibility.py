"""Is this person bookable on this day, and if not, why: the person alone, without their visits (rule V-05)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ambassadors.enums import AmbassadorStatus, CheckBody, RequirementKind
from ambassadors.models import Ambassador, Hold, Requirement
from ambassadors.querysets import AmbassadorQuerySet
from stem.nations import Nation
from stem.rules import Kind, Reason, refuse_if_any


def bookable(day: date, nation: Nation) -> AmbassadorQuerySet:
    """Everyone who may be booked for a visit on this day in this nation: the set-based twin of `check_bookable`."""
    holds = Hold.objects.in_force_on(day).filter(ambassador=OuterRef("pk"))
    return Ambassador.objects.active().filter(requirements_met(day, nation)).exclude(Exists(holds))


def requirements_met(day: date, nation: Nation) -> Q:
    """As a condition on ambassadors: every requirement counts on this day, for this nation."""
    counting = Requirement.objects.counting_on(day).filter(ambassador=OuterRef("pk"))
    met = Q()
    for kind in RequirementKind:
        met &= Q(Exists(counting.filter(kind=kind, **_narrowed(kind, nation))))
    return met


def _narrowed(kind: RequirementKind, nation: Nation) -> dict[str, str]:
    """What a nation asks of a requirement beyond having it."""
    # A visit in Scotland needs a PVG membership linked to this scheme, without exception (rule V-11).
    if kind is RequirementKind.CRC and nation == Nation.SCO:
        return {"body": CheckBody.PVG}
    return {}


def reasons_not_bookable(ambassador: Ambassador, day: date, nation: Nation) -> list[Reason]:
    """Every reason why this person may not be booked on this day in this nation, none when they may (rule 1.2)."""
    counting = Requirement.objects.counting_on(day).filter(ambassador=ambassador)
    holds = Hold.objects.in_force_on(day).filter(ambassador=ambassador)
    return reasons_given(ambassador, counting, holds, nation)


def reasons_given(
    ambassador: Ambassador, counting: Iterable[Requirement], holds: Iterable[Hold], nation: Nation
) -> list[Reason]:
    """The same, for someone who has read what counts and which holds are in force on the day."""
    reasons = missing_requirements(counting, nation)
    if ambassador.status != AmbassadorStatus.ACTIVE:
        label = AmbassadorStatus(ambassador.status).label
        reasons.append(Reason("not_active", Kind.UNAVAILABLE, _("Not active: %(status)s.") % {"status": label}))
    for hold in holds:
        why = hold.truth or hold.get_kind_display()
        reasons.append(Reason("hold", Kind.UNAVAILABLE, _("On hold: %(why)s.") % {"why": why}))
    return reasons


def missing_requirements(counting: Iterable[Requirement], nation: Nation) -> list[Reason]:
    """A reason for each requirement that is not among those counting on the day."""
    held = {requirement.kind: requirement.body for requirement in counting}
    bodies = {requirement.body for requirement in counting}
    reasons = [
        Reason(kind.value, Kind.VETTING, _("%(requirement)s: not in date that day.") % {"requirement": kind.label})
        for kind in RequirementKind
        if kind.value not in held
    ]
    if nation == Nation.SCO and RequirementKind.CRC in held and CheckBody.PVG not in bodies:
        words = _("A visit in Scotland needs a PVG membership linked to this scheme.")
        reasons.append(Reason("PVG", Kind.VETTING, words))
    return reasons


def check_bookable(ambassador: Ambassador, day: date, nation: Nation) -> None:
    """This person may be booked on this day in this nation.

    Refuses with every reason that stands: a requirement's code, `PVG`, `not_active` or `hold`.
    """
    refuse_if_any(reasons_not_bookable(ambassador, day, nation))
