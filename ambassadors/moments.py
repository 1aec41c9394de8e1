"""When what happened on someone's way in, read for a page of people at once: since when somebody waits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Max, QuerySet, When
from django.db.models.functions import Coalesce

from ambassadors.enums import RefereeStatus
from ambassadors.facts import BEGAN
from ambassadors.models import Ambassador, Check, Referee, Requirement

HAPPENED = ("check_agreed_at", "asked_at", "answered_at", "decline_proposed_at")


@dataclass(frozen=True)
class Moments:
    """When what happened on someone's way in; None for what has not."""

    sent_at: datetime
    check_agreed_at: datetime | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    decline_proposed_at: datetime | None = None
    check_moved_at: datetime | None = None
    met_at: datetime | None = None
    # Each reference, and when it came to where it is.
    referees: tuple[tuple[str, datetime], ...] = ()


def read_moments(keys: Collection[int], *, on: date) -> dict[int, Moments]:
    """When what happened to each of these people, in four queries."""
    referees: dict[int, list[tuple[str, datetime]]] = {}
    for person, status, moment in moments_of(Referee.objects.filter(ambassador__in=keys)):
        referees.setdefault(person, []).append((status, moment))
    met = {person: moments for person, *moments in _met_moments(keys, on)}
    moved = dict(Check.objects.under_way().filter(ambassador__in=keys).values_list("ambassador", "moved_at"))
    rows = Ambassador.objects.filter(pk__in=keys).order_by()
    columns: list[Any] = ["pk", BEGAN, *(f"application__{name}" for name in HAPPENED)]
    return {
        person: Moments(
            began_at,
            **dict(zip(HAPPENED, moments, strict=True)),
            check_moved_at=moved.get(person),
            met_at=max(filter(None, met.get(person, ())), default=None),
            referees=tuple(referees.get(person, ())),
        )
        for person, began_at, *moments in rows.values_list(*columns)
    }


def _met_moments(keys: Collection[int], on: date) -> Iterable[tuple[int, datetime, datetime]]:
    """When what counts was put on record, and confirmed, at last."""
    rows = Requirement.objects.filter(ambassador__in=keys, withdrawn_at=None).order_by().values("ambassador")
    counts = Requirement.objects.condition_of_counting_on(on)
    return rows.annotate(
        met_since=Max("recorded_at", filter=counts), confirmed_since=Max("confirmed_at", filter=counts)
    ).values_list("ambassador", "met_since", "confirmed_since")


def moment_of(row: Referee) -> datetime:
    """Since when a reference stands where it does; what `moments_of` asks the database for many."""
    asked = row.asked_at or row.named_at
    match row.status:
        case RefereeStatus.NAMED:
            return row.named_at
        case RefereeStatus.ASKED:
            return asked
        case RefereeStatus.ANSWERED:
            return row.answered_at or asked
    return row.decided_at or row.answered_at or asked


def moments_of(rows: QuerySet[Referee]) -> Iterable[tuple[int, str, datetime]]:
    """Whose each of these references is, where it stands, and since when."""
    came_to_it = Case(
        When(status=RefereeStatus.NAMED, then=F("named_at")),
        When(status=RefereeStatus.ASKED, then=Coalesce("asked_at", "named_at")),
        When(status=RefereeStatus.ANSWERED, then=Coalesce("answered_at", "asked_at", "named_at")),
        default=Coalesce("decided_at", "answered_at", "asked_at", "named_at"),
    )
    return rows.order_by("pk").annotate(moment=came_to_it).values_list("ambassador", "status", "moment")
