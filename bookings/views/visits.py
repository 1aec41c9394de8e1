"""A visit has one address; who opens it decides what they see."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from bookings.enums import Speaker
from bookings.models import Visit
from bookings.models.preparation import with_preparation
from bookings.permissions import speaker_of
from bookings.views import ambassador_visits, coordination, school_visits
from stem.access import SignedInRequest, open_to, signed_in
from stem.accounts.roles import Role

Answer = Callable[[SignedInRequest, Visit, Speaker], HttpResponseBase]


@signed_in
def visit(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The school's view of a visit, its ambassador's, or the coordinator's."""
    rows = with_preparation(Visit.objects.visible_to(request.user))
    rows = rows.select_related("request__school", "request__contact__user")
    same = Visit.objects.visible_to(request.user).filter(pk=OuterRef("pk"))
    whose = {"is_ours": Exists(same.to_schools_of(request.user)), "is_mine": Exists(same.with_seat_of(request.user))}
    found = get_object_or_404(rows.annotate(**whose), pk=pk)
    if found.is_ours:  # type: ignore[attr-defined]
        return school_visits.show_visit(request, found)
    if found.is_mine:  # type: ignore[attr-defined]
        return ambassador_visits.show_visit(request, found)
    return coordination.show_visit(request, found)


def opened_by_its_people(request: SignedInRequest, found: Visit, answer: Answer) -> HttpResponseBase:
    """This answer for the visit's own people, and for its coordinators once they have used their second factor."""
    speaker = speaker_of(request.user, found)
    if speaker is None:
        raise Http404
    return (open_to(Role.COORDINATOR)(answer) if speaker == Speaker.SCHEME else answer)(request, found, speaker)
