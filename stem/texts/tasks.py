"""What the worker does about texts; each job is a sweep over rows, and may run twice."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from stem.letters.tasks import KEPT_DAYS
from stem.texts.models import CODE_GOOD_FOR, NumberProof, Text
from stem.texts.post import SWEEP_QUEUED, queue_sweep
from stem.texts.sending import send_due


def send_due_texts() -> int:
    """Send what is due, and ask for another sweep when there was more than one sweep's worth; how many went."""
    # First the mark, then the rows: a text posted between the two asks for a sweep of its own.
    cache.delete(SWEEP_QUEUED)
    sweep = send_due(at=timezone.now())
    if not sweep.is_finished:
        queue_sweep()
    return sweep.sent


def clear_old_texts() -> int:
    """Forget texts as long ago as letters are forgotten (rule 3.4), and numbers that nobody showed to be theirs."""
    return clear_before(timezone.now())


def clear_before(at: datetime) -> int:
    """Delete texts of which nothing could come for 90 days, whatever became of them, and codes that ran out."""
    NumberProof.objects.filter(asked_at__lte=at - CODE_GOOD_FOR).delete()
    # Not by their state: where the port was taken away, what waited for it waits for ever.
    _total, each = Text.objects.filter(until__lt=at - timedelta(days=KEPT_DAYS)).delete()
    return each.get(Text._meta.label, 0)
