"""Closing one's account, once one has no part in anything."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.enums import TAKES_NO_PART
from ambassadors.models import Ambassador
from ambassadors.search.index import index_people
from bookings.models import FeedChoice
from schools.models import Contact
from schools.operations.contacts import take_back_claims
from stem.accounts.closing import shut_account
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.rules import Kind, Reason, refuse_if_any
from stem.texts.proving import stop_texts


@transaction.atomic
def close_account(*, user: User, at: datetime) -> None:
    """Close one's own account: signed out everywhere, no letter any more, the address free to join with again.

    Refuses with `last_administrator`, `has_role`, `takes_part` or `acts_for_school`: each is ended first.
    """
    ambassador = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(user=user).first()
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    refuse_if_any(reasons_to_stay(user, ambassador, at=at))
    take_back_claims(user=user, at=at)
    if ambassador is not None:
        # The record is kept for its years, and by its address someone is known again who comes back.
        Ambassador.objects.filter(pk=ambassador.pk).update(email=user.email)
        index_people([ambassador.pk])
    FeedChoice.objects.filter(user=user).delete()
    stop_texts(user=user, by=user, at=at)
    has_history = ambassador is not None or user.grants.exists() or Contact.objects.of(user).exists()
    shut_account(user=user, keep_name=has_history, by=user, at=at)


def reasons_to_stay(user: User, ambassador: Ambassador | None, *, at: datetime) -> list[Reason]:
    """Each part that this person has and would have to end before their account is closed."""
    reasons = []
    live = RoleGrant.objects.live(at)
    mine = set(live.filter(user=user).values_list("role", flat=True))
    if Role.ADMINISTRATOR in mine and not live.filter(role=Role.ADMINISTRATOR).exclude(user=user).exists():
        words = _("You are the scheme’s only administrator: name another, who then ends your part.")
        reasons.append(Reason("last_administrator", Kind.STATE, words))
    elif mine:
        words = _("You have a part in running the scheme: ask an administrator to end it first.")
        reasons.append(Reason("has_role", Kind.STATE, words))
    if ambassador is not None and ambassador.status not in TAKES_NO_PART:
        reasons.append(Reason("takes_part", Kind.STATE, _("You take part as an ambassador: leave the scheme first.")))
    if Contact.objects.of(user).approved().exists():
        reasons.append(Reason("acts_for_school", Kind.STATE, _("You act for a school: leave it first.")))
    return reasons
