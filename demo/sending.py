"""Letters of the demonstration leave when somebody wants to read them."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from stem.letters.enums import LetterStatus
from stem.letters.models import Letter
from stem.letters.sending import send_due

# No longer do letters wait for their readers' working hours; what is due later waits for something else.
LONG_WEEKEND = timedelta(days=4)


def send_all_letters(*, at: datetime) -> int:
    """Send everything that has become due, so that the mail page is as full as a term makes it; how many went."""
    while not send_due(at=at).is_finished:
        pass
    return Letter.objects.filter(sent_at__isnull=False).count()


def letters_waiting(*, at: datetime) -> QuerySet[Letter]:
    """Those that wait for the morning."""
    return Letter.objects.filter(status=LetterStatus.WAITING, due_at__gt=at, due_at__lte=at + LONG_WEEKEND)


def send_waiting_letters(*, at: datetime) -> None:
    """Send them at once: whoever tries the demonstration in the evening need not come back in the morning."""
    letters_waiting(at=at).update(due_at=at, next_try_at=at)
    send_all_letters(at=at)
