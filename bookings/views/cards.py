"""The card by which reception knows who comes: to print or show, and the page that its code opens (V-25)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ambassadors.views.photos import answer_with_photo
from bookings.models import Seat
from bookings.queries.cards import card_of, photo_on_card, scanned
from bookings.queries.seen import photo_in
from stem.access import SignedInRequest, View, open_to, public, signed_in
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.record import record
from stem.limits import is_within_limit

Answer = Callable[[SignedInRequest, Seat], HttpResponseBase]


def opened_by_key(view: View) -> View:
    """The same view, whose address is its key: no browser keeps what it shows, no other page is told of it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@signed_in
@require_safe
def visit_card(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One person's card for one visit: for themselves, for the school they come to, and for its coordinator."""
    return _opened(request, pk, _show_card)


@signed_in
@require_safe
def visit_card_photo(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The photo on that card, for the same people."""
    return _opened(request, pk, _show_photo)


def _opened(request: SignedInRequest, pk: int, answer: Answer) -> HttpResponseBase:
    """This answer for whoever may open the card, a coordinator once they have used their second factor."""
    seats = Seat.objects.visible_to(request.user).on_cards()
    own = seats.of_user_or_their_school(request.user).filter(pk=pk).first()
    if own is not None:
        return answer(request, own)
    return open_to(Role.COORDINATOR)(answer)(request, get_object_or_404(seats.coordinated_by(request.user), pk=pk))


def _show_card(request: SignedInRequest, seat: Seat) -> HttpResponse:
    return render(request, "bookings/visit_card.html", {"card": card_of(seat, at=timezone.now())})


def _show_photo(request: SignedInRequest, seat: Seat) -> HttpResponseBase:
    found = photo_in(seat)
    if found is None:
        raise Http404
    return answer_with_photo(request, found)


@public
@opened_by_key
@require_safe
def check_card(request: HttpRequest, token: str) -> HttpResponse:
    """What the code on a card tells whoever scans it: yes, of which day it speaks, or to ask us; and nothing else.

    A reading is on record. Too many from one place within a minute are asked to wait.
    """
    if not is_within_limit(request, "check_card"):
        return render(request, "bookings/check_card_later.html", status=429)
    at = timezone.now()
    said = scanned(token, at=at)
    if said.card is not None:
        by = request.user if isinstance(request.user, User) else None
        record("card.check", said.card.seat, by=by, at=at, outcome="done" if said.is_yes else "refused")
    return render(request, "bookings/check_card.html", {"said": said, "token": token})


@public
@opened_by_key
@require_safe
def checked_photo(request: HttpRequest, token: str) -> HttpResponseBase:
    """The photo on a card that says yes today."""
    found = photo_on_card(token, at=timezone.now())
    if found is None:
        raise Http404
    return answer_with_photo(request, found)
