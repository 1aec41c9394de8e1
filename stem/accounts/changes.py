"""What follows when the way someone signs in has changed: a record, a letter, and the end of other sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from stem.accounts import notifications
from stem.accounts.models import User
from stem.accounts.sessions import end_sessions_of
from stem.audit.record import record
from stem.letters.drafts import Fact
from stem.letters.post import post


@dataclass(frozen=True)
class Change:
    """What a change of someone's sign-in is called in the record, what tells of it, and what it brings with it."""

    action: str
    fact: Fact
    kind: str = ""
    ends_other_sessions: bool = False
    proves_anew: bool = False


PASSWORD = Change("password.change", notifications.password_changed, ends_other_sessions=True)
# What the library tells of, by the name of the letter that it would send.
CHANGES = {
    "password_changed": PASSWORD,
    "password_set": PASSWORD,
    "password_reset": PASSWORD,
    "totp_activated": Change("factor.add", notifications.factor_added, "app", True, True),
    "webauthn_added": Change("factor.add", notifications.factor_added, "passkey", True, True),
    "totp_deactivated": Change("factor.remove", notifications.factor_removed, "app", True),
    "webauthn_removed": Change("factor.remove", notifications.factor_removed, "passkey", True),
    "recovery_codes_generated": Change("recovery_codes.make", notifications.recovery_codes_made, "", True),
    "email_changed": Change("email.change", notifications.email_changed),
    "account_connected": Change("provider.connect", notifications.account_connected),
    "account_disconnected": Change("provider.disconnect", notifications.account_disconnected),
}


@transaction.atomic
def note_change(
    name: str,
    *,
    user: User,
    at: datetime,
    device: str = "",
    this_session: str | None = None,
    provider: str = "",
    old_email: str = "",
) -> None:
    """Put it on record, tell the person by letter, and end the sessions that the change makes doubtful.

    This very session goes on: whoever sits there has just shown who they are.
    """
    change = CHANGES[name]
    words: dict[str, Any] = {"when": at.isoformat(), "device": device}
    if change.kind:
        words["kind"] = change.kind
    if provider:
        words["provider"] = provider
    record(change.action, user, by=user, at=at)
    post(change.fact, to=user, due_at=at, user_id=user.pk, **words)
    if old_email:
        moved = {**words, "old": old_email}
        post(notifications.email_moved_away, due_at=at, language=user.language, user_id=user.pk, **moved)
    if change.proves_anew and user.factor_reset_at is not None:
        user.factor_reset_at = None
        user.save(update_fields=["factor_reset_at"])
    if change.ends_other_sessions:
        end_sessions_of(user, by=user, at=at, but=this_session)
