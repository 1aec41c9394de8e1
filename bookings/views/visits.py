"""A visit has one address; who opens it decides what they see."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from bookings.models import Visit
from bookings.views import ambassador_visits, coordination, school_visits
from stem.access import SignedInRequest, signed_in


@signed_in
def visit(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The school's view of a visit, its ambassador's, or the coordinator's."""
    rows = Visit.objects.visible_to(request.user).select_related("request__school", "request__contact__user")
    found = get_object_or_404(rows, pk=pk)
    if rows.to_schools_of(request.user).filter(pk=pk).exists():
        return school_visits.show_visit(request, found)
    if rows.with_seat_of(request.user).filter(pk=pk).exists():
        return ambassador_visits.show_visit(request, found)
    return coordination.show_visit(request, found)
