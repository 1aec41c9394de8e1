"""Other times that ambassadors have named, as a school reads them: when, and nothing of who (rule P-05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from bookings.eligibility import Interval, reasons_closed
from bookings.enums import OfferStatus
from bookings.models import Offer, OfferTime, PossibleTime, Request, Visit
from bookings.queries.seen import Glimpse, glimpse_of
from schools.queries.school_time import school_time
from stem.letters.models import OneTimeLink
from stem.wording import interval_in_words


@dataclass(frozen=True)
class OtherTime:
    """An ambassador who could come at another time than the school asked for."""

    offer: Offer
    request: Request
    times: list[Interval]
    glimpse: Glimpse
    is_open: bool

    @property
    def when(self) -> list[str]:
        """The times as people read them."""
        return [interval_in_words(start, end) for start, end in self.times]

    @property
    def closed(self) -> dict[Interval, str]:
        """Those of the times on which the school has no visitors, and why not (rule T-11)."""
        school, found = school_time(self.request.school), {}
        for start, end in self.times:
            wanted = PossibleTime(request=self.request, starts_at=start, ends_at=end)
            if reasons := reasons_closed(self.request, wanted, school):
                found[start, end] = " ".join(why.truth for why in reasons)
        return found

    @property
    def is_agreed(self) -> bool:
        """Whether the school has taken one of them."""
        return self.offer.status == OfferStatus.ACCEPTED


def other_time(visits: QuerySet[Visit], offer: int, *, at: datetime) -> OtherTime | None:
    """The other times of this offer, by its key, to one of these visits; None where there are none."""
    found = _offers(Offer.objects.filter(pk=offer, visit__in=visits)).first()
    return _told(found, found.other_times.all(), at) if found and found.other_times.all() else None


def other_time_behind(link: OneTimeLink, *, at: datetime) -> OtherTime:
    """The other times that the link in a letter to a school is about."""
    found = _offers(Offer.objects.all()).get(pk=link.object_id)
    return _told(found, found.other_times.all(), at)


def other_times_for(request: Request, *, at: datetime) -> list[OtherTime]:
    """What waits for the school's answer about this request, the soonest to answer first; in one query."""
    rows = OfferTime.objects.filter(
        offer__visit__request=request, offer__status=OfferStatus.COUNTERED, offer__lapses_at__gt=at
    )
    rows = rows.select_related("offer__ambassador").order_by("offer__lapses_at", "offer", "starts_at")
    waiting = []
    for offer, times in groupby(rows, key=lambda row: row.offer):
        offer.visit = Visit(pk=offer.visit_id, request=request)
        waiting.append(_told(offer, times, at))
    return waiting


def _offers(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """These offers with all that a page says of their other times."""
    return offers.select_related("ambassador", "visit__request__school").prefetch_related("other_times")


def _told(offer: Offer, times: Iterable[OfferTime], at: datetime) -> OtherTime:
    request = offer.visit.request
    return OtherTime(
        offer=offer,
        request=request,
        times=[(time.starts_at, time.ends_at) for time in times],
        glimpse=glimpse_of(offer, is_online=request.is_online),
        is_open=offer.status == OfferStatus.COUNTERED and offer.lapses_at > at,
    )
