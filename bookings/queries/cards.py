"""The assurance card of one person for one visit, and what the address on it tells whoever scans it (V-25).

The address carries which visit and which person, signed, and nothing of what is said of them: that is reckoned anew
each time, so that a card on paper never says more than we would say now.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ambassadors.models import Ambassador, Photo
from bookings.eligibility import is_cleared
from bookings.models import Seat
from bookings.qr_codes import QRDrawing, draw_qr_code
from schools.models import School
from stem.letters.drafts import absolute
from stem.moments import day_of
from stem.nations import Nation

SALT = "bookings.cards"


@dataclass(frozen=True)
class Card:
    """Someone's card for the day of a visit, as far as there is one."""

    seat: Seat
    day: date
    is_over: bool
    is_cleared: bool
    # One that we have seen to be them: another would assure nobody.
    has_photo: bool

    @property
    def is_given(self) -> bool:
        """Whether we say today that this person may come on that day. Why not is told to nobody."""
        return self.is_cleared and not self.is_over

    @property
    def person(self) -> Ambassador:
        """Whose card it is."""
        assert self.seat.ambassador is not None
        return self.seat.ambassador

    @property
    def school(self) -> School:
        """Where it is shown."""
        return self.seat.visit.request.school

    @property
    def is_in_scotland(self) -> bool:
        """Whether the check that a visit there asks for is a PVG membership (V-11)."""
        return self.school.nation == Nation.SCO

    @property
    def address(self) -> str:
        """The page that the code opens."""
        return reverse("check_card", args=[card_token(self.seat)])

    @property
    def code(self) -> QRDrawing:
        """That address for a camera."""
        return draw_qr_code(absolute(self.address))


def card_of(seat: Seat, *, at: datetime) -> Card:
    """The card of whoever has this seat of an agreed visit, in three queries."""
    assert seat.visit.starts_at is not None
    day = day_of(seat.visit.starts_at)
    return Card(
        seat=seat,
        day=day,
        is_over=day < day_of(at),
        is_cleared=is_cleared(seat),
        has_photo=Photo.objects.confirmed().filter(ambassador=seat.ambassador_id).exists(),
    )


def card_token(seat: Seat) -> str:
    """What stands for this person's part in this visit in the address of their card."""
    return _signer().sign_object([seat.visit_id, seat.ambassador_id])


class Answer(Enum):
    """All that a card ever says."""

    YES = auto()
    ANOTHER_DAY = auto()
    ASK_US = auto()


@dataclass(frozen=True)
class Scanned:
    """What we say to whoever scans a card at a moment; `card` stands where there is anything to read at all."""

    card: Card | None
    at: datetime

    @property
    def answer(self) -> Answer:
        """Yes on its day; before it, of which day it speaks; in every other case, whatever it is, the same."""
        if self.card is None or not self.card.is_given:
            return Answer.ASK_US
        return Answer.YES if self.card.day == day_of(self.at) else Answer.ANOTHER_DAY

    @property
    def is_yes(self) -> bool:
        """Whether they are cleared for today's visit."""
        return self.answer is Answer.YES

    @property
    def is_for_another_day(self) -> bool:
        """Whether it is a card, but not for today."""
        return self.answer is Answer.ANOTHER_DAY


def scanned(token: str, *, at: datetime) -> Scanned:
    """What the address on a card tells at this moment: whether it was made up, or the visit is off, shows nowhere."""
    try:
        visit_id, ambassador_id = _signer().unsign_object(token)
    except BadSignature:
        return Scanned(None, at)
    seat = Seat.objects.on_cards().filter(visit=visit_id, ambassador=ambassador_id).first()
    return Scanned(card_of(seat, at=at) if seat else None, at)


def photo_on_card(token: str, *, at: datetime) -> Photo | None:
    """The photo on a card that says yes at this moment."""
    said = scanned(token, at=at)
    if said.card is None or not said.is_yes:
        return None
    return Photo.objects.confirmed().filter(ambassador=said.card.person).first()


def _signer() -> Signer:
    # A dot reads well in an address; what is signed has none.
    return Signer(salt=SALT, sep=".")
