"""Making one of a registration that somebody has begun and the record of them that was there before."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.translation import gettext as _

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import (
    Ambassador,
    Check,
    ClauseAcceptance,
    LessonRead,
    Membership,
    Offering,
    Photo,
    QuizAttempt,
    Referee,
    Requirement,
)
from ambassadors.operations.forgetting import delete_person
from stem.audit.record import record
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# What somebody has done on their way in, beyond saying how they are called.
WORK: tuple[type[Model], ...] = (
    Check,
    ClauseAcceptance,
    LessonRead,
    Membership,
    Offering,
    Photo,
    QuizAttempt,
    Referee,
    Requirement,
)


def make_room_for(*, user: "User", at: datetime) -> None:
    """See to it that this account has no other record than the one it is about to have.

    A registration just begun gives way. Refuses with `has_record` where there is more to it.
    """
    mine = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(user=user).first()
    if mine is None:
        return
    if not is_just_begun(mine):
        words = _("You have a registration of your own already. Write to us, and we make one of the two.")
        raise refuse("has_record", Kind.STATE, words)
    record("draft.forget", mine, by=user, at=at)
    delete_person(mine)


def is_just_begun(draft: Ambassador) -> bool:
    """Whether nothing would be lost with this registration but a name and a number, which the account keeps."""
    said = (draft.job_title, draft.organisation, draft.postcode, draft.story)
    did = (model._default_manager.filter(ambassador=draft).exists() for model in WORK)
    return draft.status == AmbassadorStatus.DRAFT and not any(said) and not any(did)
