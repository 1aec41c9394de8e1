"""Those who said no to us are not brought in again, and all that is kept for it are keyed hashes (rule V-94)."""

from datetime import datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from ambassadors.enums import NoBecause
from ambassadors.importing.hashing import digest_of_address, digest_of_record
from ambassadors.models import Ambassador, Membership, Suppression, SuppressionKey
from ambassadors.queries.suppressed import opened
from stem.audit.record import record
from stem.encryption import encrypted
from stem.moments import day_of

if TYPE_CHECKING:
    from stem.accounts.models import User

KEY_BYTES = 32


def locked_key() -> bytes:
    """The key of the hashes, held until the transaction ends; made when it is first asked for.

    Who says no and what an import brings exclude each other by it, or somebody could come in again between the two.
    Refuses with `unreadable`.
    """
    SuppressionKey.objects.get_or_create(number=1, defaults={"sealed": encrypted(token_urlsafe(KEY_BYTES))})
    return opened(SuppressionKey.objects.select_for_update().get(number=1))


def suppress(person: Ambassador, because: NoBecause, *, key: bytes, at: datetime) -> None:
    """See to it that nobody brings this person's records in again; who said no, not under the address either.

    Whoever was silent has not said no to a scheme that they may come from another time.
    """
    is_no = because is NoBecause.NO
    for each in Membership.objects.filter(ambassador=person).select_related("scheme"):
        address = each.said["email"][0] if "email" in each.said else person.email
        Suppression.objects.update_or_create(
            record_digest=digest_of_record(key, each.scheme_id, each.legacy_id),
            defaults={
                "scheme": each.scheme,
                "address_digest": digest_of_address(key, address) if is_no else "",
                "because": because,
                "since": day_of(at),
            },
        )


def end_suppression(*, user: "User", at: datetime) -> bool:
    """Whoever comes of their own will may be brought in again under their address; whether they were not to be.

    The caller has seen that the address is theirs.
    """
    if not Suppression.objects.exists():
        return False
    digest = digest_of_address(locked_key(), user.email)
    is_over = bool(digest) and Suppression.objects.filter(address_digest=digest).delete()[0] > 0
    if is_over:
        record("suppression.end", user, by=user, at=at)
    return is_over
