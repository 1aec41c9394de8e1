"""Single-use links: minted as a letter leaves, known afterwards only by their hash."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.utils.translation import gettext as _

from stem.letters.models import OneTimeLink
from stem.rules import Kind, Refusal, refuse

TOKEN_BYTES = 24  # 192 bits: nobody guesses one


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def mint_link(purpose: str, object_id: int, *, expires_at: datetime) -> str:
    """A new token that opens `purpose` for this object once; it is told here and never again."""
    token = token_urlsafe(TOKEN_BYTES)
    OneTimeLink.objects.create(
        purpose=purpose, object_id=object_id, token_hash=hash_token(token), expires_at=expires_at
    )
    return token


def find_link(purpose: str, token: str, *, at: datetime) -> OneTimeLink:
    """The link that this token opens, not yet used: enough to show a page, never enough to act.

    Refuses with `link_unknown`, `link_used` or `link_expired`.
    """
    link = OneTimeLink.objects.filter(purpose=purpose, token_hash=hash_token(token)).first()
    if link is None:
        raise refuse("link_unknown", Kind.INPUT, _("This link is not complete. Copy all of it from the e-mail."))
    if link.used_at is not None:
        raise _already_used()
    if link.expires_at <= at:
        raise refuse("link_expired", Kind.STATE, _("This link has run out. Sign in to see where things stand."))
    return link


def use_link(link: OneTimeLink, *, at: datetime) -> None:
    """Spend the link, inside the transaction of what it does: of two who follow it at once, one succeeds.

    Refuses with `link_used`.
    """
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise _already_used()
    link.used_at = at


def _already_used() -> Refusal:
    return refuse("link_used", Kind.STATE, _("This link has been used. Sign in to see where things stand."))
