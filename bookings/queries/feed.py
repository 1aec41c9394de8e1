"""What somebody's calendar feed holds: read in few columns, told apart by a digest, and written only when it is new."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambassadors.models import Ambassador
from bookings.calendar import ALARMS, Sender, Told, busy_event, event_of, journeys_of, sender
from bookings.enums import Alarms, FeedShows, Mode, SeatStatus
from bookings.models import Commitment, OwnCalendar, Seat, Visit
from stem.calendars.free_busy import BusyTime
from stem.calendars.writing import WRITTEN_AS, CalendarEvent, write_calendar
from stem.geography.points import Point
from stem.geography.travel import minutes_between
from stem.letters.drafts import absolute
from stem.moments import day_of, moment

if TYPE_CHECKING:
    from stem.accounts.models import User

# How far ahead others may see when somebody is busy: visits are seldom agreed for later.
BUSY_REACHES = timedelta(days=366)


@dataclass(frozen=True)
class Manner:
    """How one person's feed is told: in whose name, in which language and how much; all of it is in the digest."""

    by: Sender
    site: str
    language: str
    shows: str
    alarms: str
    written_as: int = WRITTEN_AS


@dataclass(frozen=True)
class Feed:
    """Somebody's visits and their own journeys to them, in minutes one way by visit."""

    manner: Manner
    told: tuple[Told, ...]
    journeys: tuple[tuple[int, int], ...]

    @property
    def digest(self) -> str:
        """The same for the same feed. All that is written comes from what this counts, and so from nowhere else."""
        return sha256(repr((self.manner, self.told, self.journeys)).encode()).hexdigest()

    @property
    def events(self) -> list[CalendarEvent]:
        """Every entry, in this person's language."""
        minutes = dict(self.journeys)
        found = []
        for told in self.told:
            event = self._event(told)
            found.append(event)
            if told.pk in minutes:
                school = "" if self.is_busy_only else told.school
                found += journeys_of(event, minutes=minutes[told.pk], school=school)
        return found

    @property
    def is_busy_only(self) -> bool:
        """Whether nobody who looks at it learns more than when."""
        return self.manner.shows == FeedShows.BUSY

    def write(self) -> bytes:
        """The calendar file."""
        with override(self.manner.language):
            name = _("Busy") if self.is_busy_only else _("STEM visits")
            return write_calendar(self.events, name=name, method="PUBLISH")

    def _event(self, told: Told) -> CalendarEvent:
        if self.is_busy_only:
            event = busy_event(told, by=self.manner.by)
        else:
            event = event_of(told, by=self.manner.by, url=absolute(reverse("visit", args=[told.pk])))
        stands = event.status != "CANCELLED"
        return replace(event, alarms=ALARMS[Alarms(self.manner.alarms)] if stands else ())


def own_calendar_of(user: "User") -> OwnCalendar:
    """What this person chose, or what holds for whoever chose nothing."""
    return OwnCalendar.objects.filter(user=user).first() or OwnCalendar(user=user)


def feed_of(user: "User", chosen: OwnCalendar, *, at: datetime) -> Feed:
    """This person's feed as it is now."""
    visits = list(Visit.objects.in_feed_of(user, at=at).values_list(*_VISIT))
    seats = _taken_seats([each[0] for each in visits])
    people: dict[int, list[str]] = {}
    for visit, name, _person in seats:
        people.setdefault(visit, []).append(name)
    told = tuple(_told(each, people.get(each[0], [])) for each in visits)
    journeys = _journeys(user, told, seats) if chosen.journeys else ()
    manner = Manner(sender(), settings.BASE_URL, user.language, chosen.shows, chosen.alarms)
    return Feed(manner, told, tuple(journeys))


_VISIT = (
    *("pk", "uid", "sequence", "starts_at", "ends_at", "status", "changed_at", "request__purpose", "request__mode"),
    *(f"request__school__{each}" for each in ("name", "street", "town", "postcode", "lat", "lon", "approximate")),
)


def _told(row: tuple[Any, ...], people: list[str]) -> Told:
    """A row of these columns, as `bookings.calendar.told_of` tells a whole visit."""
    pk, uid, sequence, starts_at, ends_at, status, changed_at, purpose, mode, *school = row
    name, street, town, postcode, lat, lon, approximate = school
    return Told(
        pk=pk,
        uid=uid,
        sequence=sequence,
        starts_at=starts_at,
        ends_at=ends_at,
        status=status,
        changed_at=changed_at,
        purpose=purpose,
        is_online=mode == Mode.ONLINE,
        school=name,
        address=", ".join(part for part in (street, town, postcode) if part),
        place=None if approximate or lat is None or lon is None else Point(lat, lon),
        people=tuple(people),
    )


def _taken_seats(visits: list[int]) -> list[tuple[int, str, int]]:
    """Visit, name and id of everyone who has a place in one of these visits."""
    taken = Seat.objects.filter(status=SeatStatus.TAKEN, visit__in=visits).order_by("visit", "pk")
    return list(taken.values_list("visit_id", "ambassador__full_name", "ambassador_id"))


def _journeys(user: "User", told: Iterable[Told], seats: Iterable[tuple[int, str, int]]) -> list[tuple[int, int]]:
    """Minutes one way to each visit in person in which this person has a place.

    Only from the home on this very account: of a record that goes on elsewhere (rule V-92) it tells no distance.
    """
    person = Ambassador.objects.filter(user=user).only("pk", "lat", "lon").first()
    home = person.point if person is not None else None
    if person is None or home is None:
        return []
    mine = {visit for visit, _name, holder in seats if holder == person.pk}
    reached = [(each.pk, each.place) for each in told if each.pk in mine and not each.is_online]
    minutes = [(visit, minutes_between(home, place)) for visit, place in reached if place is not None]
    return [(visit, each) for visit, each in minutes if each]


def busy_time_of(user: "User", *, uid: str, at: datetime) -> BusyTime:
    """When this person has promised to be at a school, from today for a year: those hours and nothing about them."""
    first = day_of(at)
    starts_at, ends_at = moment(first, time.min), moment(first + BUSY_REACHES, time.min)
    promised = Commitment.objects.filter(
        Q(ambassador__user=user) | Q(ambassador__aliases__user=user), starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    by = sender()
    return BusyTime(
        uid=f"{uid}@busy.{by.domain}",
        starts_at=starts_at,
        ends_at=ends_at,
        updated_at=starts_at,
        organiser_email=by.email,
        busy=tuple(promised.values_list("starts_at", "ends_at").distinct()),
    )
