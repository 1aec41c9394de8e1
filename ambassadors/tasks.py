"""Sweeps over the register: each may run twice, or late, and does no harm."""

from django.utils import timezone

from ambassadors.operations import references, retaking


def call_learners_back() -> int:
    """Tell people which course they have to take again, and let their passes end on its day."""
    return retaking.call_learners_back(at=timezone.now())


def chase_referees() -> int:
    """Remind referees who are silent, and tell those who named them."""
    return references.chase_referees(at=timezone.now())
