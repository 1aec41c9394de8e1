"""For a server and a worker that are killed again and again: queue and cache in the database, as a scheme without Redis
has them, and a real mail server."""

from stem.settings import base
from stem.settings.testing import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.testing import Q_CLUSTER, env

CACHES = base.CACHES
Q_CLUSTER = {**Q_CLUSTER, "sync": False}
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
LETTERS_LEASE_SECONDS = env.int("LETTERS_LEASE_SECONDS", default=10)
