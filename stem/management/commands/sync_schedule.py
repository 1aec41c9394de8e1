"""Make the queue's schedules those of stem/schedule.py."""

from typing import Any

from django.core.management.base import BaseCommand

from stem.schedule import sync_schedule


class Command(BaseCommand):
    help = "Makes the background queue's schedules those of stem/schedule.py. Safe to run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        added, removed = sync_schedule()
        self.stderr.write(f"Schedules: {added} added, {removed} removed.")
