"""Codes that people type from a letter. A session keeps only a seed, which the server's key turns into the code.

The library would keep the code itself, where whoever can read the table of sessions could sign in as anyone.
"""

import secrets

from django.utils.crypto import salted_hmac

SALT = "stem.accounts.codes"
# No vowels and no digits: no words by accident, and nothing that is mistaken for something else.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
HALF = 4


def new_seed() -> str:
    """What stands in a session for a code that has yet to be written."""
    return secrets.token_urlsafe(16)


def code_of(seed: str) -> str:
    """The code of this seed, eight letters as `BCDF-GHJK`; of no seed there is none, and nothing matches it."""
    if not seed:
        return ""
    number = int.from_bytes(salted_hmac(SALT, seed, algorithm="sha256").digest())
    drawn = ""
    for _position in range(2 * HALF):
        number, place = divmod(number, len(LETTERS))
        drawn += LETTERS[place]
    return f"{drawn[:HALF]}-{drawn[HALF:]}"
