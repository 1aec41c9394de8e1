"""The private address of a person's calendar feed: signed, so that it needs no table, and replaced by a number."""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F

from stem.accounts.models import User
from stem.audit.record import record

SALT = "stem.accounts.feeds"


def feed_key(user: User) -> str:
    """What stands for this person in the address of their feed; whoever has it can read the feed."""
    return _signer().sign_object([user.pk, user.feed_version])


def owner_of_feed(key: str) -> User | None:
    """Whose feed this key opens: nobody's when it was made up or replaced, or the account is closed."""
    try:
        user_id, version = _signer().unsign_object(key)
    except BadSignature:
        return None
    return User.objects.filter(pk=user_id, feed_version=version, is_active=True).first()


@transaction.atomic
def replace_feed_key(*, user: User, at: datetime) -> None:
    """Give someone's feed another address; the one they had opens nothing from now on."""
    User.objects.filter(pk=user.pk).update(feed_version=F("feed_version") + 1)
    user.refresh_from_db(fields=["feed_version"])
    record("calendar_feed.replace", user, by=user, at=at)


def _signer() -> Signer:
    # A dot reads well in an address; what is signed has none.
    return Signer(salt=SALT, sep=".")
