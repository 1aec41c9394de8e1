"""How one request or visit came to where it is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from bookings.enums import CancelReason, DeclineReason, OfferStatus, SeatStatus, VisitStatus
from bookings.models import Offer, Request, Seat, Visit
from stem.history import Happening, tell

REQUEST_WORDS: dict[str, Promise] = {
    "submit": gettext_lazy("Request sent in"),
    "open": gettext_lazy("Search started"),
    "fulfil": gettext_lazy("Everyone found"),
    "reopen": gettext_lazy("Search started again"),
    "give_up": gettext_lazy("Nobody could be found"),
    "withdraw": gettext_lazy("Request withdrawn"),
}
VISIT_WORDS: dict[str, Promise] = {
    "match": gettext_lazy("Someone found"),
    "reopen": gettext_lazy("Search started again"),
    "confirm": gettext_lazy("Confirmed by the school"),
    "deliver": gettext_lazy("Took place"),
    "not_deliver": gettext_lazy("Did not take place"),
    "miss_by_ambassador": gettext_lazy("Ambassador did not come"),
    "miss_by_school": gettext_lazy("School was not ready"),
    "cancel_by_school": gettext_lazy("Cancelled by the school"),
    "cancel_by_ambassador": gettext_lazy("Cancelled by the ambassador"),
    "cancel_by_scheme": gettext_lazy("Cancelled by the scheme"),
    "give_up": gettext_lazy("Search ended"),
}
REASON_WORDS = {each.value: each.label for words in (DeclineReason, CancelReason) for each in words}

# Whoever answered so, or is still asked, is not put on the shortlist again.
NOT_ASKED_AGAIN = (
    OfferStatus.QUEUED,
    OfferStatus.SENT,
    OfferStatus.ACCEPTED,
    OfferStatus.DECLINED,
    OfferStatus.RELEASED,
)


@dataclass(frozen=True)
class Board:
    """Where the search for one request stands: its visits' seats, and everyone who was asked."""

    seats: list[Seat]
    offers: list[Offer]

    @property
    def open_seat(self) -> Seat | None:
        """The seat to ask someone for next: of those still open, the one for which fewest are being asked."""
        open_seats = [
            seat for seat in self.seats if seat.status == SeatStatus.OPEN and seat.visit.status == VisitStatus.FINDING
        ]
        return min(open_seats, key=lambda seat: (len(self.asked_for(seat)), seat.pk), default=None)

    def asked_for(self, seat: Seat) -> list[Offer]:
        """The offers of this seat that wait for an answer."""
        return [offer for offer in self.offers if offer.seat_id == seat.pk and offer.status == OfferStatus.SENT]

    def not_asked_again_for(self, visit: Visit) -> set[int]:
        """The people whom the shortlist for this visit leaves out."""
        return {
            offer.ambassador_id
            for offer in self.offers
            if offer.visit_id == visit.pk and offer.status in NOT_ASKED_AGAIN
        }


def board_of(request: Request) -> Board:
    """The state of the search for this request, in two queries."""
    seats = Seat.objects.filter(visit__request=request).select_related("visit", "ambassador").order_by("visit", "pk")
    offers = Offer.objects.filter(visit__request=request).select_related("ambassador")
    board = Board(list(seats), list(offers))
    for seat in board.seats:
        seat.visit.request = request  # read already, with its times
    return board


def history_of_request(request: Request) -> list[Happening]:
    """What happened to a request, oldest first."""
    return tell(request.events.select_related("by"), REQUEST_WORDS, REASON_WORDS)


def history_of_visit(visit: Visit) -> list[Happening]:
    """What happened to a visit, oldest first, with whoever acted and for whom."""
    return tell(visit.events.select_related("by"), VISIT_WORDS, REASON_WORDS)
