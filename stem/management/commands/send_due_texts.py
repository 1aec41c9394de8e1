"""Send the texts that are due, without the queue."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from stem.texts.sending import send_due


class Command(BaseCommand):
    help = "Sends the texts that are due. The worker does so every minute; this is for a scheme without one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=200, help="how many texts one sweep takes (%(default)s)")
        parser.add_argument("--until-empty", action="store_true", help="sweep again until nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        sent = 0
        while True:
            sweep = send_due(at=timezone.now(), limit=options["limit"])
            sent += sweep.sent
            # A sweep that moved nothing found nothing due, or other workers at it.
            if not options["until_empty"] or not sweep.moved:
                break
        self.stderr.write(f"{sent} sent.")
