"""Decide the scheme's numbers."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stem.accounts.models import User
from stem.audit.record import record
from stem.moments import day_of
from stem.policy.keys import KEYS
from stem.policy.models import PolicyValue
from stem.rules import Kind, refuse


@transaction.atomic
def set_value(key: str, value: int, *, from_day: date, by: User, at: datetime) -> PolicyValue:
    """Decide a number from a day on; a safeguarding number holds only when a second person has confirmed it.

    Refuses with `policy_value` what is no whole number or out of range, and with `policy_day` a day gone by: what was
    done then was done by the number of that day. An unknown key is a `KeyError`. Whoever decides the very
    same again, with nothing decided in between, has decided once.
    """
    meaning = KEYS[key]
    if not meaning.fits(value):
        raise refuse("policy_value", Kind.INPUT, meaning.asked)
    if from_day < day_of(at):
        raise refuse("policy_day", Kind.INPUT, _("A new number cannot begin in the past: choose today or a later day."))
    # Whoever presses twice waits here, and then has decided it already.
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    said = {"key": key, "value": value, "effective_from": from_day, "set_by": by}
    last = PolicyValue.objects.filter(key=key).order_by("-pk").first()
    if (
        last is not None
        and last.confirmed_by_id is None
        and all(getattr(last, name) == told for name, told in said.items())
    ):
        return last
    decided = PolicyValue.objects.create(set_at=at, **said)
    record("policy.set", decided, by=by, at=at)
    return decided


@transaction.atomic
def confirm_value(*, decided: PolicyValue, by: User, at: datetime) -> None:
    """Be the second person who agrees to a safeguarding number: it holds from its day, or today if that is past.

    Refuses with `same_person` for the one who set it, and with `confirmed_before` when somebody already has.
    """
    decided = PolicyValue.objects.locked(decided)
    if decided.confirmed_by_id is not None:
        raise refuse("confirmed_before", Kind.STATE, _("Somebody has already confirmed this number."))
    if decided.set_by_id == by.pk:
        raise refuse("same_person", Kind.PERMISSION, _("Ask someone else to confirm it: a second person has to agree."))
    decided.confirmed_by, decided.confirmed_at = by, at
    decided.effective_from = max(decided.effective_from, day_of(at))
    decided.save(update_fields=["confirmed_by", "confirmed_at", "effective_from"])
    record("policy.confirm", decided, by=by, at=at)
