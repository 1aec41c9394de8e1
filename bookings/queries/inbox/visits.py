"""Visits that wait for a coordinator: at risk, to chase, not ready, and to settle."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.enums import AT_RISK, NOT_RECONFIRMED, VisitStatus
from bookings.models import Seat, Visit, VisitEvent
from bookings.queries.at_risk import replacement_in_words
from bookings.queries.inbox.piles import Item, Pile, Press, first_of_each, pile_of
from bookings.queries.readiness import school_has_said, should_be_ready, silence_in_words, somebody_is_silent
from stem.moments import day_of
from stem.rules import Audience, Kind, Reason

if TYPE_CHECKING:
    from stem.accounts.models import User

SCHOOL_MAY_THINK_FOR = timedelta(days=3)
# When nobody has said within this time how a visit went, or the two sides differ, a coordinator decides.
SILENCE = timedelta(days=14)


def visits_that_wait(user: "User", at: datetime) -> list[Pile]:
    """The visits that wait for this coordinator, by what for."""
    found = first_of_each(_waiting_visits(user, at), since="since", kind="waits")
    to_renew, to_chase, to_ready, to_settle = (
        [each for each in found if each.waits == kind] for kind in ("renew", "chase", "ready", "settle")
    )
    more = reverse("visits")
    return [
        pile_of(
            "visits_at_risk",
            _("Visits at risk: something will have run out"),
            to_renew,
            [_visit_item(each, _risk_in_words(each, day_of(at)), each.starts_at) for each in to_renew],
            f"{more}?status={AT_RISK}",
            press=Press(reverse("remind_at_risk"), _("Remind them all to renew")),
        ),
        pile_of(
            "visits_to_chase",
            _("Visits waiting for the school’s yes"),
            to_chase,
            [_visit_item(each, _("No yes for more than three days"), each.changed_at) for each in to_chase],
            f"{more}?status={VisitStatus.MATCHED}",
        ),
        pile_of(
            "visits_not_reconfirmed",
            _("Near visits not reconfirmed"),
            to_ready,
            [_visit_item(each, _silence_in_words(each), each.starts_at) for each in to_ready],
            f"{more}?status={NOT_RECONFIRMED}",
        ),
        pile_of(
            "visits_to_settle",
            _("Visits that nobody has said how they went"),
            to_settle,
            [_visit_item(each, _("It is over: say how it ended"), each.ends_at) for each in to_settle],
            f"{more}?status={VisitStatus.CONFIRMED}",
        ),
    ]


def _waiting_visits(user: "User", at: datetime) -> QuerySet[Visit]:
    """Each visit that waits for this coordinator, what for and since when; of one at risk, who comes.

    A school is not chased about a visit that may not go ahead: what is at risk is told as that.
    """
    matched = VisitEvent.objects.filter(visit=OuterRef("pk"), kind="match", at__gt=at - SCHOOL_MAY_THINK_FOR)
    not_in_date = Seat.objects.leads().at_risk(at).filter(visit=OuterRef("pk"))
    waits = Case(
        When(Q(starts_at__gt=at) & Q(Exists(not_in_date)), then=Value("renew")),
        When(Q(~Exists(matched), status=VisitStatus.MATCHED), then=Value("chase")),
        When(should_be_ready(at) & (~Q(school_has_said()) | Q(somebody_is_silent())), then=Value("ready")),
        When(Q(status=VisitStatus.CONFIRMED, ends_at__lte=at - SILENCE), then=Value("settle")),
        When(Q(status=VisitStatus.FINDING, ends_at__lte=at), then=Value("settle")),
        output_field=CharField(null=True),
    )
    rows = (
        Visit.objects.looked_after_by(user)
        .upcoming()
        .annotate(
            waits=waits,
            since=Case(When(waits__in=["renew", "ready"], then=F("starts_at")), default=F("changed_at")),
            school_said=school_has_said(),
            is_somebody_silent=somebody_is_silent(),
            who=Subquery(not_in_date.order_by("pk").values("ambassador__full_name")[:1]),
            more=Subquery(not_in_date.order_by().values("visit").annotate(n=Count("pk") - 1).values("n")),
        )
    )
    return rows.filter(waits__isnull=False).select_related("request__school")


def _risk_in_words(visit: Any, on: date) -> str:
    """Who comes, and until when it can be put right; of the reason no more than its kind (V-05)."""
    who = visit.who
    if visit.more:
        who = ngettext("%(name)s and %(n)d other", "%(name)s and %(n)d others", visit.more)
        who %= {"name": visit.who, "n": visit.more}
    told = {"who": who, "why": Reason("", Kind.VETTING, "").told_to(Audience.COORDINATOR)}
    return _("%(who)s: %(why)s, %(left)s") % {**told, "left": replacement_in_words(visit, on=on)}


def _silence_in_words(visit: Any) -> str:
    """Who has still to say that all is as agreed."""
    return silence_in_words(school_said=visit.school_said, is_somebody_silent=visit.is_somebody_silent)


def _visit_item(visit: Visit, why: str, since: datetime | None) -> Item:
    return Item(str(visit.request), f"{visit.request.school}. {why}", since, reverse("visit", args=[visit.pk]))
