"""Coming into the scheme, and the decision about it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.eligibility import missing_requirements
from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Requirement
from ambassadors.operations.profile import Profile, change_profile, register_ambassador
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Kind, refuse, refuse_if_any


@transaction.atomic
def apply_to_join(*, profile: Profile, user: User, at: datetime) -> Ambassador:
    """Register oneself, or complete the draft that the scheme keeps of one, and send it in.

    Refuses with `joined_before`, or with the codes of `register_ambassador` and `submit_application`.
    """
    # Whoever presses twice waits here, and then has a record.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    ambassador = Ambassador.objects.filter(user=user).first()
    if ambassador is None:
        ambassador = register_ambassador(profile=profile, user=user, email=user.email, at=at)
    elif ambassador.status == AmbassadorStatus.DRAFT:
        change_profile(ambassador=ambassador, profile=profile, by=user)
    else:
        raise refuse("joined_before", Kind.STATE, _("You have registered already."))
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
    post(notifications.application_received, to=by, due_at=at, ambassador_id=ambassador.pk)


@transaction.atomic
def approve_application(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Take a fully vetted person into the scheme under a scheme number (rule 1.8).

    Refuses with the code of each requirement that is not in force today, or with `state`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    counting = Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador)
    refuse_if_any(missing_requirements(counting, Nation(ambassador.nation)))
    LIFECYCLE.move(ambassador, "approve", by=by, at=at)
    ambassador.scheme_number = f"A{ambassador.pk:06d}"
    ambassador.save(update_fields=["scheme_number"])
    if ambassador.user is not None:
        post(notifications.application_approved, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk)


@transaction.atomic
def decline_application(*, ambassador: Ambassador, by: User, at: datetime, because: str) -> None:
    """Turn an application down, with the reason on record and a letter that says how to ask about it.

    Refuses with `state`, or `no_reason` when none is given.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    if not because.strip():
        raise refuse("no_reason", Kind.INPUT, _("Say why, for the record."))
    LIFECYCLE.move(ambassador, "decline", by=by, at=at, note=because)
    if ambassador.user is not None:
        post(notifications.application_declined, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk)
