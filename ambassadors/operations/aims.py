"""What somebody would speak of where a school hopes for it."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.models import Ambassador, OwnAim
from ambassadors.reach.keeping import keep_reach
from stem.curriculum import Aim, aims_open_to
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def opt_in_to_aims(*, ambassador: Ambassador, aims: Collection[Aim], by: "User", at: datetime) -> None:
    """Have somebody opted in to these aims and to no others: what they withdraw is deleted (rule E-41).

    Theirs alone to say, so no officer does it for them, and no history tells it. Refuses with `not_yours`, or
    `technical_route` for technical routes when theirs was none (SD-14).
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_opt_in(by, ambassador)
    if not set(aims) <= set(aims_open_to(ambassador.route)):
        raise refuse("technical_route", Kind.FIT, _("Of technical routes speaks who took one: see your route."))
    given = OwnAim.objects.filter(ambassador=ambassador)
    given.exclude(aim__in=aims).delete()
    held = set(given.values_list("aim", flat=True))
    OwnAim.objects.bulk_create(
        OwnAim(ambassador=ambassador, aim=aim, given_at=at) for aim in Aim if aim in aims and aim not in held
    )
    keep_reach([ambassador.pk])
