"""How long a requirement holds, and who makes which check: pure arithmetic (rules V-02, V-10)."""

from calendar import monthrange
from datetime import date, timedelta

from ambassadors.enums import CheckBody, RequirementKind
from stem.nations import Nation


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; the month's last day where that day does not exist."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def valid_until(started_on: date, months: int) -> date:
    """The last day, inclusive, of a fact that holds for so many calendar months (rule V-02)."""
    return add_months(started_on, months) - timedelta(days=1)


# So many days before the last one its owner is written to (rule V-04).
REMINDED_BEFORE = (90, 60, 30, 7)


def reminder_due(last_day: date, on: date) -> int | None:
    """The latest of the reminders that is due on a day, by how many days before the last one; None when none is.

    Whatever was missed before it is not made up for.
    """
    left = (last_day - on).days
    return min((days for days in REMINDED_BEFORE if 0 <= left <= days), default=None)


# Which of the scheme's dated policy values says how many months a requirement holds; the others are permanent,
# and a criminal record check has its own way.
MONTHS_KEY = {
    RequirementKind.SAFEG: "safeguarding_months",
    RequirementKind.CODE: "code_months",
    RequirementKind.DECL: "declaration_months",
}


# Which body makes the check of someone who lives in a nation (rule V-10).
BODIES = {
    Nation.ENG: CheckBody.DBS,
    Nation.WLS: CheckBody.DBS,
    Nation.SCO: CheckBody.PVG,
    Nation.NIR: CheckBody.ACCESS_NI,
}


def body_for(nation: Nation) -> CheckBody:
    """Who makes the check of someone who lives there."""
    return BODIES[nation]


# Whoever joined Scotland's scheme earlier is a member for life, until its body moves them over (rule V-12).
MEMBERSHIPS_END_FROM = date(2026, 4, 1)


def membership_until(joined_on: date, months: int) -> date | None:
    """The last day of a membership joined or renewed on a day; None for one that waits to be moved over (V-12)."""
    return valid_until(joined_on, months) if joined_on >= MEMBERSHIPS_END_FROM else None


# For how many calendar months notes about what a check disclosed may be kept at most, after the decision (rule V-22).
NOTE_MONTHS = {CheckBody.DBS: 6, CheckBody.PVG: 3, CheckBody.ACCESS_NI: 0}


def notes_kept_until(decided_on: date, body: CheckBody, *, days: int) -> date:
    """The day on which notes about what a check disclosed go: so many days after it was decided, or the law's sooner.

    Northern Ireland's go with the decision; Scotland's limit is to be confirmed by whoever advises the scheme (V-22).
    """
    return min(decided_on + timedelta(days=days), add_months(decided_on, NOTE_MONTHS[body]))
