"""Which designated officer's number a safeguarding lead reads (rule C-03)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ambassadors.validity import add_months
from quality.models import Concern, Officer
from quality.queries import nation_of_concern

if TYPE_CHECKING:
    from stem.accounts.models import User

# A number that nobody has made sure of for so long is marked.
CHECKED_WITHIN_MONTHS = 12


def officer_for(concern: Concern, user: "User") -> Officer | None:
    """Whom to ring about it: the officer of the school's authority, or else of its nation, if a number is known."""
    school = concern.visit.request.school if concern.visit is not None else None
    authority = school.authority if school else ""
    return Officer.objects.visible_to(user).for_school_in(nation_of_concern(concern), authority).first()


@dataclass(frozen=True)
class OfficerListed:
    """An officer's number, and whether nobody has made sure of it for too long."""

    officer: Officer
    is_old: bool


def officers_listed(user: "User", *, on: date) -> list[OfficerListed]:
    """Every officer whose number is known, by area."""
    since = add_months(on, -CHECKED_WITHIN_MONTHS)
    rows = Officer.objects.visible_to(user).select_related("checked_by")
    return [OfficerListed(each, each.checked_on < since) for each in rows]
