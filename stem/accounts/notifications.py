"""Letters that tell someone that the way they sign in has changed, one function a fact.

Nobody but their reader may see, hold or stop them: they are what gives away an intruder, who may be one of the staff.
"""

from datetime import datetime

from stem.accounts.devices import device_in_words
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, confidential
from stem.letters.kinds import LetterKind


def _told(draft: Draft, user_id: int, when: str, device: str, **words: str) -> Envelope | None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    context = {
        "at": datetime.fromisoformat(when),
        "device": device_in_words(device),
        "new_password": draft.page("account_reset_password"),
        "sessions": draft.page("my_sessions"),
        "contact": draft.page("contact"),
        **words,
    }
    return Envelope(str(user), user.email, context)


@about(LetterKind.SIGN_IN)
@confidential
def password_changed(draft: Draft, *, user_id: int, when: str, device: str) -> Envelope | None:
    """Your password is another from now on."""
    return _told(draft, user_id, when, device)


@about(LetterKind.SIGN_IN)
@confidential
def factor_added(draft: Draft, *, user_id: int, when: str, device: str, kind: str) -> Envelope | None:
    """There is a passkey or an authenticator app more."""
    return _told(draft, user_id, when, device, kind=kind)


@about(LetterKind.SIGN_IN)
@confidential
def factor_removed(draft: Draft, *, user_id: int, when: str, device: str, kind: str) -> Envelope | None:
    """There is a passkey or an authenticator app less."""
    return _told(draft, user_id, when, device, kind=kind)


@about(LetterKind.SIGN_IN)
@confidential
def recovery_codes_made(draft: Draft, *, user_id: int, when: str, device: str) -> Envelope | None:
    """There are new recovery codes, and the old ones are void."""
    return _told(draft, user_id, when, device)


@about(LetterKind.SIGN_IN)
@confidential
def email_changed(draft: Draft, *, user_id: int, when: str, device: str) -> Envelope | None:
    """From now on you sign in with this address: to the new one."""
    return _told(draft, user_id, when, device)


@about(LetterKind.SIGN_IN)
@confidential
def email_moved_away(draft: Draft, *, user_id: int, when: str, device: str, old: str) -> Envelope | None:
    """Your account has left this address: to the old one, which is not told where it went."""
    told = _told(draft, user_id, when, device)
    return Envelope(told.to_name, old, told.context) if told else None


@about(LetterKind.SIGN_IN)
@confidential
def account_connected(draft: Draft, *, user_id: int, when: str, device: str, provider: str) -> Envelope | None:
    """Another service can sign you in."""
    return _told(draft, user_id, when, device, provider=provider)


@about(LetterKind.SIGN_IN)
@confidential
def account_disconnected(draft: Draft, *, user_id: int, when: str, device: str, provider: str) -> Envelope | None:
    """Another service can no longer sign you in."""
    return _told(draft, user_id, when, device, provider=provider)


@about(LetterKind.SIGN_IN)
@confidential
def second_factor_reset(draft: Draft, *, user_id: int, when: str, device: str) -> Envelope | None:
    """An administrator has taken away all your second factors."""
    return _told(draft, user_id, when, device)
