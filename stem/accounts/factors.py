"""Taking away a second factor that its owner has lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from stem.accounts import notifications
from stem.accounts.models import User
from stem.accounts.roles import Role, has_role
from stem.accounts.sessions import end_sessions_of
from stem.audit.record import record
from stem.letters.post import post
from stem.rules import Kind, refuse


@transaction.atomic
def reset_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Take away all of someone's passkeys, their app and their recovery codes, and sign them out everywhere.

    They are told by letter, and set up a new one only after giving every other proof. Refuses with
    `not_administrator`, `oneself`, or `no_factor` when they have none.
    """
    if not has_role(by, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only an administrator takes away a second factor."))
    if user.pk == by.pk:
        raise refuse("oneself", Kind.PERMISSION, _("Ask another administrator to take away your own second factor."))
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    removed, _each = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise refuse("no_factor", Kind.STATE, _("This person has no second factor that could be taken away."))
    user.factor_reset_at = at
    user.save(update_fields=["factor_reset_at"])
    record("factor.reset", user, by=by, at=at)
    end_sessions_of(user, by=by, at=at)
    post(notifications.second_factor_reset, to=user, due_at=at, user_id=user.pk, when=at.isoformat(), device="")
