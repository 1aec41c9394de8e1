"""The sweeps of a search at one moment of a working day, as a worker runs them in a process of its own."""

from bookings.operations import ladder, offers
from tests.make.bookings import NOW


def sweep() -> int:
    """Let offers lapse, and ask the next people; how many were asked."""
    offers.lapse_offers(at=NOW)
    return ladder.ask_next(at=NOW)
