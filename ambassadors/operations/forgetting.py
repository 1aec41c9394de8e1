"""What was begun and never sent in is forgotten, as the privacy notice promises (rule 3.4)."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ambassadors.enums import AmbassadorStatus, HoldKind
from ambassadors.models import (
    Ambassador,
    AmbassadorEvent,
    Application,
    Check,
    CheckEvent,
    Hold,
    Membership,
    Pin,
    QuizAttempt,
    Referee,
    RefereeEvent,
    Requirement,
)
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search.index import forget_terms
from ambassadors.validity import add_months
from stem.audit.record import record
from stem.moments import day_of, moment

MONTHS_KEPT = 6


def forget_drafts(*, at: datetime) -> int:
    """Delete every draft whose person has not been here for six months, and all that belongs to it; how many.

    Their account stays, and so does a draft that another scheme's register brought, or about which somebody keeps a
    safeguarding hold, or of whose check a certificate was seen.
    """
    return sum(_forget(pk, at=at) for pk in _forgotten(at).values_list("pk", flat=True))


def _forgotten(at: datetime) -> AmbassadorQuerySet:
    """Drafts begun, and last signed in for, longer ago than they are kept."""
    before = moment(add_months(day_of(at), -MONTHS_KEPT), time())
    whose = {"ambassador": OuterRef("pk")}
    return Ambassador.objects.filter(
        Q(user__isnull=True) | Q(user__last_login__isnull=True) | Q(user__last_login__lt=before),
        ~Exists(Membership.objects.filter(**whose)),
        ~Exists(Hold.objects.filter(**whose, kind=HoldKind.SAFEGUARDING)),
        ~Exists(Check.objects.filter(**whose).beyond_asking()),
        status=AmbassadorStatus.DRAFT,
        registered_at__lt=before,
    )


@transaction.atomic
def _forget(pk: int, *, at: datetime) -> bool:
    """Delete this draft, unless meanwhile its person has come back to it."""
    draft = Ambassador.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if draft is None or not _forgotten(at).filter(pk=pk).exists():
        return False
    # No letter or link of theirs is still good: each ran out months ago. What has become a part of it goes with it.
    record("draft.forget", draft, by=None, at=at)
    delete_person(draft)
    return True


def is_kept_for_safety(person: Ambassador) -> bool:
    """Whether somebody keeps a safeguarding hold about them, or a certificate of theirs was seen: they stay (P-21)."""
    holds = Hold.objects.filter(ambassador=person, kind=HoldKind.SAFEGUARDING)
    return holds.exists() or Check.objects.filter(ambassador=person).beyond_asking().exists()


def delete_person(person: Ambassador) -> None:
    """Delete this person from the register, with what had become a part of their record and all that belongs to them.

    The audit record and their account stay.
    """
    for each in (*person.aliases.all(), person):
        QuizAttempt.objects.filter(ambassador=each).delete()
        RefereeEvent.objects.filter(referee__ambassador=each).delete()
        CheckEvent.objects.filter(check_of__ambassador=each).delete()
        for model in (Check, Referee, Requirement, Hold, AmbassadorEvent, Application, Pin, Membership):
            model._default_manager.filter(ambassador=each).delete()
        each.delete()
    forget_terms()
