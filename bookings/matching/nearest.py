"""About the nearest people to a school of whom no two filters are known to leave them out: in one statement.

Put together by hand, as the ORM takes longer to write it than a database to answer it.
"""

from collections.abc import Iterator
from math import cos, degrees, radians
from typing import Any

from django.db import connection

from ambassadors.enums import AmbassadorStatus, OfferingKind
from ambassadors.models import Ambassador, FreeHours, Offering
from bookings.matching.wanted import LONGEST_KM, Wanted
from stem.curriculum import subjects_near
from stem.geography.points import EARTH_RADIUS_KM, Point, bounding_box
from stem.geography.travel import km_for_minutes

TAKES_PART = (AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED)
# The nearest are looked for within the first of these; where too few live there, within the second; and then as far as
# anybody travels. In a city thousands live within the second, and to put them in order takes longer than all the rest.
CIRCLES_KM = (km_for_minutes(10), km_for_minutes(40))

# Whoever comes after as many as have been looked at, of whom the ring before held too few.
_RING = (
    "ring{number}(person) AS MATERIALIZED (SELECT id FROM {people} WHERE status IN ({statuses}) AND {within}{too_few}"
    " ORDER BY {order} LIMIT %(most)s OFFSET %(begin)s)"
)
_IN_BOX = "lat BETWEEN %(south{number})s AND %(north{number})s AND lon BETWEEN %(west{number})s AND %(east{number})s"
_IN_CIRCLE = " AND {distance} <= %(far{number})s"
_TOO_FEW = " AND (SELECT COUNT(*) FROM ring{number}) < %(most)s"
# What orders people about as their way does, in arithmetic that both databases have.
_DISTANCE = "((lat - %(lat)s) * (lat - %(lat)s) + ((lon - %(lon)s) * %(narrow)s) * ((lon - %(lon)s) * %(narrow)s))"
# How many of what is asked for somebody offers; and that they keep hours of their own.
_OFFERS = "(SELECT COUNT(DISTINCT kind) FROM {offerings} WHERE ambassador_id = person AND ({fitting}))"
_HOURS = "(CASE WHEN EXISTS (SELECT 1 FROM {hours} WHERE ambassador_id = person) THEN 1 ELSE 0 END)"
# Keys that a database takes for few: PostgreSQL would sooner read the whole register than look up some hundred.
_AS_FEW = {"sqlite": "{}", "postgresql": "SELECT unnest(ARRAY({}))"}


def nearest(wanted: Wanted, begin: int, most: int, *, is_usual: bool) -> tuple[list[Ambassador], bool]:
    """Of so many of the nearest, after as many as have been looked at, those who may miss by one filter alone.

    And whether there may be more beyond them: it is not known where nobody is left.

    Left out is whoever is sure to fail two: of the subject, the stage, the activity, the language, and the hour, which
    at whose schools are shut is nobody's but theirs who keep hours of their own. Online the first come first. In no
    order.
    """
    if not wanted.online and wanted.point is None:
        return [], False
    given: dict[str, Any] = {"begin": begin, "most": most}
    rings = [*_rings(given, None if wanted.online else wanted.point)]
    every = " UNION ".join(f"SELECT person FROM ring{number}" for number in range(len(rings)))  # noqa: S608  names of ours
    keys = f"SELECT person FROM nearest WHERE {_may_miss(given, wanted, is_usual)}"  # noqa: S608  names of ours
    people = connection.ops.quote_name(Ambassador._meta.db_table)
    sql = (
        f"WITH {', '.join(rings)}, nearest AS MATERIALIZED ({every})"  # noqa: S608  names of ours
        f" SELECT {people}.*, (SELECT COUNT(*) FROM nearest) AS of_how_many FROM {people}"
        f" WHERE id IN ({_AS_FEW[connection.vendor].format(keys)})"
    )
    found = list(Ambassador.objects.raw(sql, given))
    return found, not found or found[0].of_how_many == most  # type: ignore[attr-defined]


def _rings(given: dict[str, Any], centre: Point | None) -> Iterator[str]:
    """Each ring's part of the statement, and what it is given; of nowhere there is one, of everybody."""
    quoted = connection.ops.quote_name
    words = {
        "people": quoted(Ambassador._meta.db_table),
        "statuses": ", ".join(f"'{status.value}'" for status in TAKES_PART),
    }
    if centre is None:
        yield _RING.format(number=0, within="1 = 1", too_few="", order="id", **words)
        return
    given |= {"lat": centre.lat, "lon": centre.lon, "narrow": cos(radians(centre.lat))}
    for number, km in enumerate((*CIRCLES_KM, LONGEST_KM)):
        box = bounding_box(centre, km)
        given |= {f"{edge}{number}": getattr(box, edge) for edge in ("south", "north", "west", "east")}
        # A circle as that order draws it, so that nobody outside comes before anybody within.
        given[f"far{number}"] = degrees(km / EARTH_RADIUS_KM) ** 2
        within = _IN_BOX + (_IN_CIRCLE if km in CIRCLES_KM else "")
        yield _RING.format(
            number=number,
            within=within.format(number=number, distance=_DISTANCE),
            too_few="".join(_TOO_FEW.format(number=inner) for inner in range(number)),
            order=f"{_DISTANCE}, id",
            **words,
        )


def _may_miss(given: dict[str, Any], wanted: Wanted, is_usual: bool) -> str:
    """The condition that somebody is not sure to fail two, and what it is given."""
    wants = [
        *((OfferingKind.SUBJECT, code) for code in sorted(subjects_near(wanted.subject))),
        (OfferingKind.STAGE, wanted.stage),
        (OfferingKind.ACTIVITY, wanted.activity),
        *((OfferingKind.LANGUAGE, code) for code in [wanted.language] if code),
    ]
    given |= {f"code{number}": code for number, (_kind, code) in enumerate(wants)}
    fitting = " OR ".join(
        f"kind = '{kind.value}' AND code = %(code{number})s" for number, (kind, _code) in enumerate(wants)
    )
    names = {
        "offerings": connection.ops.quote_name(Offering._meta.db_table),
        "hours": connection.ops.quote_name(FreeHours._meta.db_table),
    }
    passed, most = [_OFFERS.format(fitting=fitting, **names)], len({kind for kind, _code in wants})
    if not is_usual:
        passed, most = [*passed, _HOURS.format(**names)], most + 1
    return f"{' + '.join(passed)} >= {most - 1}"
