"""Whether somebody is referred to the body that bars people (C-04), and who was told of an offence (C-05)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Hold
from ambassadors.operations.holds import owe_referral
from ambassadors.permissions import check_is_second
from quality.eligibility import check_note
from quality.enums import Referral
from quality.models import Concern
from quality.operations.concern_steps import check_when
from quality.operations.concerns import held
from quality.workflow import CONCERN
from stem.encryption import encrypted
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def answer_referral(
    *,
    concern: Concern,
    referral: Referral,
    note: str,
    referred_on: date | None = None,
    referral_reference: str = "",
    by: "User",
    at: datetime,
) -> None:
    """Say that they are referred, on which day under which reference; or be the first to say that the duty is not met.

    Refuses with `not_safeguarding_lead`, `own_record`, `not_owed` where it has been said or is about nobody of ours,
    `no_note`, `referred_on` or `referral_reference`.
    """
    concern = held(concern, by)
    _check_owed(concern)
    check_note(note)
    is_referred = referral == Referral.REFERRED
    if is_referred and (referred_on is None or referred_on > day_of(at)):
        raise refuse("referred_on", Kind.INPUT, _("Say on which day they were referred."))
    if is_referred and not referral_reference.strip():
        raise refuse("referral_reference", Kind.INPUT, _("Write down the reference of the referral."))
    CONCERN.note(
        concern,
        "answer_referral",
        by=by,
        at=at,
        note=note.strip(),
        referral=referral,
        referred_on=referred_on if is_referred else None,
        referral_reference=referral_reference.strip() if is_referred else "",
        referral_by=by,
    )
    _let_go(concern, by=by, at=at)


@transaction.atomic
def confirm_not_met(*, concern: Concern, by: "User", at: datetime) -> None:
    """Be the second to say that the duty is not met.

    Refuses with `not_safeguarding_lead`, `own_record`, `not_owed`, `not_proposed` before somebody else has said so, or
    `same_person`.
    """
    concern = held(concern, by)
    _check_owed(concern)
    if concern.referral != Referral.NOT_MET:
        raise refuse("not_proposed", Kind.STATE, _("Nobody has said yet that the duty is not met."))
    check_is_second(by, concern.referral_by_id)
    CONCERN.note(concern, "confirm_not_met", by=by, at=at, referral_second=by)
    _let_go(concern, by=by, at=at)


@transaction.atomic
def record_report(
    *,
    concern: Concern,
    police_told_at: datetime | None,
    authority_told_at: datetime | None,
    delayed_because: str,
    by: "User",
    at: datetime,
) -> None:
    """Put on record when the police, or the local authority, were told; and why not at once, if it was not.

    Refuses with `not_safeguarding_lead`, `own_record`, `over`, `police_told_at` or `authority_told_at`.
    """
    concern = held(concern, by)
    if concern.closed_at is not None:
        raise refuse("over", Kind.STATE, _("This is closed. If there is something new, raise it as a worry."))
    if police_told_at is None and authority_told_at is None:
        raise refuse("police_told_at", Kind.INPUT, _("Say when the police or the local authority were told."))
    for field, told_at in (("police_told_at", police_told_at), ("authority_told_at", authority_told_at)):
        if told_at is not None:
            check_when(told_at, at, field=field)
    CONCERN.note(
        concern,
        "record_report",
        by=by,
        at=at,
        note=delayed_because.strip(),
        is_reportable=True,
        police_told_at=police_told_at,
        authority_told_at=authority_told_at,
        reported_by=by,
        delayed_because=encrypted(delayed_because.strip()) if delayed_because.strip() else None,
    )


def _check_owed(concern: Concern) -> None:
    """Refuses with `not_owed` where nothing is to be said any more."""
    if not concern.owes_referral or concern.closed_at is not None:
        raise refuse("not_owed", Kind.STATE, _("It has been said already, or is about nobody of the register."))


def _let_go(concern: Concern, *, by: "User", at: datetime) -> None:
    """Let their part be ended again, once it has been said of every worry of possible harm about them."""
    if Concern.objects.owing_referral().filter(ambassador=concern.ambassador).exists():
        return
    for hold in Hold.objects.filter(ambassador=concern.ambassador, referral_owed=True):
        owe_referral(hold=hold, is_owed=False, by=by, at=at)
