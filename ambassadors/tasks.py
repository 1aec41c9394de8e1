"""Sweeps over the register: each may run twice, or late, and does no harm."""

from django.utils import timezone

from ambassadors.models import Upload
from ambassadors.operations import (
    assessments,
    duplicates,
    forgetting,
    notices,
    reading,
    reading_calendars,
    references,
    reminding,
    retaking,
    searches,
    separating,
)
from ambassadors.operations.uploads import queue_uploads
from ambassadors.reach.keeping import keep_everyone
from ambassadors.search.index import index_everyone


def call_learners_back() -> int:
    """Tell people which course they have to take again, and let their passes end on its day."""
    return retaking.call_learners_back(at=timezone.now())


def chase_referees() -> int:
    """Remind referees who are silent, and tell those who named them."""
    return references.chase_referees(at=timezone.now())


def remind_of_renewals() -> int:
    """Tell people what runs out in 90, 60, 30 or 7 days, each once."""
    return reminding.remind_of_renewals(at=timezone.now())


def forget_drafts() -> int:
    """Delete what was begun and left alone for six months."""
    return forgetting.forget_drafts(at=timezone.now())


def find_likely_pairs() -> int:
    """Look for people who are in the register twice."""
    return duplicates.find_likely_pairs(at=timezone.now())


def forget_merges() -> int:
    """Delete what it would take to undo a merge when its days are over."""
    return separating.forget_merges(at=timezone.now())


def tend_register_search() -> int:
    """Put right by what people are found, should anything have been written past it, and let go what is no one's."""
    searches.forget_searches()
    return index_everyone()


def tend_reach() -> int:
    """Put right whom matching finds, should anything have been written past it."""
    return keep_everyone()


def purge_disclosure_notes() -> int:
    """Delete what assessors noted about checks whose day has come."""
    return assessments.purge_notes(at=timezone.now())


def look_for_waiting_uploads() -> None:
    """Call for a reader when a file of people waits, or one has been left behind.

    The sweep itself has five minutes, like every job of the schedule; a reader may take an hour.
    """
    if Upload.objects.due(timezone.now()).exists() or Upload.objects.over().exclude(file="").exists():
        queue_uploads()


def read_waiting_uploads() -> int:
    """Check files of people, and take them in."""
    return reading.read_uploads(at=timezone.now())


def clear_uploads() -> int:
    """Throw away files of people that nobody took in within a week."""
    return reading.clear_uploads(at=timezone.now())


def tell_imported() -> int:
    """Tell people that another scheme brought us their data."""
    return notices.tell_imported(at=timezone.now())


def remind_imported() -> int:
    """Remind those who have not answered."""
    return notices.remind_imported(at=timezone.now())


def forget_silent() -> int:
    """Forget those who never answered."""
    return notices.forget_silent(at=timezone.now())


def warn_of_late_notices() -> int:
    """Tell administrators whose people were not told in time."""
    return notices.warn_of_late_notices(at=timezone.now())


def look_at_calendars() -> int:
    """Have people's own calendars read that are due."""
    return reading_calendars.sweep_calendars(at=timezone.now())


def read_calendar(pk: int) -> None:
    """Read one of them."""
    reading_calendars.read_calendar(pk=pk, at=timezone.now())
