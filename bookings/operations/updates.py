"""Asking the update service about somebody, and what follows for what they have promised (rules V-41, V-42)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ambassadors import permissions
from ambassadors.eligibility import check_can_be_asked
from ambassadors.models import Check
from ambassadors.operations import updates
from bookings.operations.promised import lock_with_everyone_beside
from bookings.operations.standing import give_back_uncleared
from stem.audit.record import record
from stem.encryption import decrypted
from stem.rules import Kind, refuse
from stem.update_service import NoClearAnswer, StatusQuestion, StatusResult, UpdateService

if TYPE_CHECKING:
    from stem.accounts.models import User


@sensitive_variables("surname", "born_on", "question")
def ask_update_service(
    *,
    check: Check,
    surname: str,
    born_on: date,
    organisation: str,
    service: UpdateService,
    seen: int,
    by: "User",
    at: datetime,
) -> StatusResult:
    """Ask whether a certificate is still current, and put the answer on record; nobody waits while it is asked.

    That it was asked is on record before it is, for what was told to somebody else is told even if no answer comes.
    Refuses with `not_vetting_officer`, `own_record`, `weighed_it`, as `ambassadors.eligibility.check_can_be_asked`
    does, before and again after, or with `no_clear_answer`, from which nothing follows.
    """
    permissions.check_may_vet(by, check.ambassador)
    permissions.check_has_not_weighed(by, [check])
    check_can_be_asked(check, seen=seen, at=at)
    assert check.number is not None
    question = StatusQuestion(decrypted(bytes(check.number)), surname, born_on, organisation, by.full_name)
    record("check.ask", check, by=by, at=at)
    result = _answer(service, question)
    if result is None:
        record("check.status", check, by=by, at=at, outcome="unclear")
        words = _("The update service gave no clear answer, so nothing has changed. Try again later.")
        raise refuse("no_clear_answer", Kind.STATE, words)
    record_answer(check=check, result=result, seen=seen, by=by, at=at)
    return result


def _answer(service: UpdateService, question: StatusQuestion) -> StatusResult | None:
    """What the service says, or None when that is not clear."""
    try:
        return service.ask(question)
    except NoClearAnswer:
        return None


@transaction.atomic
def record_answer(*, check: Check, result: StatusResult, seen: int, by: "User", at: datetime) -> None:
    """Put an answer of the service on record, by whatever way it came, and give back what may not stand with it.

    Refuses as `ambassadors.operations.updates.record_status` does.
    """
    ambassador = lock_with_everyone_beside(check.ambassador, at=at)
    updates.record_status(check=check, result=result, seen=seen, by=by, at=at)
    give_back_uncleared(ambassador, at=at)
