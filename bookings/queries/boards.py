"""How one request or visit came to where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from bookings.enums import CancelReason, DeclineReason, OfferStatus, RequestStatus, SeatKind, SeatStatus, VisitStatus
from bookings.models import Offer, OfferEvent, ProposalEvent, Request, Reserve, Seat, SeatEvent, Visit
from bookings.querysets import VisitQuerySet
from stem.history import Happening, happening

REQUEST_WORDS: dict[str, Promise] = {
    "submit": gettext_lazy("Request sent in"),
    "open": gettext_lazy("Search started"),
    "fulfil": gettext_lazy("Everyone found"),
    "reopen": gettext_lazy("Search started again"),
    "give_up": gettext_lazy("Nobody could be found"),
    "withdraw": gettext_lazy("Request withdrawn"),
    "add_times": gettext_lazy("More times added"),
    "hand_over": gettext_lazy("Handed to a colleague"),
    "pass_term_cap": gettext_lazy("To be asked for, although it has had its visits of the term"),
    "pass_week_reserve": gettext_lazy("To be asked for, although the week’s share for others is not kept"),
    "offer_oneself": gettext_lazy("An ambassador said that they could do it"),
    "ask_ladder": gettext_lazy("To be asked for by itself"),
    "ask_open_call": gettext_lazy("Whoever says that they could do it is asked"),
    "ask_by_hand": gettext_lazy("To be asked for by hand"),
    "no_longer_offer_oneself": gettext_lazy("An ambassador said that they no longer can"),
}
VISIT_WORDS: dict[str, Promise] = {
    "match": gettext_lazy("Someone found"),
    "reopen": gettext_lazy("Search started again"),
    "run_late": gettext_lazy("The school was told that nobody has been found yet"),
    "find_nobody": gettext_lazy("Nobody is left to ask, and the school was told"),
    "confirm": gettext_lazy("Confirmed by the school"),
    "reconfirm_by_school": gettext_lazy("The school said that all is as agreed"),
    "reconfirm_by_ambassador": gettext_lazy("An ambassador said that all is as agreed"),
    "write_outline": gettext_lazy("An outline was written"),
    "agree_to_outline": gettext_lazy("The school agreed to the outline"),
    "offer_risk_assessment": gettext_lazy("A risk assessment was written"),
    "accept_risk_assessment": gettext_lazy("The school accepted the risk assessment"),
    "send_back_risk_assessment": gettext_lazy("The school sent the risk assessment back"),
    "agree_to_high_risk": gettext_lazy("A coordinator agreed to a high risk"),
    "deliver": gettext_lazy("Took place"),
    "not_deliver": gettext_lazy("Did not take place"),
    "miss_by_ambassador": gettext_lazy("Ambassador did not come"),
    "miss_by_school": gettext_lazy("School was not ready"),
    "cancel_by_school": gettext_lazy("Cancelled by the school"),
    "cancel_by_ambassador": gettext_lazy("Cancelled by the ambassador"),
    "cancel_by_scheme": gettext_lazy("Cancelled by the scheme"),
    "give_up": gettext_lazy("Search ended"),
    "change_time": gettext_lazy("Moved to another time, as everyone agreed"),
    "change_arrangements": gettext_lazy("Who is there or where to go was changed"),
}
PROPOSAL_WORDS: dict[str, Promise] = {
    "propose": gettext_lazy("Another time proposed"),
    "agree_for_one": gettext_lazy("Agreed to the other time; others are waited for"),
    "agree": gettext_lazy("The last to agree to the other time"),
    "refuse": gettext_lazy("Said no to the other time"),
    "withdraw": gettext_lazy("The other time taken back"),
    "lapse": gettext_lazy("The other time lapsed"),
}
SEAT_WORDS: dict[str, Promise] = {
    "take": gettext_lazy("Place taken"),
    "free": gettext_lazy("Place given up"),
    "say_practical": gettext_lazy("Said that something practical is done"),
    "say_not_practical": gettext_lazy("Said that nothing practical is done"),
}
# Of a place to watch from; that it is taken or free is told with the name of whoever was asked.
SHADOW_WORDS: dict[str, Promise] = {
    "add_shadow_place": gettext_lazy("Room made for somebody new to watch"),
    "refuse_shadow": gettext_lazy("The school would rather that nobody watches"),
}
OFFER_WORDS: dict[str, Promise] = {
    "send": gettext_lazy("Asked"),
    "accept": gettext_lazy("Said yes"),
    "decline": gettext_lazy("Said no"),
    "lapse": gettext_lazy("Did not answer in time"),
    "withdraw": gettext_lazy("Offer taken back"),
    "supersede": gettext_lazy("Someone else was first"),
    "release": gettext_lazy("Gave the place up"),
    "reconsider": gettext_lazy("Took the no back"),
    "counter": gettext_lazy("Could come at another time"),
    "agree": gettext_lazy("The school agreed to the other time"),
    "refuse": gettext_lazy("The school could not take the other time"),
    "keep_in_reserve": gettext_lazy("Waits in reserve"),
    "no_longer_in_reserve": gettext_lazy("Waits no longer in reserve"),
}
WATCHING_WORDS: dict[str, Promise] = {
    **OFFER_WORDS,
    "send": gettext_lazy("Asked to come along and watch"),
    "accept": gettext_lazy("Comes along to watch"),
    "release": gettext_lazy("Does not come along after all"),
}
REASON_WORDS = {each.value: each.label for words in (DeclineReason, CancelReason) for each in words}

# Whoever answered so, or is still asked, is not put on the shortlist again.
NOT_ASKED_AGAIN = (
    OfferStatus.QUEUED,
    OfferStatus.SENT,
    OfferStatus.ACCEPTED,
    OfferStatus.DECLINED,
    OfferStatus.RELEASED,
    OfferStatus.COUNTERED,
    OfferStatus.REFUSED,
)


# Whoever said so to one visit of a request is not asked for another: their answer was to what the school wants.
SAID_NO = (OfferStatus.DECLINED, OfferStatus.RELEASED, OfferStatus.REFUSED)


def is_not_asked_again(offer: Offer, visit: Visit) -> bool:
    """Whether this offer, of the same request, keeps whoever it was made to off the shortlist for this visit."""
    if offer.visit_id == visit.pk:
        return offer.status in NOT_ASKED_AGAIN
    called_off = offer.status == OfferStatus.ACCEPTED and offer.visit.status == VisitStatus.CANCELLED_BY_AMBASSADOR
    return offer.status in SAID_NO or called_off


@dataclass(frozen=True)
class Board:
    """Where the search for one request stands: its visits' seats, and everyone who was asked."""

    seats: list[Seat]
    offers: list[Offer]

    @property
    def open_seats(self) -> list[Seat]:
        """The seats to ask for; of a series those of the first meeting that wants somebody, which brings the rest."""
        seats = [
            seat for seat in self.seats if seat.status == SeatStatus.OPEN and seat.visit.status == VisitStatus.FINDING
        ]
        first = min((seat.visit.number for seat in seats), default=1)
        return [seat for seat in seats if seat.visit.number == first]

    @property
    def open_seat(self) -> Seat | None:
        """The seat to ask someone for next: of those still open, the one for which fewest are being asked."""
        return min(self.open_seats, key=lambda seat: (len(self.asked_for(seat)), seat.pk), default=None)

    def asked_for(self, seat: Seat) -> list[Offer]:
        """The offers of this seat that wait for an answer."""
        return [offer for offer in self.offers if offer.seat_id == seat.pk and offer.status == OfferStatus.SENT]

    def not_asked_again_for(self, visit: Visit) -> set[int]:
        """The people whom the shortlist for this visit leaves out."""
        return {offer.ambassador_id for offer in self.offers if is_not_asked_again(offer, visit)}

    def in_reserve_for(self, visit: Visit) -> set[int]:
        """The people who were not quick enough for this visit and would come all the same, by their keys."""
        return {
            offer.ambassador_id for offer in self.offers if offer.visit_id == visit.pk and vars(offer)["in_reserve"]
        } - self.not_asked_again_for(visit)


def board_of(request: Request) -> Board:
    """The state of the search for this request, in two queries: nobody looks for a shadow."""
    seats = (
        Seat.objects.leads()
        .filter(visit__request=request)
        .select_related("visit", "ambassador")
        .order_by("visit", "pk")
    )
    reserve = Reserve.objects.filter(visit=OuterRef("visit"), ambassador=OuterRef("ambassador"), withdrawn_at=None)
    offers = Offer.objects.to_lead().filter(visit__request=request).annotate(in_reserve=Exists(reserve))
    offers = offers.select_related("ambassador", "visit")
    board = Board(list(seats), list(offers))
    for seat in board.seats:
        seat.visit.request = request  # read already, with its times
    return board


def sought(visits: VisitQuerySet, request: int) -> Visit | None:
    """The one of these visits for which somebody is sought for this request, by its key, with its school and times."""
    rows = visits.filter(request=request, status=VisitStatus.FINDING, request__status=RequestStatus.OPEN)
    return rows.select_related("request__school").prefetch_related("request__possible_times").order_by("pk").first()


def not_asked_again_for(visit: Visit) -> list[int]:
    """The people whom the shortlist for this visit leaves out, by their keys."""
    offers = Offer.objects.to_lead().filter(visit__request=visit.request_id).select_related("visit").order_by()
    return sorted({offer.ambassador_id for offer in offers if is_not_asked_again(offer, visit)})


def willing_for(request: Request) -> set[int]:
    """The keys of whoever has said that they could do this request, which was read `with_willing`."""
    return {int(key) for key in (vars(request)["willing_keys"] or "").split()}


def history_of_request(request: Request) -> list[Happening]:
    """What happened to a request and to everyone who was asked, oldest first, in one query."""
    asked = OfferEvent.objects.filter(offer__visit__request=request, offer__seat__kind=SeatKind.LEAD)
    return _merged((request.events, REQUEST_WORDS, None), (asked, OFFER_WORDS, "offer__ambassador__full_name"))


def history_of_visit(visit: Visit) -> list[Happening]:
    """What happened to a visit, to its seats and to what was proposed for it, oldest first, in one query."""
    seats = SeatEvent.objects.filter(seat__visit=visit)
    proposed = ProposalEvent.objects.filter(proposal__visit=visit)
    watching = OfferEvent.objects.filter(offer__visit=visit, offer__seat__kind=SeatKind.SHADOW)
    return _merged(
        (visit.events, VISIT_WORDS, None),
        (seats.filter(seat__kind=SeatKind.LEAD), SEAT_WORDS, None),
        (proposed, PROPOSAL_WORDS, None),
        (seats.filter(seat__kind=SeatKind.SHADOW, kind__in=SHADOW_WORDS), SHADOW_WORDS, None),
        (watching, WATCHING_WORDS, "offer__ambassador__full_name"),
    )


def _merged(*sources: tuple[Any, Mapping[str, Promise], str | None]) -> list[Happening]:
    """Several tables’ events as one history. A source: its rows, its words, and the path to a name they are about."""
    by = Coalesce(NullIf("by__full_name", Value("")), "by__email", Value(""), output_field=CharField())
    columns = ("at", "kind", by, "on_behalf_of", "reason", "note")
    parts = [
        rows.order_by().values_list(*columns, F(about) if about else Value(""), Value(number))
        for number, (rows, _words, about) in enumerate(sources)
    ]
    merged = parts[0].union(*parts[1:], all=True)
    return [
        happening(
            f"{sources[number][1].get(kind, kind)}: {about}" if about else sources[number][1].get(kind, kind),
            at=at,
            by=actor,
            on_behalf_of=on_behalf_of,
            notes=(REASON_WORDS.get(reason, reason), note),
        )
        for at, kind, actor, on_behalf_of, reason, note, about, number in sorted(
            merged, key=lambda row: (row[0], row[7])
        )
    ]
