"""What a search stands at: which seats want somebody, and on which rung of the ladder each is (rules E-32, T-50)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Q

from bookings.eligibility import Interval
from bookings.enums import UNSETTLED_OFFERS, Asking, OfferStatus, SeatStatus
from bookings.ladder import BY_HAND, Rung, rung_of
from bookings.models import Offer, Request, Seat, Visit
from stem.nations import Nation


def rung_for(seat: Seat, times: Sequence[Interval], *, at: datetime, policy: Mapping[str, int]) -> Rung:
    """The rung of this open seat of a visit that may begin at one of these times: that of the first still in reach.

    Whoever had it and gave it up is replaced once the visit has its time; before that it is sought like any other.
    """
    visit = seat.visit
    given_up = visit.starts_at is not None and Offer.objects.filter(seat=seat, status=OfferStatus.RELEASED).exists()
    nation = Nation(visit.request.school.nation)
    rungs = (
        rung_of(starts_at, at=at, nation=nation, is_replacement=given_up, policy=policy)
        for starts_at, _ends_at in times
    )
    return next((rung for rung in rungs if not rung.is_by_hand), BY_HAND)


def searches_under_way() -> list[Visit]:
    """Visits for which a rule asks, those of the first requests first (E-10), with all that asking reads.

    Those whose seats have as many asked as may be are among them: which is cheap to see.
    """
    by_rule = [Asking.LADDER, Asking.OPEN_CALL]
    rows = Visit.objects.sought().filter(request__asking__in=by_rule)
    requests = Request.objects.filter(pk__in=rows.order_by().values("request")).with_willing().first_first()
    asked = list(requests.select_related("school", "contact__user").prefetch_related("possible_times"))
    places = {request.pk: place for place, request in enumerate(asked)}
    visits = [visit for visit in rows.order_by("pk") if visit.request_id in places]
    for visit in visits:
        visit.request = asked[places[visit.request_id]]
    return sorted(visits, key=lambda visit: (places[visit.request_id], visit.pk))


def open_seats(visit: Visit) -> list[Seat]:
    """The seats of this visit that nobody has, each with how many wait to answer, those with the fewest first.

    And with how many offers may still come to a yes: those to which somebody named another time are among them.
    """
    waiting, unsettled = (
        Count("offers", filter=Q(offers__status__in=statuses)) for statuses in ([OfferStatus.SENT], UNSETTLED_OFFERS)
    )
    rows = Seat.objects.filter(visit=visit, status=SeatStatus.OPEN)
    seats = list(rows.annotate(waiting=waiting, unsettled=unsettled))
    for seat in seats:
        seat.visit = visit
    return sorted(seats, key=lambda seat: (vars(seat)["waiting"], seat.pk))


def has_newcomer(visit: Visit) -> bool:
    """Whether somebody was asked for this visit who had not visited yet (rule E-31)."""
    return Offer.objects.filter(visit=visit, ambassador__visits_delivered=0).exists()
