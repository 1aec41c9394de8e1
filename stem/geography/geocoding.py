"""Ask a geocoding service where a postcode is: for schemes that allow it, and off unless their settings say so.

Postcodes are loaded from open files, and a scheme needs no geocoder for them; what it adds are postcodes that no file
places. Only background tasks ask, outside any transaction and never a page: the answer comes from another machine, and
may take seconds. The service is told a postcode and the address of this installation, and nothing else.
"""

import logging
from time import monotonic, sleep

from django.conf import settings
from django.core.cache import cache
from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderInsufficientPrivileges, GeocoderQuotaExceeded
from geopy.geocoders import Nominatim, get_geocoder_for_service
from geopy.geocoders.base import Geocoder

from stem.geography.areas import AREAS
from stem.geography.points import Point, km_between
from stem.geography.postcodes import Postcode, read_postcode
from stem.rules import Refusal

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5
# OpenStreetMap's policy: one request a second for the whole of an application, and answers are kept, not asked again.
PAUSE_SECONDS = 1
LONGEST_WAIT_SECONDS = 30
KEEP_FOUND_SECONDS = 90 * 24 * 60 * 60
KEEP_NOT_FOUND_SECONDS = 7 * 24 * 60 * 60
KEEP_FAILURE_SECONDS = 10 * 60

# How far a postcode lies from the middle of its area at most, in kilometres: 50 but in these. Measured over Code-Point
# Open, and for BT, which it leaves out, reckoned as far as Belleek. What a service puts farther away is another place
# of that name, often in another country.
REACH = 50
WIDER_REACH = {
    area: km
    for km, areas in {
        60: "BD DD DL DN EH IP ML NG NR PL TA YO",
        70: "CA G KA TD",
        80: "FK NE PE SA",
        90: "AB DG EX LL TR ZE",
        100: "KW SY",
        120: "BT",
        130: "HS",
        160: "IV PA",
        180: "PH",
    }.items()
    for area in areas.split()
}

_NEVER_ASKED = object()
_TURN = "geocoder:turn"
_REST = "geocoder:rest"


def geocode(postcode: str) -> Point | None:
    """Where the service that the scheme allows puts this postcode; None when there is none, or it knows no better.

    It never raises: what the service does wrong is logged without the postcode, and asked again after a few minutes. An
    answer, also that there is no such postcode, is kept for longer.
    """
    if not settings.GEOCODER:
        return None
    try:
        read = read_postcode(postcode)
    except Refusal:
        return None
    if read.area not in AREAS:
        return None
    key = _key(read)
    kept = cache.get(key, _NEVER_ASKED)
    if kept is _NEVER_ASKED:
        kept = _ask_and_keep(read, key)
    return Point(*kept) if kept else None


def has_answer(postcode: str) -> bool:
    """Whether `geocode` answers for this postcode at once, without asking anyone."""
    try:
        read = read_postcode(postcode)
    except Refusal:
        return True
    return read.area not in AREAS or cache.get(_key(read), _NEVER_ASKED) is not _NEVER_ASKED


def _key(postcode: Postcode) -> str:
    """Where an answer is kept."""
    return f"geocoder:{settings.GEOCODER}:{postcode.outward}{postcode.inward}"


def _ask_and_keep(postcode: Postcode, key: str) -> tuple[float, float] | None:
    """Ask once, and keep the answer for as long as it is good for."""
    try:
        geocoder, pause = _set_up()
    except Exception as error:  # whatever it is, only the settings can have caused it
        logger.error("GEOCODER or GEOCODER_OPTIONS is wrong: %s", error)
        return None
    if not _wait_for_turn(pause):
        return None
    try:
        point = _ask(geocoder, postcode)
    except Exception as error:  # a stranger's answer can break the library's reading of it in any way
        _note_failure(error)
        cache.set(key, None, KEEP_FAILURE_SECONDS)
        return None
    answer = (point.lat, point.lon) if point and _is_credible(point, postcode) else None
    cache.set(key, answer, KEEP_FOUND_SECONDS if answer else KEEP_NOT_FOUND_SECONDS)
    return answer


def _set_up() -> tuple[Geocoder, float]:
    """The geocoder that the settings name, and how long to pause between two questions."""
    options = {
        "timeout": TIMEOUT_SECONDS,
        "user_agent": f"Rolemodel ({settings.BASE_URL})",
        # Its other adapter sleeps for as long as a service asks for, and then tries again: somebody waits for us.
        "adapter_factory": URLLibAdapter,
        **settings.GEOCODER_OPTIONS,
    }
    pause = float(options.pop("pause_seconds", PAUSE_SECONDS))
    return get_geocoder_for_service(settings.GEOCODER)(**options), pause


def _wait_for_turn(pause: float) -> bool:
    """Whether it is our turn to ask: one worker at a time, and none for a while after the service has sent us away."""
    started = monotonic()
    while cache.get(_REST) is None:
        if not pause or cache.add(_TURN, True, pause):
            return True
        if monotonic() - started > LONGEST_WAIT_SECONDS:
            break
        sleep(0.1)
    return False


def _ask(geocoder: Geocoder, postcode: Postcode) -> Point | None:
    """The service's answer, however little it can be trusted; how its failures look is the library's affair."""
    if isinstance(geocoder, Nominatim):
        # By its own field a postcode is matched whole; as free text it may match a street or a town instead.
        found = geocoder.geocode({"postalcode": postcode.official}, country_codes="gb")
    else:
        found = geocoder.geocode(f"{postcode.official}, United Kingdom")
    return Point(found.latitude, found.longitude) if found else None


def _is_credible(point: Point, postcode: Postcode) -> bool:
    """Whether the point lies where postcodes of this area do."""
    distance = km_between(point, AREAS[postcode.area].point)
    if distance <= WIDER_REACH.get(postcode.area, REACH):
        return True
    logger.warning("The geocoder put a postcode of %s %d km away: not believed", postcode.area, distance)
    return False


def _note_failure(error: Exception) -> None:
    """Log what went wrong; when the service has sent us away, leave it alone for a while, or as long as it asked."""
    # The kind alone: the error's words may quote the answer, and with it the postcode.
    logger.warning("The geocoder gave no answer: %s", type(error).__name__)
    if isinstance(error, GeocoderQuotaExceeded | GeocoderInsufficientPrivileges):
        cache.set(_REST, True, getattr(error, "retry_after", None) or KEEP_FAILURE_SECONDS)
