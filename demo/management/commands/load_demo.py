"""Fill an empty database with the demonstration scheme."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.scheme import load_scheme
from demo.sending import send_all_letters
from stem.accounts.models import User


class Command(BaseCommand):
    """Loads made people once; a database with people in it is left alone."""

    help = "Fill an empty database with the demonstration scheme."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then send what the story posted."""
        if User.objects.exists():
            raise CommandError("There are people in this database already; the demonstration is only for an empty one.")
        load_scheme(at=timezone.now())
        sent = send_all_letters(at=timezone.now())
        self.stderr.write(f"The demonstration is loaded; {sent} letters have gone to its mail page.")
