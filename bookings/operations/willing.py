"""Saying that one could do what a school wants, and taking it back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import notifications, permissions
from bookings.enums import UNSETTLED_OFFERS, RequestStatus, VisitStatus
from bookings.matching.shortlist import match_of
from bookings.models import Request, Visit, Willing
from bookings.queries.boards import Board, board_of
from bookings.queries.coordinators import coordinators_of
from bookings.workflow import REQUEST
from stem.letters.post import post
from stem.rules import Kind, Refusal, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def offer_oneself(*, ambassador: Ambassador, pk: int, by: "User", at: datetime) -> Willing:
    """Say that one could do the open request of this number: it is marked for its coordinators, who are written to.

    It takes no seat: a coordinator asks whom they choose, by the rules for asking (E-11, E-12). Said again it is said
    once, and nobody is written to twice. Refuses with `not_yours`, `state` where nobody is looked for, `asked_before`,
    or `cannot_be_asked` for whoever a rule of 6.4 stands against, of which no more is said.
    """
    # Person, visits, request: in the order in which whoever accepts an offer holds them.
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_offer_oneself(by, ambassador)
    named = Request.objects.filter(pk=pk)
    visits = list(Visit.objects.select_for_update(no_key=True, of=("self",)).filter(request__in=named).order_by("pk"))
    request = _sought(pk)
    _check_can_be_asked(ambassador, visits, board_of(request), at)
    willing, is_new = Willing.objects.get_or_create(request=request, ambassador=ambassador, defaults={"said_at": at})
    if not is_new and willing.withdrawn_at is None:
        return willing
    willing.said_at, willing.withdrawn_at = at, None
    willing.save(update_fields=["said_at", "withdrawn_at"])
    REQUEST.note(request, "offer_oneself", by=by, at=at)
    if is_new:
        _tell_coordinators(willing, at=at)
    return willing


@transaction.atomic
def no_longer_offer_oneself(*, ambassador: Ambassador, pk: int, by: "User", at: datetime) -> None:
    """Take back that one could do the request of this number; what was never said stays unsaid.

    Refuses with `not_yours`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_offer_oneself(by, ambassador)
    mine = Willing.objects.standing().filter(request__in=Request.objects.filter(pk=pk), ambassador=ambassador)
    willing = mine.select_related("request").first()
    if willing is None:
        return
    willing.withdrawn_at = at
    willing.save(update_fields=["withdrawn_at"])
    REQUEST.note(Request.objects.locked(willing.request), "no_longer_offer_oneself", by=by, at=at)


def _sought(pk: int) -> Request:
    """The request of this number, held. Refuses with `state` where there is none, or nobody is looked for."""
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk, status=RequestStatus.OPEN)
    request = rows.select_related("school").first()
    if request is None:
        raise _nobody_sought()
    return request


def _check_can_be_asked(ambassador: Ambassador, visits: list[Visit], board: Board, at: datetime) -> None:
    """A seat is open that this person could be asked to take. Refuses as `offer_oneself` does."""
    finding = {visit.pk for visit in visits if visit.status == VisitStatus.FINDING}
    sought = {seat.visit_id: seat.visit for seat in board.open_seats if seat.visit_id in finding}
    if not sought:
        raise _nobody_sought()
    theirs = [offer for offer in board.offers if offer.ambassador_id == ambassador.pk]
    if any(offer.status in UNSETTLED_OFFERS for offer in theirs):
        raise refuse("asked_before", Kind.STATE, _("You are asked for this one already: answer on your own page."))
    for visit in sought.values():
        if match_of(visit, ambassador.pk, without=board.not_asked_again_for(visit), at=at) is not None:
            return
    words = _("You cannot be asked for this one as things are now. Your own page says how you stand.")
    raise refuse("cannot_be_asked", Kind.STATE, words)


def _nobody_sought() -> Refusal:
    """What anybody hears of a request that is filled, closed, or none of theirs: the same of each."""
    return refuse("state", Kind.STATE, _("Nobody is being looked for there any more."))


def _tell_coordinators(willing: Willing, *, at: datetime) -> None:
    """Owe a letter to each coordinator of the school's region, but not to whoever offered themselves."""
    for coordinator in coordinators_of(willing.request.school, at=at):
        if coordinator.pk != willing.ambassador.user_id:
            fact = notifications.offered_oneself
            post(fact, to=coordinator, due_at=at, willing_id=willing.pk, user_id=coordinator.pk)
