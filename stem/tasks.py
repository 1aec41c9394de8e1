"""Housekeeping that belongs to no app."""

from django.core.management import call_command


def clear_sessions() -> None:
    """Forget sign-ins that have run out."""
    call_command("clearsessions")
