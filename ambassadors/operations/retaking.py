"""Courses to be taken again: after a major change, passes of earlier versions end on the day it names."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ambassadors import notifications
from ambassadors.models import Ambassador, CourseEdition, QuizAttempt, Requirement
from ambassadors.querysets import QuizAttemptQuerySet
from ambassadors.reach.keeping import keep_reach
from stem.audit.record import record
from stem.letters.post import post


def call_learners_back(*, at: datetime) -> int:
    """End the passes that a major change of a course has made out of date, each with its letter; how many.

    A sweep: each person is a transaction of their own, and whoever has been called back is not called again.
    """
    called = 0
    for edition in CourseEdition.objects.filter(retake_by__isnull=False).order_by("number"):
        for attempt in list(_passes_ended_by(edition).select_related("ambassador").order_by("pk")):
            called += end_pass(attempt=attempt, edition=edition, at=at)
    return called


def _passes_ended_by(edition: CourseEdition) -> QuizAttemptQuerySet:
    """The passes of earlier versions that still reach beyond this version's day."""
    return QuizAttempt.objects.filter(
        Q(requirement__valid_until__isnull=True) | Q(requirement__valid_until__gt=edition.retake_by),
        course=edition.course,
        edition__lt=edition.number,
        requirement__isnull=False,
        requirement__withdrawn_at__isnull=True,
    )


@transaction.atomic
def end_pass(*, attempt: QuizAttempt, edition: CourseEdition, at: datetime) -> bool:
    """Let one pass end on the day by which this version is to be taken, and tell its owner; whether it did.

    A fact is never overwritten: the one on record is withdrawn, and the same one with its new end takes its place.
    """
    ambassador = Ambassador.objects.locked(attempt.ambassador)
    current = _passes_ended_by(edition).filter(pk=attempt.pk).select_related("requirement").first()
    if current is None or current.requirement is None:
        return False
    held = current.requirement
    held.withdrawn_by, held.withdrawn_at = edition.published_by, at
    held.save(update_fields=["withdrawn_by", "withdrawn_at"])
    current.requirement = Requirement.objects.create(
        ambassador=ambassador,
        kind=held.kind,
        started_on=held.started_on,
        valid_until=edition.retake_by,
        recorded_by=held.recorded_by,
        recorded_at=at,
    )
    current.save(update_fields=["requirement"])
    keep_reach([ambassador.pk])
    record("course.call_back", current, by=edition.published_by, at=at)
    post(
        notifications.course_to_take_again,
        to=ambassador.user,
        due_at=at,
        ambassador_id=ambassador.pk,
        edition_id=edition.pk,
    )
    return True
