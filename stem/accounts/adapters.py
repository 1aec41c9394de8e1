"""What we ask of allauth: our letters, our redirects, and one clear sentence when a letter cannot leave."""

import logging
import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.accounts.changes import note_change
from stem.accounts.codes import code_of, new_seed
from stem.accounts.devices import device_in_words, device_of
from stem.accounts.freshness import is_fresh, ways_to_confirm
from stem.accounts.models import User
from stem.audit.record import record
from stem.scheme.identity import who_we_are

logger = logging.getLogger(__name__)

# Where someone who has just joined goes next, by what they joined as; kept in the session until they get there.
JOINING_AS = "joining_as"
NEXT_STEP = {"teacher": "claim_school", "ambassador": "join_as_ambassador"}
CONFIRM_WITH = {
    "mfa_reauthenticate_webauthn": lazy("Use a passkey"),
    "mfa_reauthenticate": lazy("Use a code from your app, or a recovery code"),
    "account_reauthenticate": lazy("Use your password"),
    "confirm_by_letter": lazy("Use a code that we send you"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as this scheme does it.

    Its letters carry codes that may be stored nowhere, so they leave at once and are not in the outbox.
    """

    def generate_login_code(self) -> str:
        """What the session keeps for a code to sign in."""
        return new_seed()

    def generate_password_reset_code(self) -> str:
        """What the session keeps for a code to choose a new password."""
        return new_seed()

    def generate_email_verification_code(self) -> str:
        """What the session keeps for a code to confirm an address."""
        return new_seed()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send `account/email/login_code` from the folder `emails/accounts/login_code`, and say so if it cannot go."""
        folder = f"emails/accounts/{template_prefix.rpartition('/')[2]}"
        words = {"to_name": "", "email": email, **context, "code": code_of(context.get("code", ""))}
        words["because"] = _("You get this because somebody, perhaps you, has entered this e-mail address with us.")
        message = EmailMultiAlternatives(
            subject=" ".join(render_to_string(f"{folder}/subject.txt", words).split()),
            body=render_to_string(f"{folder}/body.txt", words).strip() + "\n",
            from_email=who_we_are().sender,
            to=[email],
        )
        message.attach_alternative(render_to_string(f"{folder}/body.html", words), "text/html")
        try:
            message.send()
        except (SMTPException, OSError) as error:
            # The class of the error only: its text may quote the address.
            logger.error("A sign-in letter could not be sent: %s", type(error).__name__)
            messages.error(
                allauth_context.request, _("The e-mail could not be sent. Please try again in a few minutes.")
            )

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell of a change, as the library asks, by a letter of the outbox; what else follows is done here as well."""
        told, request = context or {}, allauth_context.request
        note_change(
            template_prefix.rpartition("/")[2],
            user=user,
            at=timezone.now(),
            device=device_of(request.headers.get("user-agent", "")),
            this_session=request.session.session_key,
            provider=str(told.get("provider", "")),
            old_email=told.get("from_email", ""),
        )

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Put on record that somebody has signed in, with every proof that is asked of them (L-02)."""
        response = super().post_login(request, user, **more)
        record("sign_in", user, by=user, at=timezone.now())
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put on record that a password was wrong, and for whose account, if there is one; never what was typed."""
        account = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        record("sign_in.fail", account, by=None, at=timezone.now(), outcome="refused")

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Whether the person has yet to show that it is they; who signed in a minute ago is not asked again."""
        return not is_fresh(allauth_context.request, now=time.time())

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How this person may show that it is they. Nothing less than a second factor, for who has one."""
        pages = ways_to_confirm(user) if isinstance(user, User) else []
        return [{"id": page, "description": CONFIRM_WITH[page], "url": reverse(page)} for page in pages]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """On to the next step of joining, or home."""
        part = request.session.pop(JOINING_AS, None)
        return reverse(NEXT_STEP.get(part, settings.LOGIN_REDIRECT_URL))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same as after signing in."""
        return self.get_login_redirect_url(request)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors as this scheme has them."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that a passkey belongs to: the host that was asked for, under the scheme's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": who_we_are().known_as}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002  the library's name
        """What a new passkey is called unless its owner says otherwise: by what it was made in."""
        return device_in_words(device_of(allauth_context.request.headers.get("user-agent", "")))
