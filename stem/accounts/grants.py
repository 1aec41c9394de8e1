"""Giving someone a part in running the scheme, and ending it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role, has_role
from stem.audit.record import record
from stem.geography.models import Region
from stem.rules import Kind, refuse


@transaction.atomic
def grant_role(*, user: User, role: Role, regions: Iterable[Region], by: User | None, at: datetime) -> RoleGrant:
    """Give someone a role, in these regions or, with none named, everywhere. `by` is None for the very first.

    Refuses with `not_administrator`, or `role_held` when they have it already: end that one first.
    """
    _check_may_grant(by)
    # Two who give the same role in the same instant take turns, and the second is refused.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if RoleGrant.objects.live(at).filter(user=user, role=role).exists():
        raise refuse(
            "role_held", Kind.STATE, _("This person has that role already. End it first to change its regions.")
        )
    grant = RoleGrant.objects.create(user=user, role=role, granted_by=by, granted_at=at)
    grant.regions.set(regions)
    record("role.grant", grant, by=by, at=at)
    return grant


@transaction.atomic
def grant_role_by_email(*, email: str, role: Role, regions: Iterable[Region], by: User, at: datetime) -> RoleGrant:
    """Give the person with this address a role. Refuses with `email` when nobody has it, or as `grant_role` does."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise refuse("email", Kind.INPUT, _("Nobody with this address has an account. Ask them to join first."))
    return grant_role(user=user, role=role, regions=regions, by=by, at=at)


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User, at: datetime) -> None:
    """End someone's role. Refuses with `not_administrator`, `ended_before`, or `last_administrator`."""
    _check_may_grant(by)
    # Administrators end one another one at a time, or two of them could leave the scheme with none.
    live = RoleGrant.objects.select_for_update(no_key=True).filter(ended_at__isnull=True)
    administrators = [each.pk for each in live.filter(role=Role.ADMINISTRATOR)]
    grant = RoleGrant.objects.locked(grant)
    if grant.ended_at is not None:
        raise refuse("ended_before", Kind.STATE, _("This role has ended already."))
    if administrators == [grant.pk]:
        raise refuse("last_administrator", Kind.STATE, _("A scheme needs an administrator: name another first."))
    grant.ended_at = at
    grant.save(update_fields=["ended_at"])
    record("role.end", grant, by=by, at=at)


def _check_may_grant(by: User | None) -> None:
    if by is not None and not has_role(by, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only an administrator gives and ends roles."))
