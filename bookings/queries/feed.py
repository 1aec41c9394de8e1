"""What somebody's calendar feed holds: read in few columns, told apart by a digest, and written only when it is new."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import FilteredRelation, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambassadors.models import Ambassador
from bookings.calendar import ALARMS, Sender, Told, busy_event, event_of, journeys_of, sender
from bookings.enums import Alarms, FeedShows, Mode, SeatKind, SeatStatus
from bookings.models import Commitment, FeedChoice, Visit
from schools.enums import ContactStatus
from schools.models import School
from stem.accounts.feeds import opened_by
from stem.accounts.models import User
from stem.calendars.free_busy import BusyTime
from stem.calendars.writing import WRITTEN_AS, CalendarEvent, write_calendar
from stem.geography.points import Point
from stem.geography.travel import minutes_between
from stem.letters.drafts import absolute
from stem.moments import day_of, moment

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
class Traveller:
    """Who would have their own journeys in their calendar, and from where.

    The home is that on this very account: of a record that goes on elsewhere (rule V-92) it tells no distance.
    """

    person: int
    home: Point | None

    def minutes_to(self, told: Told) -> int:
        """One way; nought where nobody travels, or nobody knows from where or to where."""
        if self.home is None or told.place is None or told.is_online:
            return 0
        return minutes_between(self.home, told.place)


@dataclass(frozen=True)
class Reader:
    """Whose feed it is: as much of their account, of their record in the register and of their schools as it needs."""

    pk: int
    language: str
    person: int | None
    # The record that goes on with this person's (rule V-92).
    goes_on_as: int | None
    home: Point | None
    acts_for_a_school: bool


@dataclass(frozen=True)
class Feed:
    """Somebody's visits, as the rows that were read: one for each who has a place; and whether with own journeys."""

    manner: Manner
    rows: tuple[tuple[Any, ...], ...]
    traveller: Traveller | None
    # The records of whoever reads it.
    own: tuple[int, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The same for the same feed. All that is written comes from what this counts, and from nowhere else."""
        return sha256(repr((self.manner, self.rows, self.traveller, self.own)).encode()).hexdigest()

    @property
    def told(self) -> list[Told]:
        """What calendars are told of each visit."""
        visits: dict[int, tuple[Any, ...]] = {}
        people: dict[int, list[str]] = defaultdict(list)
        watching: dict[int, list[str]] = defaultdict(list)
        for *visit, person, name, kind in self.rows:
            visits[visit[0]] = tuple(visit)
            if person is not None:
                (watching if kind == SeatKind.SHADOW else people)[visit[0]].append(name)
        return [_told(visit, people[pk], watching[pk]) for pk, visit in visits.items()]

    @property
    def events(self) -> list[CalendarEvent]:
        """Every entry."""
        found: list[CalendarEvent] = []
        for told in self.told:
            event = self._event(told)
            found += [event, *self._journeys(told, event)]
        return found

    @property
    def is_busy_only(self) -> bool:
        """Whether nobody who looks at it learns more than when."""
        return self.manner.shows == FeedShows.BUSY

    def write(self) -> bytes:
        """The calendar file, in this person's language."""
        with override(self.manner.language):
            name = _("Busy") if self.is_busy_only else _("STEM visits")
            return write_calendar(self.events, name=name, method="PUBLISH")

    def _journeys(self, told: Told, event: CalendarEvent) -> list[CalendarEvent]:
        """The way there and back of whoever has a place in this visit and wants to see it."""
        who = self.traveller
        minutes = who.minutes_to(told) if who and (told.pk, who.person) in self._places else 0
        return journeys_of(event, minutes=minutes, school="" if self.is_busy_only else told.school) if minutes else []

    @cached_property
    def _places(self) -> set[tuple[int, int]]:
        return {(row[0], row[-3]) for row in self.rows}

    @cached_property
    def _watched(self) -> set[int]:
        """The visits that whoever reads it comes along to watch."""
        return {row[0] for row in self.rows if row[-1] == SeatKind.SHADOW and row[-3] in self.own}

    def _event(self, told: Told) -> CalendarEvent:
        if self.is_busy_only:
            event = busy_event(told, by=self.manner.by)
        else:
            url = absolute(reverse("visit", args=[told.pk]))
            event = event_of(told, by=self.manner.by, url=url, watches=told.pk in self._watched)
        stands = event.status != "CANCELLED"
        return replace(event, alarms=ALARMS[Alarms(self.manner.alarms)] if stands else ())


def feed_choice_of(user: User) -> FeedChoice:
    """What this person chose, or what holds for whoever chose nothing."""
    return FeedChoice.objects.filter(user=user).first() or FeedChoice(user=user)


def is_ambassador(user: User) -> bool:
    """Whether this person travels to visits, and has busy time to tell of."""
    return Ambassador.objects.filter(user=user).exists()


def reader_by(key: str) -> Reader | None:
    """Whose feed this key opens: nobody's when it was made up or replaced, or the account is closed."""
    # A row for each school for which they ever wanted to act.
    rows = list(opened_by(key, _READERS))
    if not rows:
        return None
    pk, language, person, goes_on_as, lat, lon, _part = rows[0]
    home = None if lat is None or lon is None else Point(lat, lon)
    return Reader(pk, language, person, goes_on_as, home, any(row[-1] == ContactStatus.APPROVED for row in rows))


def feed_of(reader: Reader, *, at: datetime) -> Feed:
    """This person's feed as it is now."""
    shows, alarms, journeys = next(iter(_CHOICES.filter(user=reader.pk)), _CHOSE_NOTHING)
    people = [each for each in (reader.person, reader.goes_on_as) if each is not None]
    visits = _VISITS.in_feed(people=people, schools=_schools_of(reader), at=at)
    return Feed(
        Manner(sender(), settings.BASE_URL, reader.language, shows, alarms),
        tuple(visits.order_by("starts_at", "pk", "taken__pk")),
        Traveller(reader.person, reader.home) if reader.person is not None and journeys else None,
        tuple(people),
    )


def _schools_of(reader: Reader) -> list[int]:
    """The schools this person acts for, and those before them; asked for only of whoever acts for any."""
    if not reader.acts_for_a_school:
        return []
    return list(School.objects.acted_for_by(User(pk=reader.pk)).order_by().values_list("pk", flat=True))


# Every program asks each hour, and to compose what is asked takes Django longer than any database takes to answer: so
# the greater part is composed once.
_READERS = User.objects.order_by().values_list(
    *("pk", "language", "ambassador__pk", "ambassador__merged_into", "ambassador__lat", "ambassador__lon"),
    "school_contacts__status",
)
_CHOICES = FeedChoice.objects.values_list("shows", "alarms", "journeys")
# In plain words, like a row that was read.
_CHOSE_NOTHING = FeedShows(FeedChoice().shows).value, Alarms(FeedChoice().alarms).value, FeedChoice().journeys
# What a driver makes sense of at length is read as the words it comes in: a digest needs no more of it, and a program
# that has the feed already is answered in half the time.
_AS_TEXT = {f"{each}_text": Cast(each, TextField()) for each in ("uid", "starts_at", "ends_at", "changed_at")}
_VISITS: Any = Visit.objects.annotate(
    taken=FilteredRelation("seats", condition=Q(seats__status=SeatStatus.TAKEN)), **_AS_TEXT
).values_list(
    *("pk", "sequence", "status", "request__purpose", "request__mode", *_AS_TEXT),
    *(f"request__school__{each}" for each in ("name", "street", "town", "postcode", "lat", "lon", "approximate")),
    *("taken__ambassador", "taken__ambassador__full_name", "taken__kind"),
)


def _told(row: tuple[Any, ...], people: list[str], watching: list[str]) -> Told:
    """A row of these columns, as `bookings.calendar.told_of` tells a whole visit."""
    pk, sequence, status, purpose, mode, uid, starts_at, ends_at, changed_at, *school = row
    name, street, town, postcode, lat, lon, approximate = school
    return Told(
        pk=pk,
        uid=UUID(uid),
        sequence=sequence,
        starts_at=_moment(starts_at),
        ends_at=_moment(ends_at),
        status=status,
        changed_at=_moment(changed_at),
        purpose=purpose,
        is_online=mode == Mode.ONLINE,
        school=name,
        address=", ".join(part for part in (street, town, postcode) if part),
        place=None if approximate or lat is None or lon is None else Point(lat, lon),
        people=tuple(people),
        watching=tuple(watching),
    )


def _moment(text: str) -> datetime:
    """A moment as either database writes it: in UTC, which only one of them says."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def busy_time_of(user: User, *, uid: str, at: datetime) -> BusyTime:
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
