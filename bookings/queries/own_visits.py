"""What an ambassador reads of the visits they arranged themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.checks import cleared_for
from ambassadors.models import Ambassador
from bookings.days import FURTHEST, REACH, is_one_too_many, read_days
from bookings.enums import Mode
from bookings.models import OwnVisit
from stem.nations import Nation

if TYPE_CHECKING:
    from stem.accounts.models import User

SHOWN = 50


@dataclass(frozen=True)
class Told:
    """One of them, as its row says it."""

    own_visit: OwnVisit

    @property
    def detail(self) -> str:
        """How, and with whom."""
        how = _("Live online") if self.own_visit.mode == Mode.ONLINE else _("In person")
        who = _("with under-18s") if self.own_visit.with_under_18s else _("adults only")
        return f"{how}, {who}"


@dataclass(frozen=True)
class OwnVisits:
    """All that the page says."""

    rows: Sequence[Told]
    too_many_on: date | None


def own_visits_of(ambassador: Ambassador, user: "User", *, on: date) -> OwnVisits:
    """Their own visits, the latest first, and the first day to come that takes a check which they do not have."""
    rows = OwnVisit.objects.visible_to(user).filter(ambassador=ambassador)[:SHOWN]
    return OwnVisits([Told(row) for row in rows], _first_too_many(ambassador, on=on))


def _first_too_many(ambassador: Ambassador, *, on: date) -> date | None:
    # The days count in the same nations, whichever of them is asked about.
    theirs = read_days(ambassador, on - REACH, on + FURTHEST)
    for day in sorted(theirs):
        if day >= on and is_one_too_many(day, theirs, Nation.ENG, until=day):
            return None if cleared_for(ambassador, day).barred_list else day
    return None
