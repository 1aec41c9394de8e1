"""What becomes of an account that is closed: the row stays, because history names it; the way in and the address go."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from stem.accounts.models import User
from stem.accounts.sessions import end_sessions_of
from stem.audit.record import record

# Nobody's address, and never can be (RFC 2606): the true one is free for whoever would join again.
NO_ADDRESS = "closed-{pk}@account.invalid"


@transaction.atomic
def shut_account(*, user: User, keep_name: bool, by: User, at: datetime) -> None:
    """End every way into this account and free its address; what history needs of it, its name at most, stays."""
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    end_sessions_of(user, by=by, at=at)
    user.email, user.is_active = NO_ADDRESS.format(pk=user.pk), False
    user.phone = user.known_as = ""
    if not keep_name:
        user.full_name = ""
    user.set_unusable_password()
    user.save()
    record("account.close", user, by=by, at=at)
