"""Which clock a calendar means by the name of a time zone (RFC 5545, 3.2.19 and 3.6.5).

A name of the time zone database counts before the file's own definition of it: whoever writes "Europe/London" means the
clocks of London, and definitions are cut short or out of date. Any other name is a label, and the definition counts.
"""

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from stem.calendars.moments import UTC_CLOCK, Clock, FixedClock, ZoneClock

# Of days, and of times that name no zone.
LONDON_CLOCK = ZoneClock(ZoneInfo("Europe/London"))
# Names of the database that say nothing of a place.
MACHINE_NAMES = frozenset({"localtime", "posixrules", "Factory"})
WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
# What Windows shows instead of its names where it names no town. Towns are found by themselves.
WITHOUT_TOWN = {
    "alaska": "America/Anchorage",
    "arizona": "America/Phoenix",
    "atlantic time": "America/Halifax",
    "azores": "Atlantic/Azores",
    "central america": "America/Guatemala",
    "central time": "America/Chicago",
    "coordinated universal time": "UTC",
    "eastern time": "America/New_York",
    "greenwich mean time": "Europe/London",
    "hawaii": "Pacific/Honolulu",
    "mountain time": "America/Denver",
    "newfoundland": "America/St_Johns",
    "pacific time": "America/Los_Angeles",
    "west central africa": "Africa/Lagos",
    "abu dhabi": "Asia/Dubai",
    "beijing": "Asia/Shanghai",
    "bern": "Europe/Zurich",
    "chennai": "Asia/Kolkata",
    "edinburgh": "Europe/London",
    "islamabad": "Asia/Karachi",
    "mumbai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "osaka": "Asia/Tokyo",
    "st. petersburg": "Europe/Moscow",
    "wellington": "Pacific/Auckland",
}
# What programs write for the clocks of these islands, and what the database would read as one that is never changed.
SHORT = {
    "bst": "Europe/London",
    "gmt/bst": "Europe/London",
    "british summer time": "Europe/London",
    "z": "UTC",
    "utc/gmt": "UTC",
}
OFFSET = re.compile(r"\(?(?:UTC|GMT)? ?([+-]) ?(\d{1,2})[:.]?(\d\d)?\)?.*", re.IGNORECASE)
PLACE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)+")


def clock_of_place(name: str) -> Clock | None:
    """The clock of a place that the database names, also behind a prefix such as "/freeassociation.sourceforge.net/".

    None for a name that is none of a place, whether or not the database knows it.
    """
    parts = _tidy(name).strip("/").split("/")
    for begin in range(max(0, len(parts) - 3), len(parts) - 1):
        rest = "/".join(parts[begin:])
        if not rest.casefold().startswith("etc/") and (clock := _clock(rest)) is not None:
            return clock
    return None


def clock_of_name(name: str) -> Clock | None:
    """The clock of any other name that is known: of Windows, as Windows shows it, an abbreviation or an offset."""
    tidy = _tidy(name)
    last = tidy.rpartition("/")[2].casefold()
    plain = tidy.casefold()
    for known in (SHORT.get(plain), WINDOWS.get(plain), WINDOWS.get(_standard(plain))):
        if known is not None:
            return _clock(known)
    if (clock := _clock(tidy.strip("/")) or _shown(plain)) is not None:
        return clock
    if last in {"utc", "gmt"}:
        return UTC_CLOCK
    return _fixed(tidy)


def _tidy(name: str) -> str:
    return " ".join(name.replace('"', " ").replace("\\", "").split())


def _standard(name: str) -> str:
    """A name as Windows keeps it: programs write "GMT Daylight Time" in summer."""
    return re.sub(r" (?:daylight|summer) time$", " standard time", name)


@lru_cache(maxsize=1024)
def _clock(name: str) -> Clock | None:
    """The clock that the database has under this name, in any case."""
    name = _spellings().get(name.casefold(), "")
    if not name or name in MACHINE_NAMES:
        return None
    return UTC_CLOCK if name in {"UTC", "Etc/UTC", "Zulu"} else ZoneClock(ZoneInfo(name))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    """Each town of the database, as it is written elsewhere."""
    names = sorted(
        name for name in available_timezones() if PLACE.fullmatch(name) and not name.startswith(("Etc/", "US/"))
    )
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in names}


def _shown(name: str) -> Clock | None:
    """The clock of a name such as "(UTC+00:00) Dublin, Edinburgh, Lisbon, London": the first that is known counts."""
    without_offset = re.sub(r"^\((?:utc|gmt)?[^)]*\)|\(us ?& ?canada\)|^(?:gmt|utc)?[+-]\d[\d:.]*", "", name).strip(
        " -"
    )
    for piece in re.split(r"[,:;]", without_offset):
        known = WITHOUT_TOWN.get(piece.strip()) or _towns().get(piece.strip())
        if known is not None:
            return _clock(known)
    return None


def _fixed(name: str) -> Clock | None:
    """The clock of a name that is no more than an offset, such as "GMT+0100"."""
    found = OFFSET.fullmatch(name)
    if found is None or int(found[2]) > 14:
        return None
    ahead = int(found[2]) * 3600 + int(found[3] or 0) * 60
    return FixedClock(-ahead if found[1] == "-" else ahead)
