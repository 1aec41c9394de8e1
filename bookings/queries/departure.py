"""What someone would leave behind who leaves the scheme, for the page that asks first."""

from dataclasses import dataclass
from datetime import date, datetime

from ambassadors.enums import CheckBody
from ambassadors.models import Ambassador
from bookings.enums import UNSETTLED_OFFERS
from bookings.models import Offer, Seat, Visit
from bookings.queries.diary import Promised, promised
from stem.moments import day_of


@dataclass(frozen=True)
class Departure:
    """What leaving would undo, and what would follow."""

    ambassador: Ambassador
    visits: list[Promised]
    offers: int
    is_in_pvg: bool


def departure_of(ambassador: Ambassador, *, at: datetime) -> Departure:
    """The visits and offers that someone would give back, in three queries."""
    seats = Seat.objects.promised_by(ambassador, at=at)
    visits = Visit.objects.filter(pk__in=seats.values("visit")).select_related("request__school").soonest_first()
    checks = ambassador.requirements.filter(body=CheckBody.PVG, withdrawn_at=None, confirmed_by__isnull=False)
    return Departure(
        ambassador=ambassador,
        visits=[promised(visit) for visit in visits],
        offers=Offer.objects.filter(ambassador=ambassador, status__in=UNSETTLED_OFFERS).count(),
        is_in_pvg=checks.exists(),
    )


def days_promised(ambassador: Ambassador, *, at: datetime) -> list[date]:
    """The days of the visits to come that this person has promised: all that whoever vets them needs to know."""
    visits = Visit.objects.filter(pk__in=Seat.objects.promised_by(ambassador, at=at).values("visit"))
    return [day_of(visit.starts_at) for visit in visits.soonest_first() if visit.starts_at is not None]
