"""Who we are, for every page and letter: asked of the database seldom, and never wrong where it was just changed.

Every page names the scheme, so asking each time would cost each page a query. A process remembers the answer for some
seconds instead. The one that changes it forgets at once, the pages on which it is changed ask afresh, and another
process says the old name for ten seconds at most. (Our shared cache would not help: by default it is the database.)
"""

from time import monotonic

from django.db import DatabaseError

from stem.scheme.models import THE_ONE, Identity

REMEMBERED_SECONDS = 10.0

# What was read last and until when that will do; replaced as a whole, so that threads need no lock.
_memory: dict[int, tuple[Identity, float]] = {}


def who_we_are(*, afresh: bool = False) -> Identity:
    """What the scheme says of itself, where it is silent the settings; read at most once in ten seconds.

    Where the database cannot answer, a page that says so still has a name: the last known.
    """
    known, until = _memory.get(THE_ONE, (Identity(), 0.0))
    if not afresh and monotonic() < until:
        return known
    try:
        identity = Identity.objects.entered().first() or Identity()
    except DatabaseError:
        return known
    remember(identity)
    return identity


def remember(identity: Identity, *, seconds: float = REMEMBERED_SECONDS) -> None:
    """Say this for so long without asking."""
    _memory[THE_ONE] = identity, monotonic() + seconds


def forget() -> None:
    """Ask the database the next time."""
    _memory.pop(THE_ONE, None)
