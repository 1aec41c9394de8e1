"""What applicants answer before their identity is seen and a check is applied for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import IdentityMethod, RequirementKind
from ambassadors.models import Ambassador, Application, Requirement
from ambassadors.operations.checks import begin_check
from ambassadors.validity import REMINDED_BEFORE
from stem.audit.record import record
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def choose_identity_method(*, ambassador: Ambassador, method: IdentityMethod, by: "User", at: datetime) -> None:
    """Say how one will show who one is; nothing is uploaded (rule V-50). Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    application = _application_of(ambassador, at=at)
    application.identity_method = method
    application.save(update_fields=["identity_method"])
    record("application.identity", application, by=by, at=at)


@transaction.atomic
def agree_to_check(
    *, ambassador: Ambassador, paid_or_credited: bool, expects_frequent: bool, by: "User", at: datetime
) -> None:
    """Agree to a criminal record check, having answered what decides which one (rules V-14, V-15).

    Refuses with `not_your_profile`, `postcode_first` while nobody can tell which nation's body it is, or
    `declaration_first`: the declaration is signed before a check is applied for (rule 1.2).
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    if not ambassador.nation:
        raise refuse("postcode_first", Kind.STATE, _("Give your home postcode first: it decides who makes the check."))
    signed = Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador, kind=RequirementKind.SELF)
    if not signed.exists():
        raise refuse("declaration_first", Kind.STATE, _("Sign your declaration first: it comes before the check."))
    application = _application_of(ambassador, at=at)
    application.paid_or_credited, application.expects_frequent = paid_or_credited, expects_frequent
    application.check_agreed_at = at
    application.save(update_fields=["paid_or_credited", "expects_frequent", "check_agreed_at"])
    record("application.agree_to_check", application, by=by, at=at)
    # One that runs out within the time in which its holder is reminded is not too early to be renewed.
    soon = day_of(at) + timedelta(days=max(REMINDED_BEFORE))
    held = Requirement.objects.counting_on(soon).filter(ambassador=ambassador, kind=RequirementKind.CRC)
    if not held.exists():
        begin_check(ambassador=ambassador, by=by, at=at)


def _application_of(ambassador: Ambassador, *, at: datetime) -> Application:
    """This person's application, begun now if there is none."""
    return Application.objects.get_or_create(ambassador=ambassador, defaults={"started_at": at})[0]
