"""Going out of the scheme, and what the scheme owes others when somebody has."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import HoldKind, LeaveReason
from ambassadors.models import Ambassador, Hold, OwnCalendar, Photo
from ambassadors.operations.memberships import unlink
from ambassadors.reach.keeping import keep_reach
from ambassadors.workflow import LIFECYCLE, PVG_TOLD
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def leave_register(
    *,
    ambassador: Ambassador,
    reason: LeaveReason | None = None,
    words: str = "",
    by: "User",
    at: datetime,
    on_behalf_of: str = "",
) -> None:
    """Take part no longer: the record is kept for as long as the privacy notice says.

    The photograph and their own calendars go at once. What they have promised is
    `bookings.operations.departures`'s to let go first. Refuses with `state`, or as `permissions.check_may_end_part`
    does; or with `not_now`, in words that tell nobody why, while it is to be decided whether they are referred (C-04).
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_end_part(by, ambassador)
    LIFECYCLE.check(ambassador, "leave")
    if Hold.objects.filter(ambassador=ambassador, referral_owed=True).exists():
        raise refuse("not_now", Kind.STATE, _("This cannot be done on a page just now. Please ring us."))
    LIFECYCLE.move(
        ambassador, "leave", by=by, at=at, reason=reason or "", note=words.strip(), on_behalf_of=on_behalf_of
    )
    keep_reach([ambassador.pk])
    Photo.objects.filter(ambassador=ambassador).delete()
    OwnCalendar.objects.filter(ambassador=ambassador).delete()
    tell_safeguarding_leads(ambassador, at=at)


def tell_safeguarding_leads(ambassador: Ambassador, *, at: datetime) -> None:
    """Whoever goes while a safeguarding hold stands may still have to be referred (C-04): its keepers hear of it."""
    if not Hold.objects.in_force_on(day_of(at)).filter(ambassador=ambassador, kind=HoldKind.SAFEGUARDING).exists():
        return
    for grant in RoleGrant.objects.live(at).filter(role=Role.SAFEGUARDING_LEAD).select_related("user"):
        post(
            notifications.left_under_hold,
            to=grant.user,
            due_at=at,
            ambassador_id=ambassador.pk,
            user_id=grant.user_id,
            left_at=at.isoformat(),
        )


@transaction.atomic
def note_pvg_told(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Put on record that Disclosure Scotland knows that this person has left; no membership is linked to us any more.

    Refuses as `permissions.check_may_vet` does, or with `nothing_owed` when it was told, or need not be.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    if not Ambassador.objects.owing_pvg_notice().filter(pk=ambassador.pk).exists():
        raise refuse("nothing_owed", Kind.STATE, _("Disclosure Scotland has been told already, or need not be."))
    LIFECYCLE.note(ambassador, PVG_TOLD, by=by, at=at)
    unlink(ambassador, by=by, at=at)
