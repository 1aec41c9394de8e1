"""What people sign and declare about themselves. What about is for a talk, and is written down nowhere (rule V-21)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import HoldKind, RequirementKind
from ambassadors.models import Ambassador, Application, Hold, Requirement
from ambassadors.operations.requirements import fulfil_requirement
from ambassadors.queries.staff import vetting_officers_of
from stem.accounts.models import User
from stem.audit.record import record
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, refuse


@transaction.atomic
def sign_declaration(*, ambassador: Ambassador, wants_to_talk: bool, by: User, at: datetime) -> None:
    """Sign the declaration that comes before a check: that there is nothing to tell, or that one would like to talk.

    It says what the annual declaration says, so the year of that begins too. Signed again, only whether one would like
    to talk can change. Refuses with `not_your_profile`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    signed = Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador, kind=RequirementKind.SELF)
    is_signed = signed.exists()
    fulfil_requirement(ambassador=ambassador, kind=RequirementKind.SELF, by=by, at=at)
    if not is_signed:
        fulfil_requirement(ambassador=ambassador, kind=RequirementKind.DECL, by=by, at=at)
    Application.objects.update_or_create(
        ambassador=ambassador,
        defaults={"wants_to_talk": wants_to_talk},
        create_defaults={"wants_to_talk": wants_to_talk, "started_at": at},
    )


@transaction.atomic
def declare_no_change(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Declare that nothing has changed since one last said so: it holds for another year (rule V-54).

    Refuses with `not_your_profile`, or `told_before` while a change that one told of has not been talked over.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    _check_nothing_open(ambassador, by)
    fulfil_requirement(ambassador=ambassador, kind=RequirementKind.DECL, by=by, at=at)


@transaction.atomic
def declare_change(*, ambassador: Ambassador, reach_on: str, by: User, at: datetime) -> Hold:
    """Say that something has changed, and how to be reached: no new visits until a vetting officer has talked with one.

    Every vetting officer of the region is written to. Refuses with `not_your_profile`, or `told_before`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    _check_nothing_open(ambassador, by)
    hold = Hold.objects.create(
        ambassador=ambassador,
        kind=HoldKind.VETTING,
        truth=_("Says that something has changed, and would like to be telephoned: %(reach_on)s")
        % {"reach_on": reach_on},
        starts_on=day_of(at),
        set_by=by,
        set_at=at,
    )
    record("hold.set", hold, by=by, at=at)
    for officer in vetting_officers_of(ambassador):
        post(notifications.change_declared, to=officer, due_at=at, hold_id=hold.pk, user_id=officer.pk)
    return hold


def _check_nothing_open(ambassador: Ambassador, by: User) -> None:
    """Nothing that this person told of waits to be talked over. Refuses with `told_before`."""
    if ambassador.holds.filter(kind=HoldKind.VETTING, set_by=by, lifted_at=None).exists():
        words = _("You have told us that something has changed. Someone from the scheme telephones you about it first.")
        raise refuse("told_before", Kind.STATE, words)
