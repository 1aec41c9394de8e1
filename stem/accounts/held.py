"""What an account holds about its owner."""

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.accounts.models import RoleGrant
from stem.held import Section, Subject, facts, latest, yes_or_no
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

FACTORS = {
    Authenticator.Type.TOTP: lazy("Authenticator app"),
    Authenticator.Type.RECOVERY_CODES: lazy("Recovery codes"),
    Authenticator.Type.WEBAUTHN: lazy("Passkey or security key"),
}


def details(user: "User", at: datetime) -> Section:
    """Who someone is on their account."""
    return Section(
        title=_("Your account"),
        kept=_("As long as the account is open. When you close it the address and the telephone number go at once."),
        facts=facts(
            (_("Full name"), user.full_name),
            (_("Known as"), user.known_as),
            (_("E-mail address"), user.email),
            (_("Telephone"), user.phone),
            (_("Language"), dict(settings.LANGUAGES).get(user.language, user.language)),
            (_("Joined"), short_day_in_words(user.date_joined)),
            (_("Last signed in"), short_day_in_words(user.last_login) if user.last_login else ""),
        ),
    )


def sign_in(user: "User", at: datetime) -> Section:
    """How someone signs in; never what proves that it is they."""
    addresses = EmailAddress.objects.filter(user=user).order_by("-primary", "email")
    shown = [f"{each.email} ({_('verified') if each.verified else _('not verified')})" for each in addresses]
    factors = [
        f"{FACTORS.get(each.type, each.type)}, {short_day_in_words(each.created_at)}"
        for each in Authenticator.objects.filter(user=user).order_by("created_at", "pk")
    ]
    return Section(
        title=_("How you sign in"),
        lead=_("Passwords, codes and keys are kept only in a form from which nobody can read them, and not shown."),
        kept=_("As long as the account is open. A sign-in is forgotten when it runs out; attempts after 90 days."),
        facts=facts(
            (_("Addresses"), "\n".join(shown)),
            (_("Has a password"), yes_or_no(user.has_usable_password())),
            (_("Second factors"), "\n".join(factors) or _("None")),
        ),
    )


def roles(user: "User", at: datetime) -> Section:
    """Each part that someone has, or had, in running the scheme."""
    grants = RoleGrant.objects.filter(user=user).prefetch_related("regions").order_by("-granted_at", "-pk")

    def told(grant: RoleGrant) -> list[str]:
        regions = ", ".join(region.name for region in grant.regions.all()) or _("everywhere")
        until = short_day_in_words(grant.ended_at) if grant.ended_at else _("now")
        return [str(grant.get_role_display()), regions, short_day_in_words(grant.granted_at), until]

    return Section(
        title=_("Your part in running the scheme"),
        kept=_("7 years after it has ended, as the log of who changed or read what."),
        listed=latest(grants, (_("Role"), _("Where"), _("From"), _("Until")), told),
        nothing=_("You have none, and had none."),
    )


SUBJECTS = (
    Subject(
        "account",
        lazy("Your account and how you sign in"),
        lazy("Name, address, language, second factors, and any part in running the scheme."),
        (details, sign_in, roles),
    ),
)
