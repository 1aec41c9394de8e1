"""What is kept of those who said no: hashes that only the holder of the key can compare with anything: pure."""

import hmac

from ambassadors.linkage.records import read_email


def digest_of_address(key: bytes, address: str) -> str:
    """The hash of an e-mail address, whichever way it is written; empty where it is none."""
    plain = read_email(address)
    return _digest(key, "address", plain) if plain else ""


def digest_of_record(key: bytes, scheme_id: int, legacy_id: str) -> str:
    """The hash of one scheme's id for somebody."""
    return _digest(key, "record", str(scheme_id), legacy_id)


def _digest(key: bytes, *words: str) -> str:
    return hmac.digest(key, "\0".join(words).encode(), "sha256").hex()
