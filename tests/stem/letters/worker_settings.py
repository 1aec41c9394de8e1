"""For workers that tests start and kill: a real mail server, and leases that run out at once."""

from stem.settings.testing import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.testing import TEMPLATES, env
from tests.stem.letters.conftest import TEMPLATES as LETTERS

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], LETTERS]}]
LETTERS_LEASE_SECONDS = env.int("LETTERS_LEASE_SECONDS", default=1)
