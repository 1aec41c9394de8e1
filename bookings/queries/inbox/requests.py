"""Requests that wait for a coordinator: to be read, to be asked for, and searches that run out of time."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.eligibility import short_notice
from bookings.enums import UNSETTLED_OFFERS, RequestStatus, SeatStatus, VisitStatus
from bookings.ladder import LATE, VERY_LATE, late_before
from bookings.models import Offer, PossibleTime, Request, Seat
from bookings.queries.inbox.piles import Item, Pile, first_of_each, pile_of
from bookings.querysets import FIRST_FIRST
from stem.nations import Nation
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# A search that is late comes before the others of its pile the sooner it ends.
SOONEST_FIRST = F("late_at").asc(nulls_last=True)


def requests_that_wait(user: "User", at: datetime) -> list[Pile]:
    """The requests that wait for this coordinator, by what for, each kind by priority."""
    found = first_of_each(_waiting_requests(user, at), kind="waits", order=(SOONEST_FIRST, *FIRST_FIRST))
    late, to_read, to_ask = ([each for each in found if each.waits == kind] for kind in ("late", "read", "ask"))
    more = reverse("requests")
    return [
        pile_of(
            "requests_late",
            _("Searches that run out of time"),
            late,
            [_late_item(each, at) for each in late],
            f"{more}?status={RequestStatus.OPEN}",
            by_priority=True,
        ),
        pile_of(
            "requests_to_read",
            _("Requests that need a look"),
            to_read,
            # A rule opens each request that has nothing else about it: what waits is asked for at short notice.
            [_request_item(each, short_notice()) for each in to_read],
            f"{more}?status={RequestStatus.SUBMITTED}",
            by_priority=True,
        ),
        pile_of(
            "requests_to_ask",
            _("Requests with nobody asked"),
            to_ask,
            [_request_item(each, _("A place that nobody is being asked to take")) for each in to_ask],
            f"{more}?status={RequestStatus.OPEN}",
            by_priority=True,
        ),
    ]


def _waiting_requests(user: "User", at: datetime) -> QuerySet[Request]:
    """Each request that waits for this coordinator, and what for: a search that is late is told as that alone."""
    asked = Offer.objects.filter(seat=OuterRef("pk"), status__in=UNSETTLED_OFFERS)
    seats = Seat.objects.leads().filter(
        visit__request=OuterRef("pk"), visit__status=VisitStatus.FINDING, status=SeatStatus.OPEN
    )
    last_time = PossibleTime.objects.filter(request=OuterRef("pk")).order_by("-starts_at").values("starts_at")[:1]
    ends_at = Coalesce(Subquery(seats.order_by("visit__starts_at").values("visit__starts_at")[:1]), Subquery(last_time))
    is_late = Q(status=RequestStatus.OPEN, ends_at__lt=late_before(at, LATE, Nation.ENG)) & Q(Exists(seats))
    waits = Case(
        When(status=RequestStatus.SUBMITTED, then=Value("read")),
        When(is_late, then=Value("late")),
        When(Q(Exists(seats.filter(~Exists(asked))), status=RequestStatus.OPEN), then=Value("ask")),
        output_field=CharField(null=True),
    )
    rows = Request.objects.looked_after_by(user).waiting().annotate(ends_at=ends_at).annotate(waits=waits)
    rows = rows.annotate(late_at=Case(When(waits="late", then=F("ends_at"))), is_asked=Exists(_asked_for_request()))
    return rows.filter(waits__isnull=False).select_related("school", "priority")


def _asked_for_request() -> QuerySet[Offer]:
    return Offer.objects.to_lead().filter(visit__request=OuterRef("pk"), status__in=UNSETTLED_OFFERS)


def _late_item(request: Any, at: datetime) -> Item:
    """A search that is late, amber, or very late, red; and whether anybody may still say yes."""
    is_very_late = request.ends_at < late_before(at, VERY_LATE, Nation.ENG)
    asked = _("somebody is asked") if request.is_asked else _("nobody is asked")
    told = _("The last time that it could be is %(day)s, and %(asked)s")
    why = told % {"day": short_day_in_words(request.ends_at), "asked": asked}
    alarm = (_("Very late"), "bad") if is_very_late else (_("Late"), "warning")
    return replace(_request_item(request, why), alarm=alarm)


def _request_item(request: Request, why: str) -> Item:
    url = reverse("coordinate_request", args=[request.pk])
    priority = getattr(request, "priority", None)
    return Item(str(request), f"{request.school}. {why}", request.submitted_at, url, priority)
