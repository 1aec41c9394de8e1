"""Who comes along to watch a visit, who is asked to, and whether the school would rather that nobody did (0045)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from bookings.enums import OfferStatus, SeatStatus
from bookings.models import Offer, Seat, SeatEvent, Visit
from bookings.querysets import SeatQuerySet

# A school has said that nobody comes along to this visit: kept as what happened to the shadow's place.
SAID_NO = "refuse_shadow"


def has_school_said_no(seat: Seat) -> bool:
    """Whether the school of this shadow's place would rather that nobody came along."""
    return seat.events.filter(kind=SAID_NO).exists()


def not_asked_to_watch(visit: Visit) -> set[int]:
    """Whom nobody asks to watch this visit, by their keys: whoever visits it, and whoever said no to watching it."""
    coming = Seat.objects.filter(visit=visit, ambassador__isnull=False)
    declined = Offer.objects.to_watch().filter(visit=visit, status=OfferStatus.DECLINED)
    keys = [rows.order_by().values_list("ambassador_id") for rows in (coming, declined)]
    return {key for (key,) in keys[0].union(keys[1])}


@dataclass(frozen=True)
class Watching:
    """Where it stands with the shadow's place of a visit, as its coordinator sees it."""

    can_be_added: bool
    seat: Seat | None = None
    asked: Offer | None = None
    has_school_said_no: bool = False

    @property
    def can_ask(self) -> bool:
        """Whether somebody may be chosen for the place now."""
        is_open = self.seat is not None and self.seat.status == SeatStatus.OPEN
        return self.can_be_added and is_open and self.asked is None and not self.has_school_said_no


def with_schools_word(seats: SeatQuerySet) -> SeatQuerySet:
    """These seats, with whether the school would rather that nobody watched, for `watching_of`."""
    said = SeatEvent.objects.filter(seat=OuterRef("pk"), kind=SAID_NO)
    return seats.annotate(has_school_said_no=Exists(said))


def watching_of(seats: Iterable[Seat], *, can_be_watched: bool) -> Watching:
    """The shadow's place among these seats of a visit, read `with_schools_word`; in one query where there is one."""
    seat = next((each for each in seats if each.is_shadow), None)
    if seat is None:
        return Watching(can_be_watched)
    asked = seat.offers.awaiting_answer().select_related("ambassador").first()
    # The column is of the query, which the model knows nothing of.
    return Watching(can_be_watched, seat, asked, vars(seat)["has_school_said_no"])
