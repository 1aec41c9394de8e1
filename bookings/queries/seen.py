"""What a school sees of an ambassador: before everyone needed has said yes, and from then on (rule P-05)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import OfferingKind
from ambassadors.models import Ambassador, Photo
from bookings.coming import visitors_of
from bookings.enums import OfferStatus, VisitStatus
from bookings.mapping import split
from bookings.models import Offer, Seat, Visit
from bookings.queries.questions import way_in_words
from bookings.queries.reach import spots_round
from schools.models import School
from stem.curriculum import Words
from stem.geography.points import km_between
from stem.geography.travel import minutes_between

# Within so many minutes a school is told no number.
NEAR = 15


@dataclass(frozen=True)
class Glimpse:
    """Someone as a school may know them while it is not yet settled that they come: no name, no employer, no face."""

    job_title: str
    way: str

    @property
    def words(self) -> str:
        """What they do and how far they come, in one line."""
        return ", ".join(part for part in (_("Ambassador"), self._job, self.way) if part)

    @property
    def _job(self) -> str:
        # An abbreviation keeps its capitals in the middle of a sentence, and so does whoever says "I".
        keeps = self.job_title[1:2].isupper() or re.match(r"I\b", self.job_title)
        return self.job_title if keeps else self.job_title[:1].lower() + self.job_title[1:]


@dataclass(frozen=True)
class Assurance:
    """One ambassador, and what the scheme can say of them for the day of the visit (rule V-25)."""

    person: Ambassador
    is_assured: bool
    # The address of their photo, for whoever may see this card.
    picture: str = ""
    # Where their card for reception is, once the visit is agreed.
    card: str = ""
    # Whether they come along to watch.
    watches: bool = False


def glimpses_of(visit: Visit, seats: Iterable[Seat]) -> list[Glimpse]:
    """Those who have said yes to a visit for which others are still sought, in one query."""
    people = visitors_of(seats)
    if not people:
        return []
    accepted = Offer.objects.filter(visit=visit, status=OfferStatus.ACCEPTED, ambassador__in=people)
    minutes = dict(accepted.values_list("ambassador", "minutes"))
    online = visit.request.is_online
    return [Glimpse(each.job_title, _way_to_school(minutes.get(each.pk), is_online=online)) for each in people]


def glimpse_of(offer: Offer, *, is_online: bool) -> Glimpse:
    """Whoever is asked for a visit, as its school may know them before it has agreed to a time of theirs."""
    return Glimpse(offer.ambassador.job_title, _way_to_school(offer.minutes, is_online=is_online))


def _way_to_school(minutes: int | None, *, is_online: bool) -> str:
    """How far someone comes, as a school may know it: of a neighbour not how near they live (rule P-05)."""
    if not is_online and minutes is not None and minutes < NEAR:
        return _("less than %(n)d minutes away") % {"n": NEAR}
    return way_in_words(minutes, is_online=is_online)


def cards_of(seats: Iterable[Seat], assured: set[int]) -> list[Assurance]:
    """Those who come, each with their photo if we have seen that it is them, in one query."""
    taken = [(seat, seat.ambassador) for seat in seats if seat.ambassador]
    photos = Photo.objects.confirmed().filter(ambassador__in=[person for _seat, person in taken])
    pictured = set(photos.values_list("ambassador", flat=True))
    return [
        Assurance(
            person,
            person.pk in assured,
            reverse("visitor_photo", args=[seat.pk]) if person.pk in pictured else "",
            reverse("visit_card", args=[seat.pk]) if seat.visit.status == VisitStatus.CONFIRMED else "",
            watches=seat.is_shadow,
        )
        for seat, person in taken
    ]


def photo_in(seat: Seat) -> Photo | None:
    """The photo of whoever has this part, if there is one that we have seen to be them."""
    return Photo.objects.confirmed().filter(ambassador=seat.ambassador_id).first()


@dataclass(frozen=True)
class Missing:
    """Something that a school would miss, and where to give it."""

    words: Words
    page: str


@dataclass(frozen=True)
class Preview:
    """Oneself as a school sees one, before and after."""

    glimpse: Glimpse
    card: Assurance
    school: School | None
    missing: list[Missing]


def preview_of(ambassador: Ambassador) -> Preview:
    """How a school would see this person, as if it were the nearest that they would go to; in four queries.

    The checks are shown as they will stand: nobody is offered to a school before they are in date.
    """
    portrait = Photo.objects.filter(ambassador=ambassador).defer("picture").first()
    is_shown = portrait is not None and portrait.confirmed_at is not None
    school, minutes = _nearest(ambassador)
    return Preview(
        glimpse=Glimpse(ambassador.job_title, _way_to_school(minutes, is_online=not ambassador.in_person)),
        card=Assurance(ambassador, is_assured=True, picture=reverse("my_picture") if is_shown else ""),
        school=school,
        missing=list(_missing(ambassador, portrait)),
    )


def _nearest(ambassador: Ambassador) -> tuple[School | None, int | None]:
    home = ambassador.point
    if home is None or not ambassador.in_person:
        return None, None
    within, _beyond = split(home, ambassador.max_minutes, spots_round(home, ambassador.max_minutes))
    if not within:
        return None, None
    nearest = min(within, key=lambda spot: (km_between(home, spot.point), spot.number))
    return School.objects.get(pk=nearest.number), minutes_between(home, nearest.point)


def _missing(ambassador: Ambassador, portrait: Photo | None) -> Iterable[Missing]:
    subjects = ambassador.offerings.filter(kind=OfferingKind.SUBJECT)
    if not ambassador.job_title:
        yield Missing(lazy("What you do: it is the first thing that a school reads."), "my_work")
    if not ambassador.story:
        yield Missing(lazy("Your story: teachers read it out before you come."), "my_work")
    if portrait is None:
        yield Missing(lazy("A photo, by which reception knows you: your initials stand in its place."), "my_photo")
    elif portrait.confirmed_at is None:
        yield Missing(lazy("Your photo: we show it once we have seen, with your document, that it is you."), "my_photo")
    if not subjects.exists():
        yield Missing(lazy("Your subjects: without them nobody finds you."), "my_subjects")
