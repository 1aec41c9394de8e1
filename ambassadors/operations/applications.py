"""Coming into the scheme, and the decision about it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.eligibility import missing_requirements, nation_of
from ambassadors.journey import journey_of
from ambassadors.models import Ambassador, Application, Requirement
from ambassadors.operations.profile import Answers, register_ambassador
from ambassadors.operations.suppressing import end_suppression
from ambassadors.operations.turned_down import tell_of_turned_down
from ambassadors.reach.keeping import keep_reach
from ambassadors.search.index import index_people
from ambassadors.workflow import LIFECYCLE
from stem.accounts.addresses import verified_address_of
from stem.accounts.models import User
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, Reason, refuse, refuse_if_any


@transaction.atomic
def begin_application(*, user: User, at: datetime) -> Ambassador:
    """Start one's way into the register, or go on with it: what the account knows is not asked again.

    Whoever said no when a scheme brought them comes of their own will now, and the no is over.
    """
    if not Ambassador.objects.filter(user=user).exists() and verified_address_of(user):
        end_suppression(user=user, at=at)
    # Whoever presses twice waits here, and then has a record.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    ambassador = Ambassador.objects.filter(user=user).first()
    if ambassador is not None:
        return ambassador
    known: Answers = {"full_name": user.full_name, "known_as": user.known_as, "phone": user.phone}
    ambassador = register_ambassador(answers=known, user=user, email=user.email, at=at)
    tell_of_turned_down(ambassador, at=at)
    return ambassador


@transaction.atomic
def submit_application(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Send in one's registration: vetting begins (rule 1.8).

    Refuses with `state` when it was sent before, or with the code of each task in `NEEDED_TO_SEND` that is not done.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    LIFECYCLE.check(ambassador, "submit")
    missing = journey_of(ambassador, on=day_of(at)).missing
    words = _("Before you send it in, finish “%(task)s”.")
    refuse_if_any([Reason(each.kind.code, Kind.INPUT, words % {"task": each.kind.title}) for each in missing])
    LIFECYCLE.move(ambassador, "submit", by=by, at=at)
    Application.objects.update_or_create(
        ambassador=ambassador, defaults={"sent_at": at}, create_defaults={"started_at": at, "sent_at": at}
    )
    tell_of_turned_down(ambassador, at=at)
    post(notifications.application_received, to=by, due_at=at, ambassador_id=ambassador.pk)


@transaction.atomic
def approve_application(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Take a fully vetted person into the scheme under a scheme number (rule 1.8).

    Refuses with `state`, with the code of each requirement that is not in force today, with `decline_proposed` while
    a colleague would have it declined, or with `doubt_undecided` while a referee's reason against waits for a decision.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    LIFECYCLE.check(ambassador, "approve")
    if Application.objects.filter(ambassador=ambassador, decline_proposed_by__isnull=False).exists():
        words = _("A colleague proposes to decline: confirm that or take it back first.")
        raise refuse("decline_proposed", Kind.STATE, words)
    if ambassador.referees.doubted().exists():
        words = _("A referee knows of a reason against: two officers decide about that reference first.")
        raise refuse("doubt_undecided", Kind.STATE, words)
    counting = Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador)
    refuse_if_any(missing_requirements(counting, nation_of(ambassador)))
    LIFECYCLE.move(ambassador, "approve", by=by, at=at)
    ambassador.scheme_number = f"A{ambassador.pk:06d}"
    ambassador.save(update_fields=["scheme_number"])
    index_people([ambassador.pk])
    keep_reach([ambassador.pk])
    if ambassador.user is not None:
        post(notifications.application_approved, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk)
