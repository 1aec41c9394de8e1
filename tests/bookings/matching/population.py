"""Made people of whom some pass each gate of matching and some do not, and made requests to ask of them.

Each aspect is drawn from a tuple, plain values first and oftenest: by `random`, for many people, or by hypothesis,
which then finds few and plain ones. All days are counted from today, and most come from one list, so that edges meet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from ambassadors.enums import AmbassadorStatus, HoldKind, NoticeWanted, RequirementKind, Rest
from bookings.enums import OfferStatus, Side, VisitStatus
from bookings.matching.wanted import Interval, Wanted
from stem.geography.points import Point
from stem.moments import day_of, moment
from stem.nations import Nation
from tests.places import LEEDS, SHEFFIELD, TRURO, YORK

T = TypeVar("T")
Pick = Callable[[Sequence[T]], T]
DAY = timedelta(days=1)

# From today, a Tuesday: notice of 3, 7, 14, 28 and 56 days ends among them; with January's today also two months, a
# term (on day 76) and summer time; with August's the day on which V-15 begins to hold (14), and winter time.
DAYS = (21, 22, 23, 27, 28, 29, 14, 13, 7, 6, 3, 2, 0, -1, 19, 20, 36, 42, 43, 44, 47, 48, 50, 55, 56, 64, 69, 72, 75,
        76, 78, 98)  # fmt: skip
# Where terms meet, where V-15 begins, and what is thirty days, and twenty-nine, from the first of the days.
EDGES = (14, 75, 76, 78, 98, 13, 14, 50, 51, 75, 76)
# Versions of the code of conduct: of the newer one the thirty days of grace end with day 27.
OLD_VERSION, NEW_VERSION = -400, -2
# Most accept it again: whoever is made for the summer knows the version of the winter by then.
ACCEPTED = ((NEW_VERSION, NEW_VERSION + 147),) * 9 + ((NEW_VERSION - 1,), (OLD_VERSION - 1,), (OLD_VERSION - 1, -1))
LATELY = (-1, -3, -10, -20, -30, -60, -88, -89, -90, -91, -95)
# Some of the same name, and some that a dictionary would order otherwise than their letters' numbers do.
NAMES = ("Ada Moss", "Bo Reed", "ada moss", "Élise Roy", "Zoë Ali", "Ada-Lou Mo", "O’Neil, Di", "Ada Moss")
SUBJECTS = (
    ("civil_engineering", "biology", "statistics"),
    ("civil_engineering", "biology", "finance"),
    ("energy_engineering", "physics", "mathematics"),
    ("civil_engineering",),
    ("mechanical_engineering", "physics", "statistics"),
    ("biology", "mathematics"),
    ("statistics",),
    (),
    ("no_longer_taught",),
)
STAGES = (
    ("ks3", "ks2", "ks4"),
    ("ks1", "ks2", "ks3", "ks4"),
    ("ks2", "ks3", "ks4", "ks5", "fe"),
    ("ks1", "ks3"),
    ("ks4",),
)
ACTIVITIES = (
    ("careers_talk", "mentoring"),
    ("careers_talk", "workshop", "mentoring", "stem_club"),
    ("workshop", "stem_club"),
    (),
)
# Kilometres north and east of a town; the last lie half a minute about four hours away.
AROUND = ((0, 0), (1, 1), (-9, 4), (12, -7), (22, 5), (-25, 18), (5, 38), (33, -21), (38.3, 0), (-38.6, 0), (38.8, 0),
          (57.8, 0), (-48, 9), (70, 3), (0, -95), (110, 108), (135, 130), (153.9, 0), (154.1, 0),
          (-154.3, 0))  # fmt: skip
WEEKS = (
    None,
    {day: (time(7), time(22)) for day in range(7)},
    {day: (time(8), time(21)) for day in range(5)},
    {day: (time(9), time(12, 30)) for day in (0, 2, 3, 5)},
    {1: (time(13), time(23, 30)), 2: (time(10), time(11))},
)
# What a school calls its classes; the first two and the last are one.
CLASSES = ("Year 8", " year 8", "Year 8", "Year 9", "Year 8", "8É", "", "YEAR 8 ")
# How many schools there are that people have been to: beside the one of each nation.
SCHOOLS = 2
CONDITIONS = ("",) * 9 + (
    "paired",
    "ks_limit",
    *("no_series",) * 5,
    "no_online",
    "paired no_series",
    "ks_limit no_online",
)


# The code of one kind is nothing in another; and some speak what is on no list.
LANGUAGES = ((), ("Welsh",), (), ("civil_engineering", "ks3", "ks2", "careers_talk"), ("Tamil", "Polish", "Welsh"),
             ("Irish", "Urdu"))  # fmt: skip
AIMS = ((), ("stereotypes",), ("technical_routes", "small_firms"), ("local_jobs", "first_in_family", "stereotypes"),
        ("technical_routes",))  # fmt: skip


@dataclass(frozen=True)
class SomeCheck:
    """A criminal record check."""

    body: str = "dbs"
    starts: int = -100
    until: int | None = 400
    is_confirmed: bool = True
    is_withdrawn: bool = False
    barred_list: bool = False
    conditions: str = ""


@dataclass(frozen=True)
class SomePerson:
    """Somebody, as they are to be made; the flaw is in one requirement."""

    row: dict[str, Any]
    offered: dict[str, tuple[str, ...]]
    flaw: tuple[str, str, int]
    # The days on which they accepted the code of conduct.
    accepted: tuple[int, ...]
    checks: list[SomeCheck]
    aims: tuple[str, ...] = ()
    holds: list[dict[str, Any]] = field(default_factory=list)
    week: dict[int, tuple[time, time]] | None = None
    limits: dict[str, Any] | None = None
    # the day, the hour in London, the status, the nation
    visits: list[tuple[int, int, str, str]] = field(default_factory=list)
    own: list[tuple[int, str, bool]] = field(default_factory=list)
    busy: list[list[tuple[int, int, int]]] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    # By the number of the school, whose word it is.
    apart: list[tuple[int, str]] = field(default_factory=list)
    # Each on a day and at an hour, to the school of this number, at this stage, to this class: the visit's status, and
    # its request's.
    classes: list[tuple[int, int, int, str, str, str, str]] = field(default_factory=list)


def some_person(pick: Pick[Any]) -> SomePerson:
    """Somebody drawn aspect by aspect: half are mostly plain in what gates are about, so that one tells alone."""
    drawn = _plainly(pick) if pick((True, False)) else pick
    in_person, online = drawn(((True, True),) * 7 + ((True, False), (False, True), (False, False)))
    lat, lon = pick((*[_home(pick)] * 11, (None, None)))
    return SomePerson(
        row={
            "full_name": pick(NAMES),
            "lat": lat,
            "lon": lon,
            "in_person": in_person,
            "online": online,
            "max_minutes": pick((60, 90, 120, 90, 60, 120, 180, 240, 45, 15, 0)),
            "route": pick(("degree", "apprenticeship", "", "technical", "other")),
            "status": drawn((AmbassadorStatus.ACTIVE,) * 11 + (AmbassadorStatus.PAUSED,) * 2 + ("vetting", "left")),
        },
        offered={
            "subject": pick(SUBJECTS),
            "stage": drawn(STAGES),
            "activity": drawn((*ACTIVITIES[:2] * 4, *ACTIVITIES)),
            "language": pick(LANGUAGES),
        },
        flaw=(
            pick(("",) * 24 + ("missing", "lapses", "begins", "withdrawn", "mended", "twice and one missing")),
            pick(RequirementKind.values),
            pick(DAYS),
        ),
        accepted=drawn(ACCEPTED),
        checks=[some_check(drawn) for _each in range(drawn((1, 1, 2, 1, 2, 3, 0)))],
        aims=pick(AIMS),
        holds=[_some_hold(pick) for _each in range(drawn((0, 0, 0, 0, 0, 1, 2)))],
        week=drawn((*WEEKS[:1] * 4, *WEEKS)),
        limits=pick((None, _some_limits(pick))),
        **_some_bookings(pick),
        apart=[(pick(range(SCHOOLS)), pick(Side.values)) for _each in range(drawn((0, 0, 0, 1, 2)))],
        classes=[_some_class(pick) for _each in range(pick((1, 0, 1, 2)))],
    )


def _plainly(pick: Pick[Any]) -> Pick[Any]:
    """Draws the plain value nine times of ten."""
    return lambda values: values[0] if pick((True,) * 9 + (False,)) else pick(values)


def some_check(pick: Pick[Any]) -> SomeCheck:
    """One that most often counts."""
    return SomeCheck(
        body=pick(("dbs", "pvg", "dbs", "pvg", "access_ni")),
        starts=pick((-100, -100, -200, -100, -200, pick(DAYS))),
        until=pick((400, 400, None, 400, 400, pick(DAYS))),
        is_confirmed=pick((True,) * 11 + (False,)),
        is_withdrawn=pick((False,) * 11 + (True,)),
        barred_list=pick((False, False, False, True)),
        conditions=pick(CONDITIONS),
    )


def _home(pick: Pick[Any]) -> tuple[float, float]:
    town = pick((LEEDS, LEEDS, LEEDS, YORK, SHEFFIELD, LEEDS, TRURO))
    north, east = pick(AROUND)
    # About a kilometre each, which is near enough: where they live is reckoned from the degrees.
    return town.lat + north / 111.195, town.lon + east / 66.0


def _some_class(pick: Pick[Any]) -> tuple[int, int, int, str, str, str, str]:
    """A class that somebody went to or goes to: most often one of a few, long ago, at the same time as others did."""
    return (
        pick((-120,) * 18 + (-121, -200, 25)),
        pick((8,) * 9 + (18,)),
        pick(range(SCHOOLS)),
        pick(("ks3", "ks3", "ks2", "ks4")),
        pick(CLASSES),
        pick((*("delivered",) * 12, "confirmed", *VisitStatus.values)),
        pick(("fulfilled",) * 5 + ("open", "unfilled")),
    )


def _some_hold(pick: Pick[Any]) -> dict[str, Any]:
    starts = pick((-30, pick(DAYS)))
    return {
        "kind": pick(HoldKind.values),
        "starts": starts,
        "ends": pick((starts + 1, starts, starts + 8, starts + 60, None)),
        "is_lifted": pick((False, False, True)),
    }


def _some_limits(pick: Pick[Any]) -> dict[str, Any]:
    return {
        "visits_a_month": pick((None, None, 1, 2, 3)),
        "visits_a_term": pick((None, None, 1, 2, 4)),
        "notice_days": pick((0,) * 6 + (*NoticeWanted.values,)),
        "rest_days": pick((0, *Rest.values)),
        "at_short_notice": pick((True, False)),
    }


def _some_bookings(pick: Pick[Any]) -> dict[str, Any]:
    """Visits a step apart, so that some people have many near one another."""
    first, step = pick((*DAYS[:6] * 4, *DAYS, *EDGES, *LATELY)), pick((1, 3, 6, 7, 9, 10, 14, 29, 30, 0))
    statuses = ("confirmed", "finding", "matched", "delivered") * 4 + (*VisitStatus.values,)
    return {
        "visits": [
            (first + number * step, pick((10, 13, 10, 16, 0)), pick(statuses), pick((Nation.ENG,) * 4 + (*Nation,)))
            for number in range(pick((1, 0, 1, 2, 1, 3, 0, 4, 6)))
        ],
        "own": [
            (first + pick((0, 1, 5, 12, 29, 30)), pick((*Nation, Nation.ENG)), pick((True, False)))
            for _each in range(pick((0, 0, 1, 2, 4)))
        ],
        "busy": [
            [(pick(DAYS), pick((9, 10, 11, 14, 0, 22)), pick((1, 2, 5, 30))) for _time in range(pick((1, 4, 9)))]
            for _calendar in range(pick((0, 0, 1, 2)))
        ],
        "offers": [pick((OfferStatus.SENT, *OfferStatus.values)) for _each in range(pick((0, 0, 0, 1, 2, 3)))],
    }


# ------------------------------------------------------------------------------------------------------------- requests
def some_request(pick: Pick[Any], people: Sequence[int], at: datetime, schools: Sequence[int] = ()) -> Wanted:
    """A request of which some of the times may be soon, and somebody may be asked for by name."""
    times = tuple(dict.fromkeys(_some_time(pick, at) for _each in range(pick((1, 2, 3, 4, 5)))))
    return Wanted(
        point=pick((LEEDS, LEEDS, YORK, LEEDS, LEEDS, SHEFFIELD, SHEFFIELD, Point(LEEDS.lat + 1, LEEDS.lon), None)),
        nation=pick((Nation.ENG, *Nation)),
        subject=pick(("civil_engineering", "mechanical_engineering", "biology", "statistics", "physics")),
        stage=pick(("ks3", "ks3", "ks2", "ks2", "ks4", "ks1")),
        activity=pick(("careers_talk",) * 5 + ("mentoring", "workshop", "stem_club")),
        online=pick((False, False, True)),
        times=times,
        soon=frozenset(each for each in times if pick((False, False, True))),
        again=pick((None, *people)) if pick((False, True)) else None,
        people=pick((1, 2)),
        school=pick((*schools, *schools, *schools, None)) if schools else None,
        year_groups=pick(CLASSES),
        language=pick(("",) * 5 + ("Welsh", "Urdu")),
        aims=frozenset(pick(((), (), *AIMS[1:]))),
    )


def _some_time(pick: Pick[Any], at: datetime) -> Interval:
    """Some hours of a day to come, or what begins this moment."""
    if pick((False,) * 15 + (True,)):
        return at, at + timedelta(hours=1)
    hour, minute = pick((10, 9, 13, 11, 14, 12, 10, 9, 13, 11, 10, 12, 8, 17, 19, 7, 23, 0)), pick((0, 0, 0, 30))
    starts_at = moment(day_of(at) + pick((*DAYS[:6] * 4, *DAYS, *EDGES)) * DAY, time(hour, minute)).astimezone(
        at.tzinfo
    )
    return starts_at, starts_at + timedelta(minutes=pick((60, 60, 30, 90, 120, 240)))
