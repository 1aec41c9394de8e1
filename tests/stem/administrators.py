"""Administrators, and a browser in which one of them has signed in with a second factor."""

import time
from datetime import UTC, datetime

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role

NOON = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


def administrator(
    email: str = "ada@scheme.example", full_name: str = "Ada Admin", role: Role = Role.ADMINISTRATOR
) -> User:
    """A member of staff with one role everywhere."""
    user = User.objects.create_user(email, full_name=full_name)
    RoleGrant.objects.create(user=user, role=role, granted_at=NOON)
    return user


def browser_of(user):
    """A browser in which this person has used a second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
