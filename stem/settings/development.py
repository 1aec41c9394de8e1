"""For a developer's own machine: errors in full, and a key that protects nothing."""

from stem.settings.base import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="development-only")
RECORD_KEYS = env.list("RECORD_KEYS", default=["ZGV2ZWxvcG1lbnQtb25seS1wcm90ZWN0cy1ub3RoaW4="])  # protects nothing
ALLOWED_HOSTS = ["*"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this machine
