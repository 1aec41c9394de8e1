"""Sweeps over offers and promises: each may run twice, or late, and does no harm."""

from django.utils import timezone

from bookings.operations import offers, priorities, proposals, standing


def lapse_offers() -> int:
    """Let offers lapse whose time is over."""
    return offers.lapse_offers(at=timezone.now())


def lapse_proposals() -> int:
    """Let other times lapse that were proposed for visits, and that not everyone answered."""
    return proposals.lapse_proposals(at=timezone.now())


def give_back_lapsed() -> int:
    """Look for someone else where whoever has promised a near visit will not be cleared on its day."""
    return standing.give_back_lapsed(at=timezone.now())


def reckon_priorities() -> int:
    """Reckon the priorities of the day."""
    return priorities.reckon_waiting(at=timezone.now())
