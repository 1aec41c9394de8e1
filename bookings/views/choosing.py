"""Between whom a coordinator chooses: two side by side, who misses by one thing, asking one of them all the same."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.eligibility import times_on_offer
from bookings.forms.choosing import BecauseForm, read_two
from bookings.matching.overriding import Obstacle, considered_for, find_obstacle, misses_of
from bookings.matching.shortlist import Card, shortlist
from bookings.models import Request, Seat, Visit
from bookings.operations.overriding import invite_all_the_same
from bookings.queries import boards
from bookings.views.matchmaking import SHORT, request_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import went_through
from stem.rules import Audience, Refusal


@dataclass(frozen=True)
class _Sought:
    """A request, the seat for which someone is sought next, and whom the list leaves out."""

    request: Request
    seat: Seat | None
    asked: frozenset[int]
    # who is marked on it, for they would still come
    reserves: frozenset[int]


def _sought(request: SignedInRequest, pk: int) -> _Sought:
    """This request as its coordinator sees it."""
    wanted = request_of(request, pk)
    board = boards.board_of(wanted)
    seat = board.open_seat
    if seat is None:
        return _Sought(wanted, None, frozenset(), frozenset())
    asked, reserves = board.not_asked_again_for(seat.visit), board.in_reserve_for(seat.visit)
    return _Sought(wanted, seat, frozenset(asked), frozenset(reserves))


@open_to(Role.COORDINATOR)
def compare_candidates(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two people of the list side by side; a plain sentence where it is not two, or one is not on it any more."""
    at = timezone.now()
    sought = _sought(request, pk)
    two = read_two(request.GET.getlist("person"))
    cards: list[Card] = []
    problem = "" if two else _("Tick two people of the list, and not fewer or more, to compare them.")
    if two and sought.seat:
        listed = {
            card.match.ambassador.pk: card
            for card in shortlist(sought.seat.visit, without=sought.asked, at=at, limit=SHORT, reserves=sought.reserves)
        }
        cards = [listed[key] for key in two if key in listed]
    if two and len(cards) < 2:
        cards, problem = (
            [],
            _("One of these people is not on the list any more. Choose two from the list as it is now."),
        )
    return render(
        request,
        "bookings/compare_candidates.html",
        {
            "wanted": sought.request,
            "cards": cards,
            "problem": problem,
            "parts": list(zip(*(card.parts for card in cards), strict=True)),
        },
    )


@open_to(Role.COORDINATOR)
def who_misses(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who fails just one filter for the first of the times, and who of them may be asked all the same."""
    at = timezone.now()
    sought = _sought(request, pk)
    visit = sought.seat.visit if sought.seat else None
    return render(
        request,
        "bookings/who_misses.html",
        {
            "wanted": sought.request,
            "times": times_on_offer(visit, at)[:2] if visit else [],
            "misses": misses_of(visit, without=sought.asked, at=at, limit=SHORT) if visit else [],
        },
    )


@open_to(Role.COORDINATOR)
def ask_this_person(request: SignedInRequest, pk: int, person: int) -> HttpResponse:
    """Ask somebody all the same who misses by one thing that is their own word, after saying why (rule E-33)."""
    at = timezone.now()
    sought = _sought(request, pk)
    ambassador = considered_for(sought.seat.visit, person, at=at) if sought.seat else None
    if sought.seat is None:
        messages.error(request, _("Nobody is being looked for here any more."))
        return redirect("coordinate_request", pk)
    if ambassador is None:
        raise Http404
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form,
        invite_all_the_same,
        told_to=Audience.COORDINATOR,
        seat=sought.seat,
        ambassador=ambassador,
        because=form.cleaned_data["because"],
        by=request.user,
        at=at,
    ):
        messages.success(
            request, _("%(name)s has been asked, and will get an e-mail in a minute.") % {"name": ambassador}
        )
        return redirect("coordinate_request", pk)
    obstacle, problem = _obstacle(sought.seat.visit, ambassador, at)
    return render(
        request,
        "bookings/ask_this_person.html",
        {"wanted": sought.request, "person": ambassador, "obstacle": obstacle, "refused": problem, "form": form},
    )


def _obstacle(visit: Visit, ambassador: Ambassador, at: datetime) -> tuple[Obstacle | None, str]:
    """What would be set aside, or the sentence that says why nothing can be."""
    try:
        return find_obstacle(visit, ambassador, at=at), ""
    except Refusal as refusal:
        return None, refusal.told_to(Audience.COORDINATOR)
