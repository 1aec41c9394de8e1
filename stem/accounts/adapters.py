"""What we ask of allauth: our letters, our redirects, and one clear sentence when a letter cannot leave."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from stem.accounts.codes import code_of, new_seed
from stem.scheme.identity import who_we_are

logger = logging.getLogger(__name__)

# Where someone who has just joined goes next, by what they joined as; kept in the session until they get there.
JOINING_AS = "joining_as"
NEXT_STEP = {"teacher": "claim_school", "ambassador": "join_as_ambassador"}


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

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """On to the next step of joining, or home."""
        part = request.session.pop(JOINING_AS, None)
        return reverse(NEXT_STEP.get(part, settings.LOGIN_REDIRECT_URL))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same as after signing in."""
        return self.get_login_redirect_url(request)
