"""How a coordinator finds someone for a request."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.eligibility import is_at_short_notice, needs_a_look, times_on_offer
from bookings.forms.coordination import AnswerForm
from bookings.matching.near_misses import why_not_asked
from bookings.matching.on_map import draw_map
from bookings.matching.overriding import misses_of
from bookings.matching.ranking import wanted_by
from bookings.matching.shortlist import Card, match_of, newcomer_to_ask, shortlist
from bookings.models import Offer, Request
from bookings.operations import offers
from bookings.operations import requests as request_operations
from bookings.queries import boards
from bookings.queries.answering import tight_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.rules import Audience

PERSON = re.compile(r"[0-9]{1,18}")
SHORT = 12  # people on the page; the others would be worse


def request_of(request: SignedInRequest, pk: int) -> Request:
    """The request of this key, where whoever asks coordinates its region; else it is not found."""
    rows = Request.objects.visible_to(request.user).looked_after_by(request.user)
    rows = rows.select_related("school", "contact__user", "wanted_again", "priority")
    return get_object_or_404(rows.with_willing().prefetch_related("possible_times"), pk=pk)


def _offer(request: SignedInRequest, pk: int) -> Offer:
    rows = Offer.objects.visible_to(request.user).looked_after_by(request.user)
    return get_object_or_404(rows.select_related("ambassador", "seat", "visit__request__school"), pk=pk)


def _page_of(offer: Offer) -> str:
    """Where a coordinator sees whom they asked: on the request's page, or the visit's where it is to watch it."""
    if offer.seat.is_shadow:
        return reverse("visit", args=[offer.visit_id])
    return reverse("coordinate_request", args=[offer.visit.request_id])


def _why_not_again(wanted: Request, board: boards.Board, cards: list[Card], at: datetime) -> list[str]:
    """Why whom the school asks for again is neither on the list nor asked: as much as a coordinator may know."""
    seat, person = board.open_seat, wanted.wanted_again
    if seat is None or person is None or person.pk in board.not_asked_again_for(seat.visit):
        return []
    times = times_on_offer(seat.visit, at)
    if not times or any(card.match.ambassador.pk == person.pk for card in cards):
        return []
    return why_not_asked(wanted_by(wanted, times, visit=seat.visit), times[0], person, at=at)


@open_to(Role.COORDINATOR)
def coordinate_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """A request beside the people who could be asked, those who were, and what happened so far."""
    at = timezone.now()
    wanted = request_of(request, pk)
    board = boards.board_of(wanted)
    seat = board.open_seat
    asked = board.not_asked_again_for(seat.visit) if seat else frozenset()
    reserves = board.in_reserve_for(seat.visit) if seat else set()
    cards = shortlist(seat.visit, without=asked, at=at, limit=SHORT, reserves=reserves) if seat else []
    times = times_on_offer(seat.visit, at) if seat else []
    return render(
        request,
        "bookings/coordinate_request.html",
        {
            "wanted": wanted,
            "board": board,
            "seat": seat,
            "times": times,
            "soon": [each for each in times if is_at_short_notice(wanted, each[0])],
            "cards": cards,
            "newcomer": newcomer_to_ask(cards),
            "are_best": len(cards) >= SHORT,
            "misses": misses_of(seat.visit, without=asked, at=at, limit=SHORT) if seat and not cards else [],
            "map": draw_map(wanted, cards),
            "tiles": settings.MAP_TILES,
            "credit": settings.MAP_CREDIT,
            "why_look": needs_a_look(wanted, at) if wanted.status == "submitted" else [],
            "why_not_again": _why_not_again(wanted, board, cards, at),
            "history": boards.history_of_request(wanted),
        },
    )


@open_to(Role.COORDINATOR)
@require_POST
def open_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start to find someone for a request that needed a look."""
    wanted = request_of(request, pk)
    said = _("The search has started: choose whom to ask.")
    press(request, request_operations.open_request, said=said, request=wanted, by=request.user, at=timezone.now())
    return redirect("coordinate_request", pk)


@open_to(Role.COORDINATOR)
def give_up_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that nobody can be found, after asking."""
    wanted = request_of(request, pk)
    if request.method == "POST":
        said = _("The search has ended, and the school will be told what would help.")
        act = request_operations.give_up_request
        press(request, act, said=said, request=wanted, by=request.user, at=timezone.now())
        return redirect("coordinate_request", pk)
    return ask_first(
        request,
        None,
        title=_("Give up the search?"),
        caption=wanted,
        lead=_(
            "Everyone who was asked is told that they need not answer. The school is told what would help next time."
        ),
        submit=_("Give up the search"),
        kind="danger",
        back_url=reverse("coordinate_request", args=[pk]),
    )


@open_to(Role.COORDINATOR)
@require_POST
def invite_ambassador(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask one person from the shortlist, reckoned afresh, to take the seat that needs someone most."""
    at = timezone.now()
    wanted = request_of(request, pk)
    board = boards.board_of(wanted)
    seat = board.open_seat
    person = request.POST.get("ambassador", "")
    chosen = None
    if seat and PERSON.fullmatch(person):
        asked = board.not_asked_again_for(seat.visit)
        chosen = match_of(seat.visit, int(person), without=asked, at=at)
    if seat and chosen:
        said = _("%(name)s has been asked, and will get an e-mail in a minute.") % {"name": chosen.ambassador}
        act = offers.invite_ambassador
        press(request, act, said=said, told_to=Audience.COORDINATOR, seat=seat, match=chosen, by=request.user, at=at)
    else:
        messages.error(request, _("This person can no longer be asked. Choose someone from the list as it is now."))
    return redirect("coordinate_request", pk)


@open_to(Role.COORDINATOR)
@require_POST
def withdraw_offer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back an offer that has not been answered."""
    offer = _offer(request, pk)
    said = _("Taken back: %(name)s will be told.") % {"name": offer.ambassador}
    press(request, offers.withdraw_offer, said=said, offer=offer, by=request.user, at=timezone.now())
    return redirect(_page_of(offer))


@open_to(Role.COORDINATOR)
def answer_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note the answer that someone gave by telephone; the record says so for ever."""
    at = timezone.now()
    offer = _offer(request, pk)
    times = times_on_offer(offer.visit, at)
    form = AnswerForm(request.POST or None, times=times, tight=tight_of(offer, times, at=at))
    if form.is_valid() and went_through(
        form,
        offers.accept_offer if form.starts_at else offers.decline_offer,
        told_to=Audience.COORDINATOR,
        offer=offer,
        **form.answered,
        by=request.user,
        at=at,
        on_behalf_of=str(offer.ambassador),
    ):
        messages.success(request, _("Noted: the answer of %(name)s.") % {"name": offer.ambassador})
        return redirect(_page_of(offer))
    return ask_first(
        request,
        form,
        title=_("Note an answer given by telephone"),
        caption=offer.ambassador,
        lead=offer.visit.request,
        submit=_("Note this answer"),
        back_url=_page_of(offer),
    )
