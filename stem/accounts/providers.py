"""Signing in by another service: what we ask of it, what we believe, and what we keep."""

import logging
from secrets import compare_digest, token_urlsafe
from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from stem.accounts.connections import check_may_connect, hold_back, offered_apps, owner_of
from stem.accounts.models import User

logger = logging.getLogger(__name__)
LONGEST_SUBJECT = 191


class SignInAdapter(OpenIDConnectOAuth2Adapter):
    """One answer of a service, held against the question that it belongs to."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Who the service says this is. An answer to another question, or about two people at once, is refused."""
        claims = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        if not self.nonce or not compare_digest(self.nonce, str(claims.get("nonce", ""))):
            raise OAuth2Error("The nonce is not the one that was sent.")
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise OAuth2Error("The answer does not say whom it is about.")
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != subject:
                raise OAuth2Error("Two answers are about two people.")
            claims = {**more, **claims}
        return self.get_provider().sociallogin_from_response(request, claims)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        issuer = str(self.openid_config["issuer"])
        try:
            if "{tenantid}" in issuer:
                # Microsoft's door for every organisation: each of them vouches for its own people in its own name.
                unread = jwt.decode(id_token, options={"verify_signature": False})
                issuer = issuer.replace("{tenantid}", str(unread.get("tid", "")))
        except jwt.PyJWTError as error:
            raise OAuth2Error("The answer cannot be read.") from error
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=issuer,
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            # What we fetched from the service itself, with our secret and over TLS, needs no signature besides.
            verify_signature=not self.did_fetch_access_token,
        )
        return claims


class SignInProvider(OpenIDConnectProvider):
    """A service that signs people in. We keep its name for the person and their address there, and no token."""

    oauth2_adapter_class = SignInAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Send someone to the service, with a number that its answer must repeat."""
        nonce = token_urlsafe(24)
        kwargs["auth_params"] = {"nonce": nonce}
        sent: HttpResponse = super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)
        return sent

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        """All that we keep of what the service told."""
        return {"email": str(data.get("email", ""))}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """What a new account begins with."""
        return {"email": data.get("email"), "name": data.get("name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Their address; verified only if the service says so in as many words, and is one that has looked."""
        if not data.get("email"):
            return []
        says_so = data.get("email_verified")
        verified = self.app.settings["believe_email"] and (says_so is True or says_so == "true")
        return [EmailAddress(email=data["email"], verified=verified, primary=True)]


class ProviderAdapter(DefaultSocialAccountAdapter):
    """What we ask of the library about other services."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The services that the environment names; none is kept in the database."""
        apps = [SocialApp(provider="openid_connect", **each) for each in offered_apps()]
        return [app for app in apps if provider in (None, app.provider, app.provider_id)]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """What someone is called, to begin with."""
        user: User = sociallogin.user
        user.email = data.get("email") or ""
        user.full_name = str(data.get("name") or "")[:150]
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep no key to what else the person has there, and connect nothing that its owner has not asked for."""
        sociallogin.token = None
        if sociallogin.state.get("process") == "connect":
            check_may_connect(request, sociallogin)
        elif not sociallogin.is_existing and owner_of(sociallogin):
            raise ImmediateHttpResponse(hold_back(request, sociallogin))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """What the form on the way in says already."""
        return {"email": sociallogin.user.email, "full_name": sociallogin.user.full_name}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Make the account, with the address that they gave: what the service says of another proves nothing of it."""
        given = form.cleaned_data["email"].lower()
        sociallogin.email_addresses = [each for each in sociallogin.email_addresses if each.email.lower() == given]
        saved: User = super().save_user(request, sociallogin, form=form)
        return saved

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Where one sees what is connected."""
        return reverse("connected_accounts")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in one sentence what went wrong and what to do; the log gets the kind of error and no more."""
        if exception:
            logger.warning("Signing in by %s failed: %s", provider.sub_id, type(exception).__name__)
        words = {"provider": provider.name}
        status = 400
        if error == AuthError.CANCELLED:
            problem, status = _("You did not go on with %(provider)s. Nothing has changed.") % words, 200
        elif "state" not in (extra_context or {}):
            problem = _("This attempt has run out, or was begun in another window. Please begin again.")
        elif isinstance(exception, RequestException):
            problem = _("%(provider)s does not answer. Try again in a few minutes, or choose another way.") % words
        else:
            problem = _("%(provider)s did not confirm who you are. Try again, or choose another way.") % words
        page = render(request, "socialaccount/authentication_error.html", {"said": problem}, status=status)
        raise ImmediateHttpResponse(page)
