"""Making users, whose name is their e-mail address."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from stem.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Users by e-mail address, kept in lower case so that one address is one person."""

    def create_user(self, email: str, password: str | None = None, **columns: Any) -> "User":
        """A new person; without a password they sign in by a code sent to their address."""
        user = self.model(email=email.strip().lower(), **columns)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this address, however it was typed."""
        return self.get(email=(username or "").strip().lower())
