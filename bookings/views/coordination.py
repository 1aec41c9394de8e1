"""What a coordinator does about one request or one visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.models import Visit


def show_visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The visit as its coordinator sees it."""
    return render(request, "bookings/visit_of_coordinator.html", {"visit": visit})
