"""The lessons of a visit: when, with which group, and who of the staff is with them in each (rule V-80)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import permissions
from bookings.eligibility import is_open_for_messages
from bookings.enums import VisitStatus
from bookings.models import Session, Visit
from bookings.operations.arrangements import tell_who_comes
from bookings.workflow import VISIT
from stem.rules import Kind, Reason, refuse, refuse_if_any
from stem.wording import clock_in_words, interval_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

MOST_LESSONS = 8


@dataclass(frozen=True)
class Lesson:
    """One lesson; without an adult of its own it is whoever the visit names for all of it."""

    starts_at: datetime
    ends_at: datetime
    group: str
    supervising_adult: str = ""


@transaction.atomic
def set_lessons(*, visit: Visit, lessons: Sequence[Lesson], by: "User", at: datetime, on_behalf_of: str = "") -> bool:
    """Say which lessons a visit has, in place of what was said before; whoever comes to a confirmed one is told.

    Whether anything changed: the same said again tells nobody. Of several who come some may be with one group while the
    others are with another. Refuses with `not_for_school`, `state` where nothing is prepared any more, `lessons` for
    none or too many, `order`, `outside` the hours of the visit, or `at_once` where one person would be in two.
    """
    visit = Visit.objects.locked(visit)
    permissions.check_may_confirm(by, visit)
    if not is_open_for_messages(visit, at) or visit.starts_at is None or visit.ends_at is None:
        raise refuse(
            "state", Kind.STATE, _("Nothing is prepared here now: the visit is over or off, or has nobody yet.")
        )
    refuse_if_any(_reasons_against(visit, lessons))
    wanted = sorted(lessons, key=lambda lesson: (lesson.starts_at, lesson.ends_at, lesson.group))
    stands = [
        Lesson(each.starts_at, each.ends_at, each.group, each.supervising_adult)
        for each in visit.sessions.order_by("starts_at", "ends_at", "group")
    ]
    if wanted == stands:
        return False
    visit.sessions.all().delete()
    Session.objects.bulk_create(Session(visit=visit, **vars(lesson)) for lesson in wanted)
    VISIT.note(visit, "change_arrangements", by=by, at=at, note=_("lessons of the day"), on_behalf_of=on_behalf_of)
    if visit.status == VisitStatus.CONFIRMED:
        tell_who_comes(visit, at=at)
    return True


def _reasons_against(visit: Visit, lessons: Sequence[Lesson]) -> list[Reason]:
    """What is wrong with these, each by itself and with the others."""
    if not 1 <= len(lessons) <= MOST_LESSONS:
        words = _("Name at least one lesson, and %(n)d at most.") % {"n": MOST_LESSONS}
        return [Reason("lessons", Kind.INPUT, words)]
    reasons = [reason for lesson in lessons for reason in _reasons_against_one(visit, lesson)]
    in_order = sorted(lessons, key=lambda lesson: lesson.starts_at)
    is_together = any(one.ends_at > other.starts_at for one, other in pairwise(in_order))
    if not reasons and is_together and visit.request.people == 1:
        reasons.append(Reason("at_once", Kind.INPUT, _("One person cannot be in two lessons at once.")))
    return reasons


def _reasons_against_one(visit: Visit, lesson: Lesson) -> list[Reason]:
    """Whether it ends before it begins (`order`), or lies outside the visit (`outside`)."""
    assert visit.starts_at is not None and visit.ends_at is not None
    begins = {"clock": clock_in_words(lesson.starts_at)}
    if lesson.ends_at <= lesson.starts_at:
        words = _("The lesson that starts at %(clock)s has to end later than that.") % begins
        return [Reason("order", Kind.INPUT, words)]
    if lesson.starts_at < visit.starts_at or lesson.ends_at > visit.ends_at:
        words = _("The lesson that starts at %(clock)s does not lie within the visit: %(visit)s.")
        hours = {**begins, "visit": interval_in_words(visit.starts_at, visit.ends_at)}
        return [Reason("outside", Kind.INPUT, words % hours)]
    return []
