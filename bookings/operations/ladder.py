"""The search that goes on by itself: who is asked next, and who is told when it comes to nothing (E-32, T-50)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bookings import eligibility, notifications, permissions
from bookings.enums import Asking, OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.ladder import LATE, is_sensible, late_before, sensible_from, whom_to_ask
from bookings.matching.shortlist import Card, shortlist
from bookings.models import Offer, Request, Seat, Visit
from bookings.operations.offers import invite_ambassador
from bookings.operations.requests import give_up_request
from bookings.operations.series import end_meeting
from bookings.queries.boards import not_asked_again_for
from bookings.queries.coordinators import coordinators_of
from bookings.queries.reserves import reserves_of
from bookings.queries.searching import has_newcomer, open_seats, passed_over, rung_for, searches_under_way
from bookings.queries.sharing import week_of
from bookings.workflow import REQUEST, VISIT
from stem.accounts.scope import areas_around
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation
from stem.policy.values import values
from stem.rules import Refusal

if TYPE_CHECKING:
    from stem.accounts.models import User

# Besides as many as are wanted so many more are looked at, so that somebody new is among them (rule E-31).
BESIDES = 12
# What stops a search for now, whoever is asked; any other refusal is one person's alone.
STOPS = frozenset({"state", "whose_turn"})


@transaction.atomic
def choose_asking(*, request: Request, asking: Asking, by: "User", at: datetime) -> None:
    """Say how people come to be asked for this request; whoever has been asked stays asked.

    Refuses with `not_coordinator`, or `state` once it is over.
    """
    request = Request.objects.locked(request)
    permissions.check_may_match(by, request)
    if request.status not in (RequestStatus.SUBMITTED, RequestStatus.OPEN):
        REQUEST.check(request, "open")
    if request.asking != asking:
        REQUEST.note(request, f"ask_{asking}", by=by, at=at, asking=asking)


def ask_next(*, at: datetime) -> int:
    """Ask the next people for every seat for which a rule asks; how many. A sweep: it may run twice, or late.

    The first requests come first (E-10), and whoever is asked is so in a transaction of their own. At night and on free
    days it asks only where it cannot wait.
    """
    policy = values(on=day_of(at))
    return sum(_ask_for(visit, at=at, policy=policy) for visit in searches_under_way())


def _ask_for(visit: Visit, *, at: datetime, policy: Mapping[str, int]) -> int:
    """Ask the next people for this visit, and tell whom its standing concerns; how many were asked."""
    times = eligibility.times_on_offer(visit, at)
    seats = open_seats(visit)
    if not seats:
        return 0
    rungs = [(seat, rung_for(seat, times, at=at, policy=policy)) for seat in seats]
    if all(rung.is_by_hand for _seat, rung in rungs):
        _end_if_over(visit, times, at=at)
        return 0
    _warn_if_late(visit, times[-1][0], at=at)
    if visit.request.asking == Asking.BY_HAND:
        return 0
    is_urgent = any(rung.is_urgent for _seat, rung in rungs)
    if is_urgent:
        _alert(visit, at=at)
    elif not is_sensible(at, _nation(visit)):
        return 0
    wanted = [(seat, rung) for seat, rung in rungs for _more in range(rung.at_once - vars(seat)["waiting"])]
    cards = _whom(visit, len(wanted), is_urgent=is_urgent, at=at, policy=policy) if wanted else []
    is_asked = any(vars(seat)["unsettled"] for seat in seats)
    if wanted and not cards and not is_asked and visit.request.asking != Asking.OPEN_CALL:
        _tell_school(visit, "find_nobody", at=at)
    return _ask([seat for seat, _rung in wanted], cards, at=at)


def _whom(visit: Visit, count: int, *, is_urgent: bool, at: datetime, policy: Mapping[str, int]) -> list[Card]:
    """Whom to ask, so many: who waits in reserve, then the best, somebody new among them where it is their turn (E-31).

    In an open call those who said that they could do it, or wait in reserve, and nobody else.
    """
    over, reserves = passed_over(visit), reserves_of(visit)
    never = [*not_asked_again_for(visit), *over.never]
    cards = _cards(visit, [*never, *over.last], count, reserves, is_urgent=is_urgent, at=at)
    # Whoever did not answer is asked once more when there is nobody else; where it is urgent that takes too long.
    if not cards and not is_urgent:
        cards = _cards(visit, never, count, reserves, is_urgent=is_urgent, at=at)
    if visit.request.asking == Asking.OPEN_CALL:
        cards = [card for card in cards if card.is_willing or card.match.ambassador.pk in reserves]
    places = {person: place for place, person in enumerate(reserves)}
    # The order of those who do not wait stays as it is.
    cards.sort(key=lambda card: places.get(card.match.ambassador.pk, len(places)))
    week = week_of(areas_around(visit.request.school.area), at=at, share=policy["reserve_share"])
    needs_newcomer = week.newcomer_is_due and not has_newcomer(visit)
    return whom_to_ask(cards, count, needs_newcomer=needs_newcomer)


def _cards(
    visit: Visit, without: list[int], count: int, reserves: list[int], *, is_urgent: bool, at: datetime
) -> list[Card]:
    """The best who could be asked, and whoever waits in reserve or said that they could do it."""
    limit = count + BESIDES
    return shortlist(visit, without=without, at=at, limit=limit, reserves=reserves, only_short_notice=is_urgent)


def _ask(seats: list[Seat], cards: list[Card], *, at: datetime) -> int:
    """Ask each of these people for one of these seats, by turns; how many could be."""
    asked = 0
    # One seat after another, so that a visit of many does not wait for its last while three think about its first.
    for seat, card in zip(_by_turns(seats), cards, strict=False):
        try:
            invite_ambassador(seat=seat, match=card.match, by=None, at=at)
        except Refusal as refusal:
            if STOPS.intersection(refusal.codes):
                break
        else:
            asked += 1
    return asked


def _by_turns(seats: list[Seat]) -> list[Seat]:
    """These seats, each as often as it is there, but first each once, then each twice."""
    seen: dict[int, int] = {}
    turns: list[tuple[int, int, Seat]] = []
    for place, seat in enumerate(seats):
        seen[seat.pk] = seen.get(seat.pk, 0) + 1
        turns.append((seen[seat.pk], place, seat))
    return [seat for _turn, _place, seat in sorted(turns, key=lambda each: each[:2])]


def _end_if_over(visit: Visit, times: list[eligibility.Interval], *, at: datetime) -> None:
    """End a search whose every time has gone by; until then a coordinator may ring people up (T-50).

    Not while a school may still take another time that somebody named; and a visit to which somebody comes goes ahead
    with them: how it went is for a coordinator to say.
    """
    if times and times[-1][0] > at:
        _alert(visit, at=at)
        return
    waits = Offer.objects.filter(visit=visit, status=OfferStatus.COUNTERED, lapses_at__gt=at)
    if waits.exists() or visit.seats.filter(status=SeatStatus.TAKEN).exists():
        return
    if visit.request.is_series and visit.request.visits.not_called_off().exclude(status=VisitStatus.FINDING).exists():
        end_meeting(visit=visit, at=at)
        return
    with transaction.atomic():
        held = Request.objects.locked(visit.request)
        still = Visit.objects.filter(pk=visit.pk, status=VisitStatus.FINDING).exists()
    if still and REQUEST.can(held, "give_up"):
        # Somebody may end it in the same instant: then it is ended.
        with suppress(Refusal):
            give_up_request(request=held, by=None, at=at)


def _warn_if_late(visit: Visit, last: datetime, *, at: datetime) -> None:
    """Tell the school in good time that nobody has been found yet, and what would help."""
    if last < late_before(at, LATE, _nation(visit)):
        _tell_school(visit, "run_late", at=at)


@transaction.atomic
def _tell_school(visit: Visit, kind: str, *, at: datetime) -> None:
    """Put it in the visit's history, and write to whoever asked, by day: once for a search and cause.

    Another search begins when somebody who was found leaves; that one of several has been found begins none.
    """
    again = visit.events.filter(kind="reopen").order_by("-at").values_list("at", flat=True).first()
    told = visit.events.filter(kind=kind, **({"at__gte": again} if again else {}))
    if told.exists():
        return
    visit = Visit.objects.locked(visit)
    if visit.status != VisitStatus.FINDING or told.all().exists():
        return
    VISIT.note(visit, kind, by=None, at=at)
    post(
        notifications.search_is_slow,
        to=visit.request.contact.user,
        due_at=sensible_from(at, _nation(visit)),
        at=at,
        key=f"{visit.pk} {visit.sequence} {kind}",
        visit_id=visit.pk,
        sequence=visit.sequence,
    )


@transaction.atomic
def _alert(visit: Visit, *, at: datetime) -> None:
    """Write to the region's coordinators that a telephone call may be what helps now; once for a search."""
    for coordinator in coordinators_of(visit.request.school, at=at):
        post(
            notifications.search_needs_you,
            to=coordinator,
            due_at=at,
            visit_id=visit.pk,
            sequence=visit.sequence,
            user_id=coordinator.pk,
        )


def _nation(visit: Visit) -> Nation:
    """Whose working days count."""
    return Nation(visit.request.school.nation)
