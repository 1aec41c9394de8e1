"""Tells every page that this is the demonstration."""

from django.http import HttpRequest


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """Context for the bar on top of each page."""
    return {"demonstration": True}
