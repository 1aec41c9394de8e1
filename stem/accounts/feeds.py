"""The private addresses of a person's calendar: signed, so that they need no table, and replaced by a number."""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, QuerySet

from stem.accounts.models import User
from stem.audit.record import record

Accounts = TypeVar("Accounts", bound=QuerySet[User, Any])


class FeedKind(StrEnum):
    """What an address opens. The key of one never opens the other, and each is replaced by itself."""

    VISITS = "visits"  # for one's own calendar program
    BUSY = "busy"  # for somebody else, who should learn no more than when one is busy


_SALTS = {FeedKind.VISITS: "stem.accounts.feeds", FeedKind.BUSY: "stem.accounts.feeds.busy"}
_COLUMNS = {FeedKind.VISITS: "feed_version", FeedKind.BUSY: "busy_feed_version"}


def feed_key(user: User, kind: FeedKind = FeedKind.VISITS) -> str:
    """What stands for this person in the address of their feed; whoever has it can read the feed."""
    return _signer(kind).sign_object([user.pk, feed_version(user, kind)])


def feed_version(user: User, kind: FeedKind) -> int:
    """Which of the addresses that this person had the present one is, counted from 1."""
    return int(getattr(user, _COLUMNS[kind]))


def owner_of_feed(key: str, kind: FeedKind = FeedKind.VISITS) -> User | None:
    """Whose feed this key opens: nobody's when it was made up or replaced, or the account is closed."""
    return opened_by(key, User.objects.order_by(), kind).first()


def opened_by(key: str, accounts: Accounts, kind: FeedKind = FeedKind.VISITS) -> Accounts:
    """Of these accounts the one whose feed this key opens, for whoever reads of it what they need and no more."""
    try:
        user_id, version = _signer(kind).unsign_object(key)
    except BadSignature:
        return accounts.none()
    return accounts.filter(pk=user_id, is_active=True, **{_COLUMNS[kind]: version})


@transaction.atomic
def replace_feed_key(*, user: User, kind: FeedKind, version: int, at: datetime) -> None:
    """Give this feed another address instead of the one it had in this version; that opens nothing from now on.

    Asked again, from another window or by a second press, it is done already.
    """
    column = _COLUMNS[kind]
    if User.objects.filter(pk=user.pk, **{column: version}).update(**{column: F(column) + 1}):
        record("calendar_feed.replace", user, by=user, at=at, outcome=kind)
    user.refresh_from_db(fields=[column])


def _signer(kind: FeedKind) -> Signer:
    # A dot reads well in an address; what is signed has none.
    return Signer(salt=_SALTS[kind], sep=".")
