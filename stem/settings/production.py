"""For the open internet: every secret from the environment, and nothing without encryption."""

import sys

from stem.settings.base import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.base import SECRET_KEY, env

if len(SECRET_KEY) < 32:
    sys.exit("Set SECRET_KEY to at least 32 random characters.")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# To be on browsers' preload lists is a promise about a whole domain, which only its owner can make.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whose address a try to sign in counts against: the one that our own outermost proxy saw, not the proxy's for everyone.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXIES", default=1)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A browser takes these names from us alone, over https: no neighbour under our domain can plant a sign-in of its own.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
