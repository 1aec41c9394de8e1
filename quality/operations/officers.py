"""Keeping the numbers of designated officers, so that nobody looks for one when it counts (rule C-03)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from quality.models import Officer
from quality.permissions import check_may_keep_officers
from stem.audit.record import record
from stem.nations import Nation

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Reached:
    """How an officer is reached, and when somebody last made sure of it."""

    name: str
    phone: str
    phone_out_of_hours: str
    email: str
    checked_on: date


@transaction.atomic
def keep_officer(*, nation: Nation, authority: str, reached: Reached, by: "User", at: datetime) -> Officer:
    """Write down how the officer of this authority is reached, instead of what stood there; `""` is a whole nation.

    Refuses with `not_safeguarding_lead`.
    """
    check_may_keep_officers(by)
    officer, _is_new = Officer.objects.update_or_create(
        nation=nation, authority=authority, defaults={**asdict(reached), "checked_by": by}
    )
    record("officer.keep", officer, by=by, at=at)
    return officer


@transaction.atomic
def forget_officer(*, officer: Officer, by: "User", at: datetime) -> None:
    """Take a number off the list. Refuses with `not_safeguarding_lead`."""
    check_may_keep_officers(by)
    record("officer.forget", officer, by=by, at=at)
    officer.delete()
