"""What a search stands at: which seats want somebody, and on which rung of the ladder each is (rules E-32, T-50)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from ambassadors.models import Limits
from bookings.eligibility import Interval
from bookings.enums import UNSETTLED_OFFERS, OfferStatus, SeatStatus
from bookings.ladder import BY_HAND, Rung, rung_of
from bookings.models import Offer, OfferEvent, Request, Seat, SeatEvent, Visit
from stem.nations import Nation

# Whoever lets so many offers of one visit lapse is not asked for it again.
MOST_TIMES_SILENT = 2


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
    """Visits for which somebody is sought, those of the first requests first (E-10), with all that asking reads.

    Those whose seats have as many asked as may be are among them: which is cheap to see.
    """
    rows = Visit.objects.sought()
    requests = Request.objects.filter(pk__in=rows.order_by().values("request")).with_willing().first_first()
    asked = list(requests.select_related("school", "contact__user").prefetch_related("possible_times"))
    places = {request.pk: place for place, request in enumerate(asked)}
    visits = [visit for visit in rows.order_by("pk") if visit.request_id in places]
    for visit in visits:
        visit.request = asked[places[visit.request_id]]
    return sorted(visits, key=lambda visit: (places[visit.request_id], visit.pk))


def open_seats(visit: Visit) -> list[Seat]:
    """The seats of this visit for which a rule may ask, with how many wait to answer, those with the fewest first.

    And with how many offers may still come to a yes: those to which somebody named another time are among them.
    """
    waiting, unsettled = (
        Count("offers", filter=Q(offers__status__in=statuses)) for statuses in ([OfferStatus.SENT], UNSETTLED_OFFERS)
    )
    # Whoever a coordinator has named in somebody's place has it first: the seat was freed in the same act.
    freed = SeatEvent.objects.filter(seat=OuterRef("seat"), kind="free", at=OuterRef("made_at"))
    named = Offer.objects.awaiting_answer().filter(Exists(freed), seat=OuterRef("pk"))
    rows = Seat.objects.leads().filter(~Exists(named), visit=visit, status=SeatStatus.OPEN)
    seats = list(rows.annotate(waiting=waiting, unsettled=unsettled))
    for seat in seats:
        seat.visit = visit
    return sorted(seats, key=lambda seat: (vars(seat)["waiting"], seat.pk))


def has_newcomer(visit: Visit) -> bool:
    """Whether somebody was asked for this visit who had not visited yet (rule E-31)."""
    return Offer.objects.to_lead().filter(visit=visit, ambassador__visits_delivered=0).exists()


@dataclass(frozen=True)
class PassedOver:
    """Whom a rule does not ask for a visit, and whom it asks after everybody else, by their keys."""

    never: frozenset[int]
    last: frozenset[int]


def passed_over(visit: Visit) -> PassedOver:
    """Whoever let an offer of this visit lapse comes after all others, and after a second time not again.

    A coordinator who takes an offer back has chosen: nobody is asked by a rule whom they passed over. Nor is whoever
    wants to be asked by coordinators alone. In two queries.
    """
    taken_back = OfferEvent.objects.filter(offer=OuterRef("pk"), kind="withdraw", by__isnull=False)
    rows = Offer.objects.to_lead().filter(visit=visit, status__in=[OfferStatus.LAPSED, OfferStatus.WITHDRAWN])
    rows = rows.order_by()
    told = list(rows.annotate(is_taken_back=Exists(taken_back)).values_list("ambassador", "status", "is_taken_back"))
    silent = Counter(person for person, status, _taken_back in told if status == OfferStatus.LAPSED)
    never = {person for person, _status, is_taken_back in told if is_taken_back}
    never |= {person for person, times in silent.items() if times >= MOST_TIMES_SILENT}
    never |= set(Limits.objects.filter(only_by_hand=True).values_list("ambassador", flat=True))
    return PassedOver(frozenset(never), frozenset(silent) - never)
