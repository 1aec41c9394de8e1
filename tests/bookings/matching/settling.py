"""Drawn people made into rows: one insert a table, however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Model

from ambassadors.enums import RequirementKind
from ambassadors.hours import by_day
from ambassadors.models import Ambassador, BusyTime, FreeHours, Hold, Limits, Offering, OwnAim, OwnCalendar, Requirement
from ambassadors.reach.keeping import keep_reach
from bookings.enums import TAKES_PLACE, OfferStatus
from bookings.matching.candidates import Interval
from bookings.models import Commitment, KeptApart, Offer, OwnVisit, Request, Seat, Visit
from schools.models import School
from stem.moments import day_of, moment
from stem.nations import Nation
from tests import make
from tests.bookings.matching.population import DAY, SCHOOLS, SomeCheck, SomePerson

# In the order in which rows need one another.
TABLES = (Ambassador, Offering, OwnAim, Requirement, Hold, FreeHours, Limits, OwnCalendar, BusyTime, Visit, Seat,
          Commitment, Offer, OwnVisit, KeptApart)  # fmt: skip
# What the schools are called that people have been to.
BEEN_TO = tuple(f"Been to {number}" for number in range(SCHOOLS))


def settle(people: Iterable[int]) -> None:
    """Bring up to date what is reckoned from these people's rows and kept beside them."""
    keep_reach(people)


def schools_been_to() -> list[int]:
    """The keys of the schools that people have been to, or would rather not go to; the same for everybody."""
    have = dict(School.objects.filter(name__in=BEEN_TO).values_list("name", "pk"))
    return [have.get(name) or make.school(name=name).pk for name in BEEN_TO]


def settled(drawn: Iterable[SomePerson], at: datetime) -> list[int]:
    """Make these people, with all of theirs, and give their keys."""
    rows = _Rows(at)
    made = [rows.add(person) for person in drawn]
    for table in TABLES:
        table._base_manager.bulk_create(rows.of[table], batch_size=500)
    keys = [person.pk for person in made]
    settle(keys)
    return keys


class _Rows:
    """The rows to be made, table by table."""

    def __init__(self, at: datetime) -> None:
        self.at, self.today = at, day_of(at)
        self.of: dict[type[Model], list[Any]] = defaultdict(list)
        self.officer, self.second = make.user(), make.user()
        self.requests: dict[str, Request] = {}
        for nation in Nation:
            school = make.school(name=f"School in {nation.label}", nation=nation)
            self.requests[nation] = make.request(contact=make.contact(school=school), status="open", times=())
        self.open_seats: list[Seat] = []
        self.schools = [School.objects.get(pk=pk) for pk in schools_been_to()]
        self.contacts = [make.contact(school=school) for school in self.schools]
        self.of_class: dict[tuple[int, str, str, str], Request] = {}

    def on(self, offset: int | None) -> date | None:
        """So many days from today."""
        return None if offset is None else self.today + offset * DAY

    def add(self, person: SomePerson) -> Ambassador:
        """All rows of this person."""
        row = Ambassador(email="someone@work.example", registered_at=make.NOW, **person.row)
        self.of[Ambassador].append(row)
        self.of[Offering] += [
            Offering(ambassador=row, kind=kind, code=code) for kind, codes in person.offered.items() for code in codes
        ]
        self.of[OwnAim] += [OwnAim(ambassador=row, aim=aim, given_at=make.NOW) for aim in person.aims]
        self.add_requirements(row, person)
        self.add_time(row, person)
        self.add_visits(row, person)
        for number, status in enumerate(person.offers):
            self.add_offer(row, number, status)
        for school, side in {*person.apart}:
            told = {"side": side, "said_at": make.NOW, "by": self.officer}
            self.of[KeptApart].append(KeptApart(ambassador=row, school=self.schools[school], **told))
        self.add_classes(row, person)
        return row

    def add_requirements(self, row: Ambassador, person: SomePerson) -> None:
        """What makes them bookable, with its flaw."""
        flaw, flawed, day = person.flaw
        for kind in RequirementKind:
            if kind != RequirementKind.CRC:
                for starts in person.accepted if kind == RequirementKind.CODE else (-200,):
                    self.add_flawed(row, kind, starts, (flaw, day) if kind == flawed else ("", 0))
        if flaw == "twice and one missing":
            self.add_fact(row, "ID" if flawed != "ID" else "REF", -200, 400)
        for check in person.checks:
            self.add_check(row, check)

    def add_flawed(self, row: Ambassador, kind: str, starts: int, flaw: tuple[str, int]) -> None:
        """One requirement, or what is left of it by its flaw, which may be of a day."""
        what, day = flaw
        if what in ("missing", "twice and one missing"):
            return
        if what in ("withdrawn", "mended"):
            self.add_fact(row, kind, starts, 400, withdrawn=True)
        if what != "withdrawn":
            begins, until = (day if what == "begins" else starts), (day if what == "lapses" else 400)
            self.add_fact(row, kind, min(begins, until), until)

    def add_fact(
        self, row: Ambassador, kind: str, starts: int, until: int | None, *, withdrawn: bool = False, **said: Any
    ) -> None:
        """One dated fact."""
        back = {"withdrawn_by": self.officer, "withdrawn_at": make.NOW} if withdrawn else {}
        told = {"recorded_by": self.officer, "recorded_at": make.NOW, **back, **said}
        fact = Requirement(ambassador=row, kind=kind, started_on=self.on(starts), valid_until=self.on(until), **told)
        self.of[Requirement].append(fact)

    def add_check(self, row: Ambassador, check: SomeCheck) -> None:
        """A criminal record check."""
        starts = check.starts if check.until is None else min(check.starts, check.until)
        said = {"body": check.body, "barred_list": check.barred_list, "conditions": check.conditions}
        if check.is_confirmed:
            said |= {"confirmed_by": self.second, "confirmed_at": make.NOW}
        self.add_fact(row, RequirementKind.CRC, starts, check.until, withdrawn=check.is_withdrawn, **said)

    def add_time(self, row: Ambassador, person: SomePerson) -> None:
        """When they are away, their hours, their limits and their own calendars."""
        for hold in person.holds:
            lifted = {"lifted_by": self.officer, "lifted_at": make.NOW} if hold["is_lifted"] else {}
            when = {"starts_on": self.on(hold["starts"]), "ends_on": self.on(hold["ends"])}
            set_by = {"set_by": self.officer, "set_at": make.NOW}
            self.of[Hold].append(Hold(ambassador=row, kind=hold["kind"], **when, **set_by, **lifted))
        if person.week is not None:
            for weekday in range(7):
                starts, ends = person.week.get(weekday, (None, None))
                self.of[FreeHours].append(FreeHours(ambassador=row, weekday=weekday, starts=starts, ends=ends))
        if person.limits is not None:
            self.of[Limits].append(Limits(ambassador=row, **person.limits))
        for number, busy in enumerate(person.busy):
            calendar = OwnCalendar(ambassador=row, digest=sha256(bytes([number])).hexdigest(), added_at=make.NOW)
            self.of[OwnCalendar].append(calendar)
            parts = by_day(merged(self.hours(*each) for each in busy))
            self.of[BusyTime] += [BusyTime(calendar=calendar, **part._asdict()) for part in parts]

    def hours(self, day: int, hour: int, hours: int) -> Interval:
        """So many hours from this one of London's on."""
        starts_at = moment(self.today + day * DAY, time(hour))
        return starts_at, (starts_at.astimezone(self.at.tzinfo) + timedelta(hours=hours))

    def add_visits(self, row: Ambassador, person: SomePerson) -> None:
        """Ours, of which no two are at one time, and their own."""
        for day, hour, status, nation in {
            (day, hour): (day, hour, *rest) for day, hour, *rest in person.visits
        }.values():
            starts_at, ends_at = self.hours(day, hour, 3)
            told = {"supervising_adult": "Sam Supervisor", "changed_at": make.NOW}
            visit = Visit(request=self.requests[nation], status=status, starts_at=starts_at, ends_at=ends_at, **told)
            seat = Seat(visit=visit, status="taken", ambassador=row)
            self.of[Visit].append(visit)
            self.of[Seat].append(seat)
            # What was called off binds nobody's hours any more.
            if status in (*TAKES_PLACE, "no_show_by_school"):
                promise = Commitment(seat=seat, ambassador=row, starts_at=starts_at, ends_at=ends_at)
                self.of[Commitment].append(promise)
        for number, (day, nation, young) in enumerate(person.own):
            own = {"place": f"Guides {number}", "nation": nation, "mode": "in_person", "added_at": make.NOW}
            self.of[OwnVisit].append(OwnVisit(ambassador=row, day=self.on(day), with_under_18s=young, **own))

    def add_classes(self, row: Ambassador, person: SomePerson) -> None:
        """Classes that they went to, or go to: an hour each, none of them twice at once."""
        for day, hour, school, stage, named, status, of_request in {each[:2]: each for each in person.classes}.values():
            which = (school, stage, named, of_request)
            if which not in self.of_class:
                told = {"stage": stage, "year_groups": named, "status": of_request, "times": ()}
                self.of_class[which] = make.request(contact=self.contacts[school], **told)
            starts_at, ends_at = self.hours(day, hour, 1)
            told = {"supervising_adult": "Sam Supervisor", "changed_at": make.NOW, "status": status}
            visit = Visit(request=self.of_class[which], starts_at=starts_at, ends_at=ends_at, **told)
            seat = Seat(visit=visit, status="taken", ambassador=row)
            self.of[Visit].append(visit)
            self.of[Seat].append(seat)

    def add_offer(self, row: Ambassador, number: int, status: str) -> None:
        """One more offer, for a visit of which they have no other."""
        while len(self.open_seats) <= number:
            visit = Visit(request=self.requests[Nation.ENG], status="finding", changed_at=make.NOW)
            self.open_seats.append(Seat(visit=visit))
            self.of[Visit].append(visit)
            self.of[Seat].append(self.open_seats[-1])
        # An accepted one would take the seat from everybody else's.
        status = OfferStatus.RELEASED if status == OfferStatus.ACCEPTED else status
        seat = self.open_seats[number]
        answers = {"made_at": make.NOW, "lapses_at": make.NOW}
        self.of[Offer].append(Offer(seat=seat, visit=seat.visit, ambassador=row, status=status, **answers))


def merged(times: Iterable[Interval]) -> list[Interval]:
    """These times as a calendar is read: none meets another."""
    found: list[Interval] = []
    for starts_at, ends_at in sorted(times):
        if found and starts_at <= found[-1][1]:
            begins, ends = found.pop()
            starts_at, ends_at = begins, max(ends, ends_at)
        found.append((starts_at, ends_at))
    return found
