"""Asking an applicant for more, their answer, and a word to whoever began and went no further."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Application
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.letters.post import post
from stem.rules import Kind, refuse


def locked_application(ambassador: Ambassador) -> Application:
    """The application of this person, held until the transaction ends; whoever came by an import gets one now."""
    Application.objects.get_or_create(ambassador=ambassador, defaults={"started_at": ambassador.registered_at})
    return Application.objects.select_for_update(no_key=True).get(ambassador=ambassador)


@transaction.atomic
def ask_for_more(*, ambassador: Ambassador, needed: str, by: User, at: datetime) -> None:
    """Ask an applicant for something in words, by letter: from now on it is their turn. Asking again replaces.

    Refuses with `not_vetting_officer`, `own_record`, `state` when nobody is being vetted any more, or `needed`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    LIFECYCLE.check(ambassador, "decline")
    if not needed.strip():
        raise refuse("needed", Kind.INPUT, _("Say what you need from them."))
    application = locked_application(ambassador)
    application.asked_for, application.asked_by, application.asked_at = needed, by, at
    application.answered_at = None
    application.save(update_fields=["asked_for", "asked_by", "asked_at", "answered_at"])
    LIFECYCLE.note(ambassador, "ask_for_more", by=by, at=at, note=needed)
    if ambassador.user is not None:
        # One may be asked twice, so that the moment tells the letters apart.
        fact, moment = notifications.more_asked_for, at.isoformat()
        post(fact, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk, asked_at=moment)


@transaction.atomic
def answer_asked(*, ambassador: Ambassador, words: str, by: User, at: datetime) -> None:
    """Say that one has done what was asked for: from now on it is the scheme's turn.

    Refuses with `not_your_profile`, or `nothing_asked` when nothing is, or no longer.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    application = locked_application(ambassador)
    if application.asked_at is None or application.answered_at is not None or not LIFECYCLE.can(ambassador, "decline"):
        raise refuse(
            "nothing_asked", Kind.STATE, _("We are not waiting for an answer from you. Nothing is to be done.")
        )
    application.answered_at = at
    application.save(update_fields=["answered_at"])
    LIFECYCLE.note(ambassador, "answer_asked", by=by, at=at, note=words)


@transaction.atomic
def settle_asked(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Put away what was asked for: it is answered, or no longer needed. The history keeps it.

    Refuses with `not_vetting_officer`, `own_record`, or `nothing_asked`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    application = locked_application(ambassador)
    if application.asked_at is None:
        raise refuse("nothing_asked", Kind.STATE, _("Nothing is asked for: a colleague has put it away already."))
    application.asked_for, application.asked_by, application.asked_at = "", None, None
    application.answered_at = None
    application.save(update_fields=["asked_for", "asked_by", "asked_at", "answered_at"])
    LIFECYCLE.note(ambassador, "settle_asked", by=by, at=at)


@transaction.atomic
def settle_talk(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Say that one has talked with someone who wished to before their check; nothing of the talk is kept (V-21).

    Refuses with `not_vetting_officer`, `own_record`, or `nothing_asked` when they do not, or no longer, wish to.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    application = locked_application(ambassador)
    if not application.wants_to_talk:
        raise refuse("nothing_asked", Kind.STATE, _("They do not wish to talk, or a colleague has done so already."))
    application.wants_to_talk = False
    application.save(update_fields=["wants_to_talk"])
    LIFECYCLE.note(ambassador, "talk", by=by, at=at)


@transaction.atomic
def remind_draft(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Write to someone who began and has not sent it in: once, since they have asked for nothing.

    Refuses with `not_vetting_officer`, `own_record`, `state` when it is no draft any more, or `reminded_before`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    LIFECYCLE.check(ambassador, "submit")
    if ambassador.status == AmbassadorStatus.IMPORTED and ambassador.user_id is None:
        words = _(
            "Another scheme brought them, and they have begun nothing yet. They are reminded of that by the rules."
        )
        raise refuse("state", Kind.STATE, words)
    application = locked_application(ambassador)
    if application.reminded_at is not None:
        raise refuse("reminded_before", Kind.STATE, _("They have been reminded already, and are reminded only once."))
    application.reminded_at = at
    application.save(update_fields=["reminded_at"])
    LIFECYCLE.note(ambassador, "remind", by=by, at=at)
    if ambassador.user is not None:
        post(notifications.draft_waits, to=ambassador.user, due_at=at, ambassador_id=ambassador.pk)
