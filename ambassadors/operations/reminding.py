"""Letters to whoever has something to renew, or to do: each once, or no sooner than a week after the last."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from ambassadors import notifications, permissions
from ambassadors.enums import AmbassadorStatus, Party
from ambassadors.facts import read_applicants
from ambassadors.models import Ambassador, AmbassadorEvent, Referee, RenewalNotice, Requirement
from ambassadors.operations.references import remind_referee
from ambassadors.queries.renewals import reminders_due
from ambassadors.turns import waits_for_person
from ambassadors.validity import REMINDED_BEFORE, reminder_due
from ambassadors.workflow import LIFECYCLE
from stem.letters.post import post
from stem.moments import day_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from stem.accounts.models import User

# So long someone is left in peace after staff have reminded them of a thing.
LEFT_IN_PEACE = timedelta(days=7)
# So many letters are written by one press, so that whoever presses need not wait long.
MOST_AT_ONCE = 200
TURN = "remind_turn"


class Reminded(NamedTuple):
    """To how many a press has written, and how many are left for the next one."""

    told: int
    left: int


def remind_of_renewals(*, at: datetime) -> int:
    """Write to whoever has something that runs out in 90, 60, 30 or 7 days; to how many.

    A sweep: each person is a transaction of their own. Run again it writes nothing; when it has not run for some days,
    what was missed is told by the latest of its letters alone.
    """
    people = Ambassador.objects.filter(pk__in=reminders_due(day_of(at)).order_by().values("ambassador"))
    return sum(remind_of_renewal(ambassador=person, at=at) for person in people.order_by("pk"))


@transaction.atomic
def remind_of_renewal(*, ambassador: Ambassador, at: datetime) -> bool:
    """Put all that falls due for one person into one letter, and never two on a day; whether there is one."""
    ambassador = Ambassador.objects.locked(ambassador)
    today = day_of(at)
    due = list(reminders_due(today).filter(ambassador=ambassador))
    if not due or RenewalNotice.objects.filter(requirement__ambassador=ambassador, told_on=today).exists():
        return False
    notices = [RenewalNotice(requirement=row, days_before=_days_before(row, at), told_on=today) for row in due]
    RenewalNotice.objects.bulk_create(notices)
    is_last = any(notice.days_before == min(REMINDED_BEFORE) for notice in notices)
    post(
        notifications.requirements_nearly_over if is_last else notifications.requirements_running_out,
        to=ambassador.user,
        due_at=at,
        ambassador_id=ambassador.pk,
        told_on=today.isoformat(),
    )
    return True


def _days_before(requirement: Requirement, at: datetime) -> int:
    """By how many days before its last one this reminder is known."""
    assert requirement.last_day is not None
    days = reminder_due(requirement.last_day, day_of(at))
    assert days is not None, "it was read as due"
    return days


@transaction.atomic
def note_reminder(*, ambassador: Ambassador, kind: str, by: "User", at: datetime) -> bool:
    """Put on record that staff remind someone of a thing, unless they did so in the last seven days; whether it is.

    The letter goes with it, or not at all. The caller holds the row's lock.
    """
    if ambassador.events.filter(kind=kind, at__gt=at - LEFT_IN_PEACE).exists():
        return False
    LIFECYCLE.note(ambassador, kind, by=by, at=at)
    return True


def remind_waiting(*, people: "Collection[int]", party: Party, by: "User", at: datetime) -> Reminded:
    """Write to those of these applicants for whom we wait, or to their silent referees; to how many.

    Each is a transaction of its own, and has at most one such letter in seven days, however often it is pressed.
    Refuses as `permissions.check_may_vet` does.
    """
    due = _silent_referees(people, at) if party is Party.REFEREE else _applicants_left_in_peace(people, at)
    told = sum(
        remind_referee(referee=row, by=by, at=at)
        if isinstance(row, Referee)
        else remind_applicant(ambassador=row, by=by, at=at)
        for row in due[:MOST_AT_ONCE]
    )
    return Reminded(told, len(due[MOST_AT_ONCE:]))


def _silent_referees(people: "Collection[int]", at: datetime) -> list[Referee]:
    """Those who were asked about these people and have had no letter for a week, the longest silent first."""
    rows = Referee.objects.silent_for(LEFT_IN_PEACE, at=at).filter(ambassador__in=people)
    return list(rows.select_related("ambassador").order_by("asked_at", "pk"))


def _applicants_left_in_peace(people: "Collection[int]", at: datetime) -> list[Ambassador]:
    """Those who have had no such letter for a week; whoever may comment on a decline is not urged."""
    lately = AmbassadorEvent.objects.filter(ambassador=OuterRef("pk"), kind=TURN, at__gt=at - LEFT_IN_PEACE)
    rows = Ambassador.objects.filter(~Exists(lately), pk__in=people, application__decline_proposed_by=None)
    return list(rows.order_by("registered_at", "pk"))


@transaction.atomic
def remind_applicant(*, ambassador: Ambassador, by: "User", at: datetime) -> bool:
    """Write to an applicant what we wait for, if it is still their turn and they have had no such letter for a week.

    Whether there is a letter. Refuses as `permissions.check_may_vet` does.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    people = Ambassador.objects.filter(pk=ambassador.pk, status=AmbassadorStatus.VETTING)
    is_their_turn = any(waits_for_person(each, on=day_of(at)) for each in read_applicants(people, on=day_of(at)))
    if not is_their_turn or not note_reminder(ambassador=ambassador, kind=TURN, by=by, at=at):
        return False
    post(
        notifications.your_turn,
        to=ambassador.user,
        due_at=at,
        ambassador_id=ambassador.pk,
        reminded_at=at.isoformat(),
    )
    return True
