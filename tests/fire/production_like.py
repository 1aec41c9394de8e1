"""Production's settings, with the files collected where the trial wants them."""

import environ

from stem.settings.production import *  # noqa: F403  settings are a namespace, and this one extends the other

STATIC_ROOT = environ.Env()("COLLECTED")
