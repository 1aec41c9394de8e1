"""Name the scheme's first administrator."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from stem.accounts.grants import grant_role
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.commands import HouseCommand


class Command(HouseCommand):
    """Makes the account if there is none; it has no password, so they sign in by code and set up a second factor."""

    help = "Make the person with this e-mail address an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address and a name."""
        super().add_arguments(parser)
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    @transaction.atomic
    def answer(self, **options: Any) -> dict[str, Any]:
        """Grant the role; refused when they have it."""
        email = options["email"].strip().lower()
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, full_name=options["name"])
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        grant_role(user=user, role=Role.ADMINISTRATOR, regions=[], by=None, at=timezone.now())
        return {"administrator": user.email}
