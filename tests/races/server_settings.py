"""For real server processes that tests press all at once: jobs are queued, not run in the request."""

from stem.settings.testing import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.testing import Q_CLUSTER

Q_CLUSTER = {**Q_CLUSTER, "sync": False}
