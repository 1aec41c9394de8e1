"""Services that sign people in, by the environment alone: Google, Microsoft, and any number by OpenID Connect."""

from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com/{tenant}/v2.0"
ASKED_FOR = ("id", "name", "server_url", "client_id", "secret")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def sign_in_providers(env: environ.Env) -> list[dict[str, Any]]:
    """Every service that the environment names, as the library wants to be told of it."""
    found = []
    if client_id := env("GOOGLE_CLIENT_ID", default=""):
        found.append(as_app("google", "Google", GOOGLE, client_id, env("GOOGLE_CLIENT_SECRET", default="")))
    if client_id := env("MICROSOFT_CLIENT_ID", default=""):
        address = MICROSOFT.format(tenant=env("MICROSOFT_TENANT", default="organizations"))
        # Microsoft gives the address that an organisation has written down, and has not asked whose it is.
        app = as_app("microsoft", "Microsoft", address, client_id, env("MICROSOFT_CLIENT_SECRET", default=""))
        app["settings"]["believe_email"] = False
        found.append(app)
    for described in env.json("OIDC_PROVIDERS", default=[]):
        missing = [key for key in ASKED_FOR if not described.get(key)]
        if missing:
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: each provider needs {', '.join(missing)}.")
        app = as_app(*(described[key] for key in ASKED_FOR))
        app["settings"]["believe_email"] = bool(described.get("believe_email", True))
        found.append(app)
    names = [each["provider_id"] for each in found]
    if len(set(names)) < len(names):
        raise ImproperlyConfigured(
            "OIDC_PROVIDERS: each provider needs an id of its own, other than google and microsoft."
        )
    return found


def as_app(name: str, words: str, server_url: str, client_id: str, secret: str) -> dict[str, Any]:
    """One service. What it is told and tells must not be read on the way, so it has an encrypted address."""
    address = urlsplit(server_url)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the server_url of {name} must begin with https://.")
    return {
        "provider_id": name,
        "name": words,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server_url, "believe_email": True},
    }
