"""Coming into the scheme, and the decision about it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.eligibility import missing_requirements, nation_of
from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Application, Requirement
from ambassadors.operations.profile import Answers, change_profile, register_ambassador
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, refuse, refuse_if_any


@transaction.atomic
def begin_application(*, user: User, at: datetime) -> Ambassador:
    """Start one's way into the register, or go on with it: what the account knows is not asked again."""
    # Whoever presses twice waits here, and then has a record.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    ambassador = Ambassador.objects.filter(user=user).first()
    if ambassador is not None:
        return ambassador
    known: Answers = {"full_name": user.full_name, "known_as": user.known_as, "phone": user.phone}
    return register_ambassador(answers=known, user=user, email=user.email, at=at)


@transaction.atomic
def apply_to_join(*, answers: Answers, user: User, at: datetime) -> Ambassador:
    """Register oneself, or complete the draft that the scheme keeps of one, and send it in.

    Refuses with `joined_before`, or with the codes of `change_profile` and `submit_application`.
    """
    ambassador = begin_application(user=user, at=at)
    if ambassador.status != AmbassadorStatus.DRAFT:
        raise refuse("joined_before", Kind.STATE, _("You have registered already."))
    change_profile(ambassador=ambassador, answers=answers, by=user)
    submit_application(ambassador=ambassador, by=user, at=at)
    return ambassador


@transaction.atomic
def submit_application(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Send in one's registration: vetting begins.

    Refuses with `state` when it was sent before, `nothing_offered` when no subject or stage is given.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    kinds = set(ambassador.offerings.values_list("kind", flat=True))
    if not {"subject", "stage", "activity"} <= kinds:
        raise refuse(
            "nothing_offered", Kind.INPUT, _("Choose at least one subject, one stage and one kind of activity.")
        )
    LIFECYCLE.move(ambassador, "submit", by=by, at=at)
    Application.objects.update_or_create(
        ambassador=ambassador, defaults={"sent_at": at}, create_defaults={"started_at": at, "sent_at": at}
    )
    post(notifications.application_received, to=by, due_at=at, ambassador_id=ambassador.pk)


@transaction.atomic
def approve_application(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Take a fully vetted person into the scheme under a scheme number (rule 1.8).

    Refuses with `state`, with the code of each requirement that is not in force today, or with `decline_proposed`
    while a colleague would have it declined.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    LIFECYCLE.check(ambassador, "approve")
    if Application.objects.filter(ambassador=ambassador, decline_proposed_by__isnull=False).exists():
        words = _("A colleague proposes to decline: confirm that or take it back first.")
        raise refuse("decline_proposed", Kind.STATE, words)
    counting = Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador)
    refuse_if_any(missing_requirements(counting, nation_of(ambassador)))
    LIFECYCLE.move(ambassador, "approve", by=by, at=at)
    ambassador.scheme_number = f"A{ambassador.pk:06d}"
    ambassador.save(update_fields=["scheme_number"])
    if ambassador.user is not None:
        post(notifications.application_approved, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk)
