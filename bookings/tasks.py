"""Sweeps over offers: each may run twice, or late, and does no harm."""

from django.utils import timezone

from bookings.operations import offers


def lapse_offers() -> int:
    """Let offers lapse whose time is over."""
    return offers.lapse_offers(at=timezone.now())
