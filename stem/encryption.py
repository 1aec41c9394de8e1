"""Encrypted at rest: what must be readable again, and by nobody who has only the database. Its keys can be changed.

Fernet (AES-128 in CBC with an HMAC, https://github.com/fernet/spec). The first key encrypts and every key decrypts,
so a new key goes first, `reencrypted` brings rows over, and the old key is dropped.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """None of the keys fits: a key is missing, or the bytes were changed."""


def encrypted(text: str) -> bytes:
    """This text under the first key; the same text twice is not the same bytes."""
    return _keys(tuple(settings.RECORD_KEYS), settings.SECRET_KEY).encrypt(text.encode())


def decrypted(sealed: bytes) -> str:
    """The text again. Raises `Unreadable`, and never tells any of it, when no key fits."""
    try:
        return _keys(tuple(settings.RECORD_KEYS), settings.SECRET_KEY).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise Unreadable from None


def reencrypted(sealed: bytes) -> bytes:
    """The same text under the first key. Raises `Unreadable` when no key fits."""
    try:
        return _keys(tuple(settings.RECORD_KEYS), settings.SECRET_KEY).rotate(bytes(sealed))
    except InvalidToken:
        raise Unreadable from None


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...], secret: str) -> MultiFernet:
    # The last one is made from the installation's secret: what was kept before it had keys of its own stays readable.
    made = urlsafe_b64encode(sha256(b"record keys: " + secret.encode()).digest()).decode()
    return MultiFernet([Fernet(key) for key in (*keys, made)])
