"""For workers that tests start and kill: a gateway on this machine, and leases that run out at once."""

from stem.settings.testing import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.testing import env

TEXTS_BACKEND = "stem.texts.gateway.GatewayTexts"
TEXTS_GATEWAY_URL = env("TEXTS_GATEWAY_URL")
TEXTS_GATEWAY_TOKEN = "of-no-use-elsewhere"
LETTERS_LEASE_SECONDS = env.int("LETTERS_LEASE_SECONDS", default=1)
