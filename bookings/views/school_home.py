"""A school's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.queries.school_desk import school_home_of
from schools.access import ContactRequest, contacts_only


@contacts_only
def school_home(request: ContactRequest) -> HttpResponse:
    """What is the school's move, what is being worked on, who comes, and who came."""
    home = school_home_of(request.contact, at=timezone.now())
    return render(request, "bookings/school_home.html", {"home": home})
