"""Criminal record checks of the demonstration, taken through every step by the people who would take it."""

from datetime import datetime, timedelta

from ambassadors.enums import CheckBody, EligibilityBasis
from ambassadors.models import Ambassador, Check
from ambassadors.operations import checks, updates
from ambassadors.operations.checks import Certificate, Right
from stem.accounts.models import User
from stem.nations import Nation


def have_checked(
    person: Ambassador, *, by: User, second: User | None, at: datetime, often: bool = False, weigh: bool = False
) -> Check:
    """A check asked for, issued and seen; confirmed by the second officer, or left to whoever comes next."""
    assert person.user is not None
    check = checks.begin_check(ambassador=person, by=person.user, at=at)
    basis = EligibilityBasis.REGULATED if often else EligibilityBasis.INFREQUENT
    if person.nation == Nation.SCO:
        basis = EligibilityBasis.REGULATED_ROLE
    right = Right(basis, "Talks and workshops in schools, with a teacher in the room.", volunteer_free=True)
    checks.confirm_eligibility(check=check, right=right, by=by, at=at)
    checks.apply_for_check(check=check, by=by, at=at)
    check.refresh_from_db()
    checks.note_issued(check=check, by=person.user, at=at + timedelta(hours=1))
    prefix = {CheckBody.PVG: "P", CheckBody.ACCESS_NI: "N"}.get(CheckBody(check.body), "0019")
    number = f"{prefix}{person.pk:08d}"
    seen = Certificate(number, at.date(), "Our office, in person", matches=True, is_to_be_weighed=weigh)
    checks.see_original(check=check, certificate=seen, by=by, at=at + timedelta(hours=2))
    if second is not None:
        check.refresh_from_db()
        checks.clear_check(check=check, by=second, at=at + timedelta(days=1))
        check.refresh_from_db()
        if often and check.body == CheckBody.DBS:
            # Whoever is in schools so often has subscribed, and has agreed that we ask.
            updates.consent_to_updates(check=check, by=person.user, at=at + timedelta(days=2))
    return check
