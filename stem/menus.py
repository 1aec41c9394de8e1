"""The menu of whoever is looking."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context for every page: the menu's entries."""
    return {"menu": []}
