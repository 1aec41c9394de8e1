"""Criminal record checks of the demonstration, taken through every step by the people who would take it."""

from datetime import date, datetime, timedelta

from ambassadors.enums import CheckBody, EligibilityBasis
from ambassadors.models import Ambassador, Check, Photo
from ambassadors.operations import checks, updates
from ambassadors.operations.checks import Certificate, Right
from ambassadors.operations.memberships import Membership
from stem.accounts.models import User
from stem.nations import Nation

# When those joined whom Disclosure Scotland has yet to move over.
FOR_LIFE = date(2024, 5, 14)


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
    seen = _seen(check, on=at.date(), weigh=weigh)
    checks.see_original(check=check, certificate=seen, by=by, at=at + timedelta(hours=2))
    if second is not None:
        check.refresh_from_db()
        checks.clear_check(check=check, by=second, at=at + timedelta(days=1))
        check.refresh_from_db()
        if often and check.body == CheckBody.DBS:
            # Whoever is in schools so often has subscribed, and has agreed that we ask.
            updates.consent_to_updates(check=check, by=person.user, at=at + timedelta(days=2))
    return check


def photo_of(person: Ambassador) -> str:
    """The digest of their photo, as an officer looks at it beside their document; "" when there is none."""
    return Photo.objects.filter(ambassador=person).values_list("digest", flat=True).first() or ""


def _seen(check: Check, *, on: date, weigh: bool) -> Certificate:
    """What is seen of a certificate of that day; every second member of Scotland's scheme is one for life."""
    pk, membership = check.ambassador_id, None
    number = f"{'N' if check.body == CheckBody.ACCESS_NI else '0019'}{pk:08d}"
    if check.body == CheckBody.PVG:
        number = f"{pk:016d}"
        membership = Membership(joined_on=FOR_LIFE if pk % 2 else on, linked_on=on)
    return Certificate(number, on, "Our office, in person", matches=True, is_to_be_weighed=weigh, membership=membership)
