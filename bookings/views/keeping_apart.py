"""Saying, once a visit is over, that one would rather not meet again, and taking it back: one's own side alone."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.enums import Side
from bookings.models import Seat
from bookings.operations import keeping_apart as operations
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest
from stem.acts import press


@ambassadors_only
@require_POST
def not_there_again(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Rather not be asked for this school again."""
    said = _("Noted. We do not ask you for this school again, and the school does not learn it.")
    return _press(request, operations.keep_apart, _own_seat(request, pk), Side.AMBASSADOR, said)


@ambassadors_only
@require_POST
def go_there_again(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Be asked for this school again."""
    said = _("Thank you. We ask you for this school again.")
    return _press(request, operations.no_longer_keep_apart, _own_seat(request, pk), Side.AMBASSADOR, said)


@contacts_only
@require_POST
def somebody_else_next_time(request: ContactRequest, pk: int) -> HttpResponse:
    """Rather be sent somebody else next time."""
    said = _("Noted. Next time we send somebody else, and nobody tells the person.")
    return _press(request, operations.keep_apart, _seat_here(request, pk), Side.SCHOOL, said)


@contacts_only
@require_POST
def welcome_again(request: ContactRequest, pk: int) -> HttpResponse:
    """Let them come again."""
    said = _("Thank you. They may come again.")
    return _press(request, operations.no_longer_keep_apart, _seat_here(request, pk), Side.SCHOOL, said)


def _press(request: SignedInRequest, act: Callable[..., None], seat: Seat, side: Side, said: str) -> HttpResponse:
    """Do it for one side, and go back to the visit."""
    press(request, act, said=said, seat=seat, side=side, by=request.user, at=timezone.now())
    return redirect("visit", seat.visit_id)


def _own_seat(request: AmbassadorRequest, visit: int) -> Seat:
    """Their own seat in this visit."""
    mine = Seat.objects.visible_to(request.user).held_by(request.user)
    return get_object_or_404(mine.select_related("ambassador", "visit__request__school"), visit=visit)


def _seat_here(request: ContactRequest, pk: int) -> Seat:
    """A seat of a visit to this school, of which it knows who has it (rule P-05)."""
    seats = Seat.objects.visible_to(request.user).at_schools_of(request.user).known_to_schools()
    return get_object_or_404(seats.select_related("ambassador", "visit__request__school"), pk=pk)
