"""For the test run: quick hashes, letters kept in memory, jobs run where they are queued."""

from stem.settings.base import *  # noqa: F403  settings are a namespace, and this one extends the other
from stem.settings.base import Q_CLUSTER, ROOT, database, env

SECRET_KEY = "testing-only"
RECORD_KEYS = ["dGVzdGluZy1vbmx5LXByb3RlY3RzLW5vdGhpbmctMzI="]  # protects nothing
ALLOWED_HOSTS = ["*"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this machine
DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{ROOT / 'var' / 'test.sqlite3'}"))}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # No test has the database server itself fall over: nothing waits for the disk to hold what was committed.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# "sync" alone falls back to the Redis broker: keep "orm" beside it.
Q_CLUSTER = {**Q_CLUSTER, "sync": True, "orm": "default"}
WHITENOISE_AUTOREFRESH = True  # nothing has been collected: files are looked for when they are asked for
