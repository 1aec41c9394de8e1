"""Who is not to be brought in again: asked with a key, for all that is kept of them are hashes (rule V-94)."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors.importing.hashing import digest_of_address, digest_of_record
from ambassadors.models import Scheme, Suppression, SuppressionKey
from stem.encryption import Unreadable, decrypted
from stem.rules import Kind, refuse


def known_key() -> bytes | None:
    """The same for whoever only looks; None while nobody has needed one."""
    row = SuppressionKey.objects.filter(number=1).first()
    return None if row is None else opened(row)


def opened(row: SuppressionKey) -> bytes:
    """The key as it is used. Refuses with `unreadable`."""
    try:
        return decrypted(bytes(row.sealed)).encode()
    except Unreadable:
        words = _("Who said no cannot be read with any of the keys. Add the key that it was kept under.")
        raise refuse("unreadable", Kind.STATE, words) from None


def not_to_be_brought(scheme: Scheme, people: Mapping[str, str], *, key: bytes | None) -> Collection[str]:
    """Which of these ids of a scheme, each with its e-mail address, are not to be brought in, in one query."""
    if key is None or not people:
        return set()
    records = {digest_of_record(key, scheme.pk or 0, each): each for each in people}
    addresses = {each: digest_of_address(key, address) for each, address in people.items()}
    given = [digest for digest in addresses.values() if digest]
    rows = Suppression.objects.filter(Q(record_digest__in=records) | Q(address_digest__in=given))
    found = list(rows.values_list("record_digest", "address_digest"))
    kept = {address for _record, address in found if address}
    by_record = {records[digest] for digest, _address in found if digest in records}
    return by_record | {each for each, digest in addresses.items() if digest in kept}


def said_no_under(address: str) -> list[Suppression]:
    """What is kept of a no that was said for this e-mail address, in two queries at most."""
    key = known_key()
    digest = digest_of_address(key, address) if key is not None else ""
    return list(Suppression.objects.filter(address_digest=digest).select_related("scheme")) if digest else []
