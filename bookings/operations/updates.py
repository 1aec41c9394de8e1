"""Asking the update service about somebody, and what follows for what they have promised (rules V-41, V-42)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.enums import HoldKind
from ambassadors.models import Check
from ambassadors.operations import updates
from bookings.operations.standing import hold_back
from stem.encryption import decrypted
from stem.moments import day_of
from stem.rules import Kind, refuse
from stem.update_service import NoClearAnswer, StatusQuestion, StatusResult, UpdateService

if TYPE_CHECKING:
    from stem.accounts.models import User


def ask_update_service(
    *,
    check: Check,
    surname: str,
    born_on: date,
    organisation: str,
    service: UpdateService,
    by: "User",
    at: datetime,
) -> StatusResult:
    """Ask whether a certificate is still current, and put the answer on record; nobody waits while it is asked.

    Not current: they are held, what they have promised is given back, and a new check is needed. Refuses as
    `ambassadors.operations.updates.check_may_ask` does, or with `no_clear_answer`, from which nothing follows.
    """
    updates.check_may_ask(check=check, by=by, at=at)
    assert check.number is not None
    question = StatusQuestion(decrypted(bytes(check.number)), surname, born_on, organisation, by.full_name)
    try:
        result = service.ask(question)
    except NoClearAnswer:
        words = _("The service gave no clear answer, so nothing is recorded. Try again later.")
        raise refuse("no_clear_answer", Kind.STATE, words) from None
    _act_on(check, result, by=by, at=at)
    return result


@transaction.atomic
def _act_on(check: Check, result: StatusResult, *, by: "User", at: datetime) -> None:
    """The answer and what follows from it stand together, or neither does."""
    if result is StatusResult.NOT_CURRENT:
        hold_back(
            ambassador=check.ambassador,
            kind=HoldKind.VETTING,
            truth=_("A new criminal record check is needed."),
            starts_on=day_of(at),
            by=by,
            at=at,
        )
    updates.record_status(check=check, result=result, by=by, at=at)
