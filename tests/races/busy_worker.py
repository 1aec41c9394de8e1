"""The worker as `./dev worker` starts it, with a clock beside it that lets no minute pass between two of its jobs."""

import os
import time
from datetime import timedelta

from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule
from django_q.scheduler import scheduler

# The jobs that come every few minutes come every few seconds.
OFTEN, EVERY_SECONDS = 5, 2.0


def run() -> None:
    """Make the schedules, and work until killed."""
    call_command("sync_schedule")
    connections.close_all()
    if os.fork() == 0:
        keep_time()
    call_command("qcluster")


def keep_time() -> None:
    """Let what is due in minutes be due now, and queue it, as the worker itself does twice a minute."""
    while True:
        Schedule.objects.filter(minutes__lte=OFTEN).update(next_run=timezone.now() - timedelta(seconds=1))
        scheduler()
        time.sleep(EVERY_SECONDS)
