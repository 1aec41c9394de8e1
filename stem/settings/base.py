"""What is true of every installation, whoever runs it."""

from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from stem.settings.providers import sign_in_providers
from stem.settings.tiles import tile_hosts

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

SECRET_KEY: str = env("SECRET_KEY", default="")
# Under which certificate numbers and notes are kept: Fernet keys, the newest first (`rotate_record_keys`). Without any,
# a key made from SECRET_KEY.
RECORD_KEYS: list[str] = env.list("RECORD_KEYS", default=[])
# From when the law asks that sexual offences against children are reported (rule C-05): a day such as 2027-09-01. None
# was known when this was written.
MANDATORY_REPORTING_FROM: date | None = (
    date.fromisoformat(env("MANDATORY_REPORTING_FROM")) if env("MANDATORY_REPORTING_FROM", default="") else None
)
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
BASE_URL: str = env("BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS: list[str] = [BASE_URL]

# -- what is installed: our own stair from the top down, then the libraries
INSTALLED_APPS = [
    "quality",
    "bookings",
    "ambassadors",
    "schools",
    "stem",
    "stem.accounts",
    "stem.audit",
    "stem.geography",
    "stem.letters",
    "stem.loads",
    "stem.policy",
    "stem.scheme",
    "stem.texts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # so that the form renderer finds the widgets beside our own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "stem.headers.PrivateAnswers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "stem.audit.origin.KnownOrigin",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "stem.accounts.sessions.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "stem.urls"
WSGI_APPLICATION = "stem.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stem.menus.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "stem.templatetags.stem"],
        },
    }
]
FORM_RENDERER = "stem.forms.HouseRenderer"


# -- the database: SQLite unless DATABASE_URL says otherwise; both are first class
def database(url: str) -> dict[str, Any]:
    """Settings for the database at `url`, with the options each engine needs to keep our promises."""
    settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        if settings["NAME"] != ":memory:":
            Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        settings["OPTIONS"] = {
            # A transaction that will write takes the lock at its start: no deadlock half way through.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        }
        settings["CONN_MAX_AGE"] = 60
    return settings


DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{ROOT / 'var' / 'rolemodel.sqlite3'}"))}

# -- who signs in: an e-mail address, and a second factor for the scheme's staff
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "stem.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "signup": "stem.accounts.forms.SignupForm",
    "confirm_login_code": "stem.accounts.forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "stem.accounts.forms.ConfirmPasswordResetCodeForm",
    "confirm_email_verification_code": "stem.accounts.forms.ConfirmEmailVerificationCodeForm",
    "login": "stem.accounts.library_forms.LoginForm",
    "request_login_code": "stem.accounts.library_forms.RequestLoginCodeForm",
    "add_email": "stem.accounts.library_forms.AddEmailForm",
    "change_email": "stem.accounts.library_forms.ChangeEmailForm",
    "change_password": "stem.accounts.library_forms.ChangePasswordForm",
    "set_password": "stem.accounts.library_forms.SetPasswordForm",
    "reset_password": "stem.accounts.library_forms.ResetPasswordForm",
    "reset_password_from_key": "stem.accounts.library_forms.ResetPasswordKeyForm",
    "reauthenticate": "stem.accounts.library_forms.ReauthenticateForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# The library sends again to known addresses only, and a letter takes time: asking anew treats all alike.
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = False
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # how long one has shown that it is oneself, by signing in or confirming
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session goes on; all others end with the old password's hash
# Ten failures in five minutes for one account, and a budget for one network address (rule 4.4).
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key,50/5m/ip", "login": "60/m/ip", "signup": "20/m/ip"}
# The page behind the code on a card is open to anybody, and puts each reading on record (bookings/views/cards.py).
# A calendar program asks once an hour, and is counted only when it is sent all of a feed (bookings/views/feeds.py).
# How many could come is counted anew while a request is typed (bookings/views/requests.py). Who asks it of one district
# after another is to come no nearer to anybody's home: one place asks, and is answered, five times a minute, and a
# hundred times a day; and all places together a hundred times a minute (bookings/views/nearby.py). Each code for a
# number is a text that somebody pays for, and that somebody else may not want (bookings/views/texts.py).
# Of a class's codes only wrong ones are counted: a whole school comes from one address (quality/views/polls.py).
PAGE_RATE_LIMITS = {
    "check_card": "60/m/ip",
    "endorsement": "60/m/ip",
    "complain": "20/h/ip",
    "calendar_feed": "30/m/key",
    "could_come": "60/m/user",
    "people_near": "10/m/ip,200/d/ip",
    "people_near_everywhere": "200/m/key",
    "poll_code": "60/m/ip",
    "text_code": "5/h/user,10/d/user,30/h/ip",
    "text_code_to_number": "5/d/key",
    "text_codes": "300/h/key",
}
MFA_ADAPTER = "stem.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "stem.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "stem.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "stem.accounts.forms.RenamePasskeyForm",
    "authenticate": "stem.accounts.library_forms.AuthenticateForm",
    "reauthenticate": "stem.accounts.library_forms.SecondFactorAgainForm",
    "deactivate_totp": "stem.accounts.library_forms.DeactivateTOTPForm",
    "generate_recovery_codes": "stem.accounts.library_forms.GenerateRecoveryCodesForm",
    "login_webauthn": "stem.accounts.forms.SignInWithPasskeyForm",
    "authenticate_webauthn": "stem.accounts.forms.UsePasskeyForm",
    "reauthenticate_webauthn": "stem.accounts.forms.ConfirmWithPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Rolemodel"
MFA_TOTP_TOLERANCE = 1  # a code that ran out while it was typed still counts for half a minute (RFC 6238, 5.2)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = (
    "required"  # a passkey is a second factor because it asks for a finger, a face or a PIN
)
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # two for each sign-in, and a whole school may come from one address
# -- services that sign people in, for those who name them in the environment (stem/settings/providers.py)
SOCIALACCOUNT_ADAPTER = "stem.accounts.providers.ProviderAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # everyone says what they are called, and in which language we write
SOCIALACCOUNT_FORMS = {"signup": "stem.accounts.forms.ProviderSignupForm"}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "stem.accounts.providers.SignInProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": sign_in_providers(env),
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
HOME_FINDER = "quality.home.find_home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
]

# -- caches hold rate limits: with several processes they must share one
REDIS_URL: str = env("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_entries",
            # The library's own limit is 300, and what it then throws out may be a rate limit that someone has used up.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

# -- work in the background: the queue holds no truth, every job is a sweep that may run twice
Q_CLUSTER: dict[str, Any] = {
    "name": "rolemodel",
    "workers": 2,
    "timeout": 300,
    "retry": 360,  # must exceed the timeout, or a slow job starts twice
    "max_attempts": 1,  # the next sweep is the retry
    "catch_up": False,
    "save_limit": 200,
    "label": "Background jobs",
    **({"redis": REDIS_URL} if REDIS_URL else {"orm": "default"}),
}

# -- letters
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 15  # seconds for each word of the mail server's
# How long a worker may hold a letter before another takes it for dead: well above a slow mail server's whole talk.
LETTERS_LEASE_SECONDS: int = env.int("LETTERS_LEASE_SECONDS", default=120)
# Who the scheme is until its administrator has said so on the set-up page; from then on these are the silent ones.
DEFAULT_FROM_EMAIL: str = env("FROM_EMAIL", default="Rolemodel <scheme@rolemodel.example>")
SCHEME_NAME: str = env("SCHEME_NAME", default="Rolemodel")
SCHEME_EMAIL: str = env("SCHEME_EMAIL", default="scheme@rolemodel.example")
# Names the visits in people's calendars, for life: it does not follow an address that is changed on a page.
SCHEME_DOMAIN: str = SCHEME_EMAIL.rpartition("@")[2]
SCHEME_PHONE: str = env("SCHEME_PHONE", default="")

# -- texts, beside the letters that cannot wait: a class that takes them to telephones (stem/texts/port.py). Off unless
# named; then the gateway's address, by https alone, its token, and whom texts come from.
TEXTS_BACKEND: str = env("TEXTS_BACKEND", default="")
TEXTS_GATEWAY_URL: str = env("TEXTS_GATEWAY_URL", default="")
TEXTS_GATEWAY_TOKEN: str = env("TEXTS_GATEWAY_TOKEN", default="")
TEXTS_FROM: str = env("TEXTS_FROM", default="")
TEXTS_FILE: str = env("TEXTS_FILE", default=str(ROOT / "var" / "texts.jsonl"))

# -- registers that come as files: whose way in is whose (an app that stands above is named, never imported)
REGISTER_LOADERS = {
    "postcodes": "stem.geography.loading.POSTCODES",
    "gias": "schools.operations.loading.GIAS",
    "scotland": "schools.operations.loading.SCOTLAND",
    "links": "schools.operations.succession.LINKS",
}

# -- places: a geocoding service by the name geopy knows it by ("nominatim"), and what geopy is to set it up with.
# Off unless named: a stranger's machine is told the postcodes of schools that no file places, and never a home's.
GEOCODER: str = env("GEOCODER", default="")
GEOCODER_OPTIONS: dict[str, Any] = env.json("GEOCODER_OPTIONS", default={})

# -- a picture under the map of candidates: the address of its tiles, as Leaflet writes one, and whom to thank for them.
# Off unless named: whose machine serves the tiles learns which neighbourhoods are looked at, and the map does without.
MAP_TILES: str = env("MAP_TILES", default="")
MAP_CREDIT: str = env("MAP_CREDIT", default="© OpenStreetMap contributors")

# -- the DBS update service, asked about certificates whose holders have agreed to it. Off unless its address is set: by
# https, or on this machine (stem/update_service.py).
UPDATE_SERVICE_URL: str = env("UPDATE_SERVICE_URL", default="")

# -- words and time
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [ROOT / "stem" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# -- files: uploads are kept until they have been read. Web and worker share this folder.
MEDIA_ROOT: str = env("MEDIA_ROOT", default=str(ROOT / "var" / "files"))
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # what is larger goes to the disk as it comes
STATIC_URL = "static/"
STATIC_ROOT = ROOT / "staticfiles"
# Leaflet's files, and no more of the package that brings them: installed as an app it asks for GDAL, and what it writes
# into a page our content security policy forbids (0035).
STATICFILES_DIRS = [
    ("leaflet", Path(folder) / "static" / "leaflet")
    for package in [find_spec("leaflet")]
    if package
    for folder in package.submodule_search_locations or ()
]

# -- the browser is told to trust nothing but us
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *tile_hosts(MAP_TILES)],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "stem.accounts.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 24
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # the page itself carries what its scripts send
CSRF_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS: list[str] = []
