"""Letting one's visits be counted for one's employer, or no longer."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from quality import permissions
from quality.employers.names import key_of
from quality.models import EmployerAgreement
from stem.audit.record import record
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def agree_to_be_counted(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Let the visits that somebody makes from now on be counted for the employer whom they name; twice is once.

    Of another employer than they agreed for before it begins anew. Refuses with `not_yours`, or `no_employer` where
    they name none.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_is_own(by, ambassador)
    key = key_of(ambassador.organisation)
    if not key:
        words = _("Your profile names no employer. Write there for whom you work, and come back.")
        raise refuse("no_employer", Kind.STATE, words)
    if EmployerAgreement.objects.filter(ambassador=ambassador, key=key).exists():
        return
    agreed = {"key": key, "agreed_at": at}
    agreement, _is_new = EmployerAgreement.objects.update_or_create(ambassador=ambassador, defaults=agreed)
    record("employer_agreement.give", agreement, by=by, at=at)


@transaction.atomic
def be_counted_no_longer(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Count no visit of somebody's in what is told next; twice is once. Refuses with `not_yours`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_is_own(by, ambassador)
    for agreement in EmployerAgreement.objects.filter(ambassador=ambassador):
        record("employer_agreement.take_back", agreement, by=by, at=at)
        agreement.delete()


def forget_agreements(*, at: datetime) -> int:
    """Delete that somebody is counted who takes no part any more; of how many. A sweep."""
    gone = EmployerAgreement.objects.filter(ambassador__status__in=(AmbassadorStatus.LEFT, AmbassadorStatus.DECLINED))
    with transaction.atomic():
        for agreement in gone:
            record("employer_agreement.forget", agreement, by=None, at=at)
        return gone.delete()[0]
