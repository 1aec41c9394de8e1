"""Read one cell of a register: what can be told of it, and None or "" for what cannot."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from stem.geography.postcodes import read_postcode
from stem.rules import Refusal

_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_STREET = 200
# Beyond this no one of school age is meant: a register has "SUPP", 999 and 1900 for what it does not say.
_OLDEST = 99


@lru_cache(maxsize=1 << 14)
def read_date(said: str) -> date | None:
    """A day written 31-12-2023, as spreadsheets write it (31/12/2023), or 2023-12-31."""
    if match := _DAY.fullmatch(said):
        day, month, year = match.groups()
    elif match := _ISO.fullmatch(said):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_number(said: str) -> float | None:
    """A number that is not negative, with or without its thousands parted or a sign for per cent."""
    said = said.removesuffix("%").strip()
    if not _NUMBER.fullmatch(said) or len(said) > 15:
        return None
    return float(said.replace(",", ""))


def read_count(said: str) -> int | None:
    """A whole number of something: 271, "1,019" or "271.0"; None for "SUPP", "*" or less than none."""
    if said.isdecimal() and said.isascii() and len(said) < 10:
        return int(said)
    number = read_number(said)
    return int(number) if number is not None and number.is_integer() and number < 1e9 else None


def read_percent(said: str) -> float | None:
    """A share from 0 to 100."""
    number = read_number(said) if said else None
    return number if number is not None and number <= 100 else None


def read_ages(low_said: str, high_said: str) -> tuple[int | None, int | None]:
    """The youngest and the oldest taught; neither when they cannot both be true."""
    low, high = read_count(low_said), read_count(high_said)
    low, high = (None if age is None or age > _OLDEST else age for age in (low, high))
    if high == 0 or (low is not None and high is not None and low > high):
        return None, None
    return low, high


def read_grid(easting_said: str, northing_said: str) -> tuple[int | None, int | None]:
    """A place on the British National Grid, to the metre; 0 is a blank, and half a place is none."""
    easting, northing = read_number(easting_said) or 0, read_number(northing_said) or 0
    if not (0 < easting < 700_000 and 0 < northing < 1_300_000):
        return None, None
    return round(easting), round(northing)


def read_coordinate(said: str, limit: int) -> float | None:
    """A latitude or longitude in degrees; 0 is a blank."""
    try:
        degrees = float(said)
    except ValueError:
        return None
    return degrees if 0 < abs(degrees) <= limit else None


@lru_cache(maxsize=1 << 10)
def read_postcode_or_blank(said: str) -> str:
    """The official form of a postcode; "" for what is none."""
    try:
        return read_postcode(said).official if said else ""
    except Refusal:
        return ""


def join_street(parts: Iterable[str], town: str) -> str:
    """The lines of an address above the town as one, each said once, and the town not at all."""
    said = {town.casefold()} if town else set()
    kept = []
    for part in parts:
        part = part.strip(" ,")
        if part and part.casefold() not in said:
            said.add(part.casefold())
            kept.append(part)
    return ", ".join(kept)[:_STREET].rstrip(" ,")
