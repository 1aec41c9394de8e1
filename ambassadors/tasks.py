"""Sweeps over what people on their way in wait for: each may run twice, or late, and does no harm."""

from django.utils import timezone

from ambassadors.operations import references


def chase_referees() -> int:
    """Remind referees who are silent, and tell those who named them."""
    return references.chase_referees(at=timezone.now())
