"""Which schools are not reached: as a file for a map, as a list, by authority, and one school (rules E-20, E-21)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import BigIntegerField, Count, F, Max, Q, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from bookings.enums import RequestStatus
from bookings.models import Coverage, Request, Search
from bookings.queries.cold_spots import ColdSpot, cold_spots, spot_of
from bookings.querysets import CoverageQuerySet
from bookings.reaching_out.columns import SchoolRow, packed
from bookings.reaching_out.reckoning import Authority, Compared, Seen, compare, seen_by
from schools.models import Contact, School
from stem.moments import day_of
from stem.wording import short_day_in_words

# So much of what was asked for in vain is shown of one school.
LATEST = 10
# Places are added up in whole metres or so, which databases add to the same in any order.
FINE = 100_000


@dataclass(frozen=True)
class State:
    """How many schools there are, how many of them on the map, and on which day they were reckoned last."""

    schools: int
    placed: int
    never: int
    cold: int
    on: date | None
    version: str

    @property
    def unplaced(self) -> int:
        """Of how many nobody knows where they are."""
        return self.schools - self.placed


def state_of(covered: CoverageQuerySet, *, on: date) -> State:
    """What a map of these schools shows, in numbers; its version changes whenever anything of it does, or the day.

    Figures change only with `reckoned_at`; a register may bring places and rolls at any time.
    """
    told = covered.aggregate(
        schools=Count("pk"),
        placed=Count("school__lat"),
        never=Count("pk", filter=Q(last_on=None)),
        cold=Count("pk", filter=Q(visits=0)),
        reckoned_at=Max("reckoned_at"),
        north=_added_up("lat"),
        east=_added_up("lon"),
        pupils=Sum("school__roll"),
        keys=Sum("school"),
    )
    version = sha256(repr((on, sorted(told.items()))).encode()).hexdigest()[:20]
    reckoned_at = told["reckoned_at"]
    numbers = {name: told[name] for name in ("schools", "placed", "never", "cold")}
    return State(**numbers, on=day_of(reckoned_at) if reckoned_at else None, version=version)


def _added_up(column: str) -> Sum:
    return Sum(Cast(F(f"school__{column}") * FINE, BigIntegerField()))


def map_of(covered: CoverageQuerySet, *, on: date) -> bytes:
    """Each of these schools that has a place, as columns of numbers, in one statement."""
    columns = ("school_id", "school__lat", "school__lon", "school__roll", "visits", "last_on")
    return packed(_rows(covered.placed().order_by().values_list(*columns).iterator(chunk_size=5000), on))


def _rows(rows: Iterator[tuple[Any, ...]], on: date) -> Iterator[SchoolRow]:
    seen = seen_by(on)
    for key, lat, lon, roll, visits, last in rows:
        yield key, lat, lon, roll or 0, visits, seen(last)


@dataclass(frozen=True)
class Line:
    """One school as the list and the map's words say it."""

    school: School
    coverage: Coverage
    seen: Seen

    @property
    def last(self) -> str:
        """When somebody was there last."""
        last = self.coverage.last_on
        return short_day_in_words(last) if last else _("Never")

    @property
    def per_cent(self) -> int:
        """How soon it is asked whether somebody may come, as coordinators read it."""
        return round(100 * self.coverage.score)


def lines_of(covered: Iterable[Coverage], *, on: date) -> list[Line]:
    """These schools as they are read, in the order in which they come."""
    seen = seen_by(on)
    return [Line(each.school, each, seen(each.last_on)) for each in covered]


def coldest_first(covered: CoverageQuerySet) -> CoverageQuerySet:
    """Those that are asked first before the others (E-20), each with its school."""
    return covered.select_related("school").order_by("-score", "school")


TABLE = (
    "School",
    "Register number",
    "Town",
    "Postcode",
    "Local authority",
    "Phase",
    "Pupils",
    "Last visit",
    "Visits in 36 months",
    "Minutes to ambassadors",
    "Disadvantage",
    "Order",
)


def table_of(covered: CoverageQuerySet) -> Iterator[list[list[object]]]:
    """The same for a spreadsheet, so many rows at a time."""
    rows = covered.order_by("-score", "school").values_list(
        *(f"school__{column}" for column in ("name", "register_number", "town", "postcode", "authority", "phase")),
        *("school__roll", "last_on", "visits", "minutes", "disadvantage", "score"),
    )
    part: list[list[object]] = []
    for row in rows.iterator(chunk_size=2000):
        part.append(["" if each is None else each for each in row])
        if len(part) == 2000:
            yield part
            part = []
    yield part


def authorities_among(covered: CoverageQuerySet) -> list[Compared]:
    """The authorities of these schools, each with all of its schools, beside the median of its nation (E-21)."""
    mine = covered.order_by().values_list("school__nation", "school__authority").distinct()
    every = Coverage.objects.exclude(school__authority="").order_by()
    rows = every.values_list("school__nation", "school__authority").annotate(
        schools=Count("pk"),
        never=Count("pk", filter=Q(last_on=None)),
        pupils=Sum("school__roll", default=0),
        # A rate counts visits and pupils of the same schools.
        came=Sum("year_visits", filter=Q(school__roll__isnull=False), default=0),
    )
    compared = compare(Authority(*row) for row in rows)
    own = set(mine)
    return [each for each in compared if (each.authority.nation, each.authority.name) in own]


@dataclass(frozen=True)
class InVain:
    """A request for which nobody was found, or that waits for somebody."""

    request: Request

    @property
    def what(self) -> str:
        """The subject and for whom, without the school's own words."""
        stage = self.request.get_stage_display()
        return ", ".join(filter(None, [str(self.request.get_subject_display()), str(stage)]))


def asked_in_vain(school: School) -> list[InVain]:
    """What this school, and those that it follows, asked for and got nobody, the latest first; one statement."""
    history = School.objects.with_history_of(school).order_by().values("pk")
    rows = Request.objects.filter(school__in=history, status=RequestStatus.UNFILLED)
    return [InVain(each) for each in rows.order_by("-submitted_at", "-pk")[:LATEST]]


def help_needed(school: School) -> str:
    """What has to be set up there before anybody is asked to come (E-22); nothing where somebody leads."""
    acting = Contact.objects.approved().filter(school=school)
    leads = list(acting.order_by().values_list("is_lead", flat=True))
    if any(leads):
        return ""
    if leads:
        return _("Somebody acts for it, but nobody leads: help them to choose who does.")
    return _("Nobody acts for it yet: help it to set up first.")


def sought_near(school: School, *, on: date) -> list[ColdSpot]:
    """What was asked for in the school's postcode district in the last year and found few: by whom is not kept."""
    district = school.postcode.partition(" ")[0]
    rows = Search.objects.filter(area=school.area, district=district) if district else Search.objects.none()
    return [spot_of(row) for row in cold_spots(rows, on=on)[:LATEST]]
