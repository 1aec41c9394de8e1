"""What the worker does about letters; each job is a sweep over rows, and may run twice."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from stem.letters.enums import LetterStatus
from stem.letters.models import Letter, OneTimeLink
from stem.letters.post import SWEEP_QUEUED, queue_sweep
from stem.letters.sending import send_due

KEPT_DAYS = 90


def send_due_letters() -> int:
    """Send what is due, and ask for another sweep when there was more than one sweep's worth; how many went."""
    # First the mark, then the rows: a letter posted between the two asks for a sweep of its own.
    cache.delete(SWEEP_QUEUED)
    sweep = send_due(at=timezone.now())
    if not sweep.is_finished:
        queue_sweep()
    return sweep.sent


def clear_old_letters() -> int:
    """Forget letters and links that have been over for 90 days (rule 3.4)."""
    return clear_before(timezone.now() - timedelta(days=KEPT_DAYS))


def clear_before(moment: datetime) -> int:
    """Delete letters that ended and links that ran out before this moment; how many letters."""
    ended = Q(
        status__in=[LetterStatus.CANCELLED, LetterStatus.NOT_NEEDED, LetterStatus.NOT_WANTED, LetterStatus.FAILED],
        due_at__lt=moment,
    )
    sent = Q(status=LetterStatus.SENT, sent_at__lt=moment)
    _total, each = Letter.objects.filter(sent | ended).delete()
    OneTimeLink.objects.filter(expires_at__lt=moment).delete()
    return each.get(Letter._meta.label, 0)
