"""What someone's check was for, and under which conditions, on a day (rules V-13, V-34)."""

from dataclasses import dataclass
from datetime import date

from ambassadors.assessing import Condition
from ambassadors.models import Ambassador, Requirement


@dataclass(frozen=True)
class Cleared:
    """What the checks that speak for someone come to: was the barred list among them, and all their conditions."""

    barred_list: bool = False
    conditions: frozenset[Condition] = frozenset()


def cleared_for(ambassador: Ambassador, day: date) -> Cleared:
    """What this person's checks come to on this day; without any, nothing."""
    rows = Requirement.objects.checks_on(day).filter(ambassador=ambassador)
    found = list(rows.values_list("barred_list", "conditions"))
    return Cleared(
        barred_list=any(barred_list for barred_list, _codes in found),
        conditions=frozenset(Condition(code) for _barred_list, codes in found for code in codes.split()),
    )
