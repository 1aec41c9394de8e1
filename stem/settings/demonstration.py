"""For `./dev demo`: made people, mail kept on a page, one click to sign in as each of them."""

from typing import Any

from stem.settings.base import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.base import INSTALLED_APPS, ROOT, STATIC_ROOT, TEMPLATES, database, env

SECRET_KEY = env("SECRET_KEY", default="demonstration-only-nothing-real-is-kept-here")
RECORD_KEYS = env.list("RECORD_KEYS", default=["ZGVtb25zdHJhdGlvbi1wcm90ZWN0cy1ub3RoaW5nLTE="])  # protects nothing
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
ROOT_URLCONF = "demo.urls"
DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{ROOT / 'var' / 'demo.sqlite3'}"))}
EMAIL_BACKEND = "demo.mail.MailboxBackend"
SCHEME_NAME = "Rolemodel demonstration"
BASE_URL = env("BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this machine
# Served from where they lie: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)  # it is looked for all the same
_options: dict[str, Any] = dict(TEMPLATES[0]["OPTIONS"])  # type: ignore[call-overload]
_options["context_processors"] = [*_options["context_processors"], "demo.context.demonstration"]
TEMPLATES = [{**TEMPLATES[0], "OPTIONS": _options}]
