"""Sweeps over visits that are over, and over suspensions: each may run twice, or late, and does no harm."""

from django.utils import timezone

from quality.operations import cases, doubts, feedback, forgetting, suspensions


def invite_feedback() -> int:
    """Ask both sides of visits that are over."""
    return feedback.invite_feedback(at=timezone.now())


def remind_of_feedback() -> int:
    """Ask whoever has not said how a visit went once more."""
    return feedback.remind_of_feedback(at=timezone.now())


def settle_visits() -> int:
    """Settle visits where one side has been silent."""
    return feedback.settle_silent_visits(at=timezone.now())


def open_missed_cases() -> int:
    """Open a case about whoever did not come, or gave visits back too late."""
    return cases.open_missed_cases(at=timezone.now())


def remind_of_reviews() -> int:
    """Tell safeguarding leads of suspensions that nobody has looked at in time."""
    return suspensions.remind_of_reviews(at=timezone.now())


def forget_messages() -> int:
    """Delete what was written about visits that are long over, and their practical notes."""
    return forgetting.forget_messages(at=timezone.now())


def forget_arrivals() -> int:
    """Throw away from where forms came."""
    return doubts.forget_arrivals(at=timezone.now())
