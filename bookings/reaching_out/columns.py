"""What a map of every school is drawn from: columns of numbers one after another, as a browser reads them at once.

Little-endian: how many schools (4 bytes); then for each school its key (4 bytes each), then its latitude, its
longitude, its pupils and its visits of three years (2 bytes each), then when it was seen last (1 byte each). Thirteen
bytes a school; a place is rounded to about twenty metres, which no map of a country shows.
"""

import sys
from array import array
from collections.abc import Iterable

# From here, in so many steps, to there: all of the United Kingdom, Shetland and Scilly too.
SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -9.0, 2.5
STEPS = 65_535

# Key, latitude, longitude, pupils, visits, when last.
SchoolRow = tuple[int, float, float, int, int, int]


def packed(rows: Iterable[SchoolRow]) -> bytes:
    """The file of these schools; whatever lies outside the frame is put on its edge."""
    columns = [array(kind) for kind in "IHHHHB"]
    keys, lats, lons, pupils, visits, seen = columns
    tall, wide = STEPS / (NORTH - SOUTH), STEPS / (EAST - WEST)
    for key, lat, lon, roll, came, last in rows:
        keys.append(key)
        lats.append(min(STEPS, max(0, round((lat - SOUTH) * tall))))
        lons.append(min(STEPS, max(0, round((lon - WEST) * wide))))
        pupils.append(min(STEPS, roll))
        visits.append(min(STEPS, came))
        seen.append(last)
    if sys.byteorder == "big":
        for column in columns:
            column.byteswap()
    return len(keys).to_bytes(4, "little") + b"".join(column.tobytes() for column in columns)
