"""For `./dev demo`: made people, mail kept on a page, one click to sign in as each of them."""

from stem.settings.base import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.base import INSTALLED_APPS, ROOT, database, env

SECRET_KEY = env("SECRET_KEY", default="demonstration-only-nothing-real-is-kept-here")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
ROOT_URLCONF = "demo.urls"
DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{ROOT / 'var' / 'demo.sqlite3'}"))}
EMAIL_BACKEND = "demo.mail.MailboxBackend"
SCHEME_NAME = "Rolemodel demonstration"
