"""Turning an application down: by one officer, or by two when it is for what a check disclosed (rules 1.8, V-33)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.eligibility import check_comment_time_over, nation_of
from ambassadors.enums import CheckStatus, DeclineGround
from ambassadors.models import Ambassador, Application
from ambassadors.operations.asking import locked_application
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, refuse


@transaction.atomic
def decline_application(*, ambassador: Ambassador, ground: DeclineGround, because: str, by: User, at: datetime) -> None:
    """Turn an application down, with its ground and words on record, and a letter that says how to ask about it.

    Refuses with `not_vetting_officer`, `own_record`, `state`, `no_reason` without words, or `two_deciders` when the
    ground is what a check disclosed.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    LIFECYCLE.check(ambassador, "decline")
    if ground is DeclineGround.DISCLOSURE:
        raise refuse(
            "two_deciders", Kind.PERMISSION, _("Two people decide this: propose it, and a colleague confirms.")
        )
    if not because.strip():
        raise refuse("no_reason", Kind.INPUT, _("Say why, for the record."))
    application = locked_application(ambassador)
    _decline(ambassador, application, ground, because, by=by, at=at)


@transaction.atomic
def propose_decline(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Be the first of two to decline for what a check disclosed. The person hears of it, and may comment first.

    No words are taken: nothing of what a check said is kept (V-21). Refuses with `not_vetting_officer`, `own_record`,
    `weighed_it` to an assessor, `state`, `ground` unless two assessors found so, `appealed`, or `proposed_before`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    permissions.check_has_not_weighed(by, ambassador.checks.all())
    LIFECYCLE.check(ambassador, "decline")
    application = locked_application(ambassador)
    _check_found_unsuitable(ambassador)
    if application.decline_proposed_by_id is not None:
        raise refuse("proposed_before", Kind.STATE, _("This has been proposed already: a second person decides."))
    application.decline_proposed_by, application.decline_proposed_at = by, at
    application.save(update_fields=["decline_proposed_by", "decline_proposed_at"])
    LIFECYCLE.note(ambassador, "propose_decline", by=by, at=at)
    if ambassador.user is not None:
        fact, moment = notifications.decline_proposed, at.isoformat()
        post(fact, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk, proposed_at=moment)


@transaction.atomic
def confirm_decline(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Be the second of two: the application is declined for what a check disclosed.

    Refuses with `not_vetting_officer`, `own_record`, `weighed_it` to an assessor, `state`, `nothing_proposed`,
    `same_person`, `too_soon` while the person may still comment (V-33), `ground`, or `appealed`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    permissions.check_has_not_weighed(by, ambassador.checks.all())
    LIFECYCLE.check(ambassador, "decline")
    application = locked_application(ambassador)
    proposed_at = _check_proposed(application)
    permissions.check_may_confirm_decline(by, application)
    _check_found_unsuitable(ambassador)
    check_comment_time_over(day_of(proposed_at), nation_of(ambassador), on=day_of(at))
    _decline(ambassador, application, DeclineGround.DISCLOSURE, "", by=by, at=at)


@transaction.atomic
def take_back_decline(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Take a proposed decline off the table: vetting goes on.

    Refuses with `not_vetting_officer`, `own_record`, `state`, or `nothing_proposed`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    LIFECYCLE.check(ambassador, "decline")
    application = locked_application(ambassador)
    _check_proposed(application)
    _forget_proposal(application)
    LIFECYCLE.note(ambassador, "take_back_decline", by=by, at=at)
    if ambassador.user is not None:
        fact, moment = notifications.vetting_goes_on, at.isoformat()
        post(fact, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk, taken_back_at=moment)


def _check_found_unsuitable(ambassador: Ambassador) -> None:
    """Two assessors have found that the check speaks against it, or a lead has: nobody else may (V-32).

    Refuses with `ground`, or `appealed` until an appeal has been heard.
    """
    found = set(ambassador.checks.values_list("status", flat=True))
    if CheckStatus.APPEALED in found:
        raise refuse("appealed", Kind.STATE, _("They have appealed: it is heard first."))
    if found.isdisjoint({CheckStatus.NOT_SUITABLE, CheckStatus.REFUSED, CheckStatus.BARRED}):
        words = _("No assessors have found that a check speaks against it. Choose another ground.")
        raise refuse("ground", Kind.STATE, words)


def _check_proposed(application: Application) -> datetime:
    """Since when the decline has been proposed. Refuses with `nothing_proposed` when it is not, or no longer."""
    if application.decline_proposed_at is None:
        raise refuse("nothing_proposed", Kind.STATE, _("Nobody proposes to decline this application any more."))
    return application.decline_proposed_at


def _forget_proposal(application: Application) -> None:
    """The proposal is dealt with; the history keeps who made it and when."""
    application.decline_proposed_by, application.decline_proposed_at = None, None
    application.save(update_fields=["decline_proposed_by", "decline_proposed_at"])


def _decline(
    ambassador: Ambassador, application: Application, ground: DeclineGround, because: str, *, by: User, at: datetime
) -> None:
    """Make the move, and owe the letter."""
    if application.decline_proposed_by_id is not None:
        _forget_proposal(application)
    LIFECYCLE.move(ambassador, "decline", by=by, at=at, reason=ground, note=because)
    if ambassador.user is not None:
        post(notifications.application_declined, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk)
