"""What is still somebody's to do before visits that have been found people, over all of them: their board (V-80, 5.6).

A page of one visit has its whole checklist. Here stands what waits for this reader alone, the soonest day first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Preparation, Reconfirmation, RiskAcceptance, Seat, Visit
from bookings.notice import asked_again_on, ready_by
from bookings.queries.readiness import Readiness, school_has_said
from bookings.querysets import VisitQuerySet
from bookings.risk import Assessed, assessed_from, offered_for
from stem.moments import day_of
from stem.nations import Nation
from stem.wording import interval_in_words, short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Duty:
    """One thing that somebody has still to do for a visit to come, the page on which they do it, and by which day."""

    title: str
    visit: Visit
    url: str
    by: date
    # Whether it is the school's own, which knows where it is, and not what of several visits it is about.
    is_of_school: bool = False

    @property
    def in_words(self) -> str:
        """Of which visit, and when that is."""
        assert self.visit.starts_at is not None and self.visit.ends_at is not None
        which = self.visit.request if self.is_of_school else self.visit.request.school
        return f"{which}. {interval_in_words(self.visit.starts_at, self.visit.ends_at)}"

    @property
    def due(self) -> str:
        """By when, in words."""
        return _("By %(day)s") % {"day": short_day_in_words(self.by)}


def with_school_duties(visits: VisitQuerySet) -> VisitQuerySet:
    """Each visit with what its school has still to say of it, for `school_duties`."""
    outline = Preparation.objects.awaiting_school().filter(visit=OuterRef("pk"))
    risks = RiskAcceptance.objects.standing().awaiting_school().filter(visit=OuterRef("pk")).order_by("pk")
    return visits.select_related("request__school").annotate(
        has_said=school_has_said(),
        has_new_outline=Exists(outline),
        risk_to_read=Subquery(risks.values("pk")[:1]),
        risk_is_of=Subquery(risks.values("assessment__ambassador__full_name")[:1]),
    )


def school_duties(visits: Iterable[Visit], *, at: datetime) -> list[Duty]:
    """What a school has still to do for these visits besides saying yes, which were read `with_school_duties`."""
    duties = (duty for visit in visits for duty in _of_school(visit, at))
    return _in_order(replace(duty, is_of_school=True) for duty in duties)


def _of_school(visit: Any, at: datetime) -> Iterable[Duty]:
    if visit.status == VisitStatus.MATCHED and visit.risk_to_read is not None:
        title = _("Read the risk assessment of %(name)s") % {"name": visit.risk_is_of}
        yield Duty(title, visit, reverse("risk_assessment", args=[visit.risk_to_read]), _prepared_by(visit))
    if visit.status == VisitStatus.CONFIRMED and visit.has_new_outline:
        page = reverse("agree_to_outline", args=[visit.pk])
        yield Duty(_("Read the outline, and agree to it"), visit, page, _prepared_by(visit))
    if (duty := _looks_once_more(visit, at)) is not None:
        yield duty


def with_own_duties(visits: VisitQuerySet, user: "User") -> VisitQuerySet:
    """Each visit with this ambassador's part in it, and whether they have said that all is as agreed."""
    said = Reconfirmation.objects.said().filter(visit=OuterRef("pk"), sequence=OuterRef("sequence"))
    mine = Seat.objects.held_by(user).leads().filter(visit=OuterRef("pk"))
    return visits.annotate(
        has_said=Exists(said.filter(seat__ambassador__user=user)),
        own_seat=Subquery(mine.values("pk")[:1]),
        says_practical=Subquery(mine.values("practical")[:1]),
    )


def own_duties(visits: Iterable[Visit], ambassador: Ambassador, *, at: datetime) -> list[Duty]:
    """What this ambassador has still to do for these visits, which were read `with_own_duties`; in one query.

    Whoever only watches has nothing to prepare.
    """
    leading = [visit for visit in visits if vars(visit)["own_seat"] is not None]
    duties = [duty for visit in leading if (duty := _looks_once_more(visit, at)) is not None]
    matched = [visit for visit in leading if visit.status == VisitStatus.MATCHED]
    offered = offered_for({visit.request_id for visit in matched})
    # What is written for one meeting of a series is written for all.
    first = {visit.request_id: visit for visit in reversed(matched)}
    for visit in first.values():
        parts = assessed_from(visit, [_own_seat(visit, ambassador)], offered)
        duties += [_assess(part) for part in parts if part.is_owed]
    return _in_order(duties)


def _own_seat(visit: Any, ambassador: Ambassador) -> Seat:
    """Their part in it, as it was read with the visit."""
    has = {"status": SeatStatus.TAKEN, "ambassador": ambassador, "practical": visit.says_practical}
    return Seat(pk=visit.own_seat, visit=visit, **has)


def _assess(part: Assessed) -> Duty:
    title = _("Write a risk assessment, or use one again")
    if part.is_unsaid:
        title = _("Say whether pupils do anything practical")
    elif part.row is not None and part.row.is_sent_back:
        title = _("Change your risk assessment: the school says “not yet”")
    page = reverse("write_risk_assessment", args=[part.visit.pk])
    return Duty(title, part.visit, page, _prepared_by(part.visit))


def _looks_once_more(visit: Any, at: datetime) -> Duty | None:
    """That the day is near, and this side has not said of the visit as it is that all is as agreed."""
    if visit.has_said or not Readiness(visit, at).is_asked:
        return None
    by = ready_by(day_of(visit.starts_at), Nation(visit.request.school.nation))
    return Duty(_("Say that everything is as agreed"), visit, reverse("visit", args=[visit.pk]), by)


def _prepared_by(visit: Visit) -> date:
    assert visit.starts_at is not None
    return asked_again_on(day_of(visit.starts_at), Nation(visit.request.school.nation))


def _in_order(duties: Iterable[Duty]) -> list[Duty]:
    return sorted(duties, key=lambda duty: (duty.by, duty.visit.pk, duty.title))
