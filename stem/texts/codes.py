"""Six digits that show a telephone to be someone's. A row keeps only a seed, which the server's key turns into them.

Kept as a hash they would be found in a second by trying all million, by whoever has both the table and its salt;
without the key there is nothing to try. And a text that is repeated, as after a kill, says the same once more.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "stem.texts.codes"
DIGITS = 6


def new_seed() -> str:
    """What stands in a row for a code that has yet to be sent."""
    return secrets.token_urlsafe(16)


def code_of(seed: str, number: str) -> str:
    """The code of this seed for this number: six digits."""
    digest = salted_hmac(SALT, f"{seed} {number}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def is_code(typed: str, *, seed: str, number: str) -> bool:
    """Whether this is the code, however it was spaced."""
    return constant_time_compare("".join(typed.split()), code_of(seed, number))
