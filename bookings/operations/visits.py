"""A visit from the school's yes to its end, or to its being called off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ambassadors.operations.standing import note_delivered_visit
from bookings import eligibility, notifications, permissions
from bookings.enums import CancelReason, ProposalStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Preparation, Request, Seat, Visit
from bookings.operations.asking import let_proposal_lapse, withdraw_live_offers
from bookings.operations.freeing import free_seat, free_shadow, let_shadow_go
from bookings.operations.preparing import agree_to, keep_prepared
from bookings.operations.priorities import reckon_priorities
from bookings.operations.promised import lock_people_of
from bookings.operations.requests import make_visit
from bookings.operations.taking import on_day
from bookings.operations.texting import text_called_off, text_no_longer_expected, text_person_withdrew
from bookings.risk import reasons_not_assessed
from bookings.workflow import REQUEST, VISIT
from stem.letters.drafts import Fact
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, Reason, Refusal, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Arrangements:
    """What the school says about the day: who will be there, who looks after safeguarding, where to go (V-80)."""

    supervising_adult: str
    supervising_email: str
    safeguarding_lead: str
    safeguarding_phone: str
    arrival: str = ""
    access_needs: str = ""
    open_space_confirmed: bool = False
    joining_link: str = ""
    staff_host_confirmed: bool = False
    outline_agreed: bool = False
    # Which outline was read (`Preparation.outline_version`).
    outline_version: str = ""

    def columns_of(self, model: type[Model]) -> dict[str, Any]:
        """What of it a row of this model holds."""
        names = {field.name for field in model._meta.concrete_fields}
        return {name: answer for name, answer in vars(self).items() if name in names}


@transaction.atomic
def confirm_visit(
    *,
    visit: Visit,
    arrangements: Arrangements,
    by: "User",
    at: datetime,
    on_behalf_of: str = "",
    all_the_same: str = "",
) -> None:
    """The school accepts the person and promises who will be with the pupils; both diaries hold the visit now.

    Refuses with `not_for_school`, `state`, the column of each missing arrangement, `outline_agreed`, `changed` when the
    outline is another than was read, the vetting reasons of anyone who would not be bookable on the day (rules V-80,
    T-21), `risk_assessment` or `practical_unsaid` where what is done has not been assessed and accepted (T-13), or
    `all_the_same` when the school has come to be closed then (T-11) and nobody says why then. A yes to one meeting of a
    series is a yes to all that wait for it, or to none.
    """
    visit, others = _held_with_those_that_wait(visit)
    permissions.check_may_confirm(by, visit)
    VISIT.check(visit, "confirm")
    _confirm(visit, arrangements, by=by, at=at, on_behalf_of=on_behalf_of, all_the_same=all_the_same)
    for each in _without_outlines_of_their_own(others):
        assert each.starts_at is not None and each.ends_at is not None
        theirs = replace(arrangements, outline_version="")
        try:
            _confirm(each, theirs, by=by, at=at, on_behalf_of=on_behalf_of, all_the_same=all_the_same)
        except Refusal as refusal:
            raise on_day(refusal, (each.starts_at, each.ends_at)) from refusal


def _held_with_those_that_wait(visit: Visit) -> tuple[Visit, list[Visit]]:
    """The visit, and the other meetings of its series that wait for the school's yes, held."""
    if not visit.request.is_series:
        return Visit.objects.locked(visit), []
    rows = Visit.objects.select_for_update(no_key=True, of=("self",)).filter(request=visit.request_id)
    held = {each.pk: each for each in rows.select_related("request__school").order_by("pk")}
    waiting = [each for each in held.values() if each.status == VisitStatus.MATCHED and each.pk != visit.pk]
    return held[visit.pk], waiting


def _without_outlines_of_their_own(visits: Iterable[Visit]) -> list[Visit]:
    """Those for which nobody has written another outline: that is read, and agreed to, by itself."""
    return [each for each in visits if not Preparation.objects.for_visit(each).outline]


def _confirm(
    visit: Visit, arrangements: Arrangements, *, by: "User", at: datetime, on_behalf_of: str, all_the_same: str
) -> None:
    """The same for one visit, which the caller holds."""
    changes = arrangements.columns_of(Visit)
    for column, answer in changes.items():
        setattr(visit, column, answer)
    reasons = _prepare(visit, arrangements, at=at)
    reasons += eligibility.reasons_cannot_confirm(visit, visit.seats.leads().select_related("ambassador"))
    if not all_the_same.strip():
        closed = eligibility.reasons_closed_since(visit)
        reasons += [Reason("all_the_same", Kind.INPUT, why.truth) for why in closed]
    refuse_if_any(reasons)
    VISIT.move(
        visit,
        "confirm",
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
        note=all_the_same.strip(),
        sequence=visit.sequence + 1,
        changed_at=at,
        **changes,
    )
    _let_uncleared_shadow_go(visit, at=at)
    tell_both(notifications.visit_confirmed, visit, at=at)


def _let_uncleared_shadow_go(visit: Visit, *, at: datetime) -> None:
    """Whoever watches is tested again too, and holds nothing up: they alone stay away (T-21)."""
    assert visit.starts_at is not None
    for seat in visit.seats.shadows().filter(status=SeatStatus.TAKEN).select_related("ambassador"):
        assert seat.ambassador is not None
        if eligibility.reasons_may_not_come(seat.ambassador, visit, day_of(visit.starts_at)):
            seat = Seat.objects.locked(seat)
            free_shadow(seat, by=None, at=at, told=notifications.place_given_back, reason=CancelReason.OTHER)


def _prepare(visit: Visit, arrangements: Arrangements, *, at: datetime) -> list[Reason]:
    """Put down what the school says of group, place and outline; what is still missing. Refuses with `changed`."""
    prepared = keep_prepared(visit, **arrangements.columns_of(Preparation))
    if arrangements.outline_agreed:
        agree_to(prepared, arrangements.outline_version, at=at)
    return [*eligibility.reasons_not_prepared(visit, prepared), *reasons_not_assessed(visit)]


@transaction.atomic
def ask_for_someone_else(*, visit: Visit, by: "User", at: datetime, because: str) -> None:
    """The school does not accept the person who was found: the search goes on, and the person is thanked.

    Of a series for all meetings that wait for its yes. Refuses with `not_for_school`, `state` unless the visit waits
    for the school's yes, or `no_reason`.
    """
    lock_people_of(visit)
    visit, others = _held_with_those_that_wait(visit)
    permissions.check_may_confirm(by, visit)
    if visit.status != VisitStatus.MATCHED:
        raise refuse("state", Kind.STATE, _("There is nobody here who waits for your answer."))
    if not because.strip():
        raise refuse("no_reason", Kind.INPUT, _("Say in a few words what would suit better."))
    for each in (visit, *others):
        told = notifications.offer_released if each == visit else None
        for seat in each.seats.leads().filter(status=SeatStatus.TAKEN):
            free_seat(seat, by=by, at=at, told=told, note=because)
        _look_again(each, at=at, keep_time=False)


@transaction.atomic
def give_up_seat(*, seat: Seat, reason: CancelReason, by: "User", at: datetime, on_behalf_of: str = "") -> None:
    """An ambassador cannot come after all. With a working day left someone else is looked for; with less it is off.

    Without whoever was to watch the visit goes on as it was. Refuses with `not_yours`, or `state`
    when the visit is over or was called off.
    """
    lock_people_of(seat.visit)
    visit = Visit.objects.locked(seat.visit)
    seat = Seat.objects.locked(seat)
    permissions.check_may_give_up_seat(by, seat)
    if visit.status not in (VisitStatus.FINDING, VisitStatus.MATCHED, VisitStatus.CONFIRMED):
        raise refuse("state", Kind.STATE, _("This visit is over, or was called off already."))
    hand_back_seat(seat, visit, reason=reason, by=by, at=at, on_behalf_of=on_behalf_of)


def hand_back_seat(
    seat: Seat,
    visit: Visit,
    *,
    reason: CancelReason,
    by: "User | None",
    at: datetime,
    on_behalf_of: str = "",
    told: Fact = notifications.seat_given_up,
) -> None:
    """What follows when someone does not come: the school is told, and someone else looked for, or the visit is off.

    `by` is None, and another letter `told`, where a rule takes them out. The caller holds the people, the visit and the
    seat, and has asked whether this may be.
    """
    if seat.is_shadow:
        seat.visit = visit
        free_shadow(seat, by=by, at=at, told=told, reason=reason, on_behalf_of=on_behalf_of)
        return
    # A visit for which others are still sought is not this person's to call off, however near it is.
    if eligibility.is_too_late_to_replace(visit, at) and VISIT.can(visit, "cancel_by_ambassador"):
        _call_off(visit, "cancel_by_ambassador", reason=reason, by=by, at=at, on_behalf_of=on_behalf_of)
        _start_over(visit, at=at)
        return
    was_confirmed, person, starts_at = visit.status == VisitStatus.CONFIRMED, seat.ambassador, visit.starts_at
    free_seat(seat, by=by, at=at, told=told, reason=reason, on_behalf_of=on_behalf_of)
    # The day of a meeting stays among those of its series.
    _look_again(visit, at=at, keep_time=was_confirmed or visit.request.is_series)
    post(
        notifications.ambassador_withdrew,
        to=visit.request.contact.user,
        due_at=at,
        visit_id=visit.pk,
        sequence=visit.sequence,
    )
    text_person_withdrew(visit, by=by, at=at)
    if person is not None:
        text_no_longer_expected(visit, person, starts_at=starts_at, by=by, at=at)


@transaction.atomic
def cancel_visit(
    *, visit: Visit, reason: CancelReason, by: "User", at: datetime, for_scheme: bool = False, on_behalf_of: str = ""
) -> None:
    """The school, or the scheme, calls a visit off; everyone concerned is told and both diaries let it go.

    Refuses with `not_for_school`, `not_coordinator` for the scheme, or `state`.
    """
    lock_people_of(visit)
    visit = Visit.objects.locked(visit)
    if for_scheme:
        permissions.check_may_match(by, visit.request)
    else:
        permissions.check_may_confirm(by, visit)
    name = "cancel_by_scheme" if for_scheme else "cancel_by_school"
    _call_off(visit, name, reason=reason, by=by, at=at, on_behalf_of=on_behalf_of)
    request = Request.objects.locked(visit.request)
    if REQUEST.can(request, "withdraw") and not (request.is_series and request.visits.not_called_off().exists()):
        REQUEST.move(request, "withdraw", by=by, at=at, reason=reason, on_behalf_of=on_behalf_of)


@transaction.atomic
def settle_visit(*, visit: Visit, outcome: str, by: "User | None", at: datetime) -> None:
    """Put on record how a visit ended: a move of the table from `confirmed` (rule T-20). `by` is None for a rule.

    Or from `finding`, where some came although others were still sought. A delivered visit is written down on everyone
    who held a seat, but not on whoever watched. Refuses with `state`, or `not_over` before its end.
    """
    visit = Visit.objects.locked(visit)
    if visit.ends_at is None or visit.ends_at > at:
        raise refuse("not_over", Kind.STATE, _("This visit is not over yet."))
    if by is not None:
        permissions.check_may_match(by, visit.request)
    was_sought = visit.status == VisitStatus.FINDING
    if was_sought and not visit.seats.leads().filter(status=SeatStatus.TAKEN).exists():
        raise refuse("state", Kind.STATE, _("Nobody had said that they would come to this visit."))
    VISIT.move(visit, outcome, by=by, at=at, changed_at=at)
    withdraw_live_offers(visit, by=None, at=at)
    if was_sought:
        _close_search(visit.request, at=at)
    if visit.status == VisitStatus.DELIVERED:
        for seat in visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador"):
            assert seat.ambassador is not None
            note_delivered_visit(ambassador=seat.ambassador, on=day_of(visit.ends_at))


def _close_search(request: Request, *, at: datetime) -> None:
    """The request has had its visit, unless it still looks for another."""
    request = Request.objects.locked(request)
    if REQUEST.can(request, "fulfil") and not request.visits.filter(status=VisitStatus.FINDING).exists():
        REQUEST.move(request, "fulfil", by=None, at=at)


def _look_again(visit: Visit, *, at: datetime, keep_time: bool) -> None:
    """Search for someone else; the time is let go too where nobody else holds it and both sides never agreed on it."""
    let_proposal_lapse(visit, at=at)
    let_shadow_go(visit, at=at)
    columns: dict[str, Any] = {"sequence": visit.sequence + 1, "changed_at": at}
    coming = visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user")
    if not (keep_time or coming or _is_time_agreed(visit)):
        columns |= {"starts_at": None, "ends_at": None}
        visit.sessions.all().delete()
    if visit.status == VisitStatus.FINDING:
        for column, value in columns.items():
            setattr(visit, column, value)
        visit.save(update_fields=[*columns])
    else:
        _tell_who_still_comes(visit, coming, at=at, sequence=visit.sequence + 1)
        VISIT.move(visit, "reopen", by=None, at=at, **columns)
    request = Request.objects.locked(visit.request)
    if REQUEST.can(request, "reopen"):
        REQUEST.move(request, "reopen", by=None, at=at)
    # Whoever was promised someone comes before others now (rule T-53).
    reckon_priorities([request], at=at)


def _is_time_agreed(visit: Visit) -> bool:
    """Whether the school has ever confirmed the visit, or everyone has agreed to move it to its time."""
    moved = visit.starts_at and visit.proposals.filter(status=ProposalStatus.AGREED, starts_at=visit.starts_at)
    return bool(moved) or visit.events.filter(kind="confirm").exists()


def _tell_who_still_comes(visit: Visit, coming: Iterable[Seat], *, at: datetime, sequence: int) -> None:
    """Whoever else comes hears that somebody is looked for beside them, and that their own place stands."""
    if visit.status != VisitStatus.CONFIRMED:
        return
    for seat in coming:
        assert seat.ambassador is not None
        post(
            notifications.other_withdrew,
            to=seat.ambassador.user,
            due_at=at,
            visit_id=visit.pk,
            seat_id=seat.pk,
            sequence=sequence,
        )


def _call_off(
    visit: Visit, name: str, *, reason: CancelReason, by: "User | None", at: datetime, on_behalf_of: str
) -> None:
    """Seats keep the names of who would have come; their hours are free again."""
    VISIT.move(
        visit,
        name,
        by=by,
        at=at,
        reason=reason,
        on_behalf_of=on_behalf_of,
        sequence=visit.sequence + 1,
        changed_at=at,
    )
    Commitment.objects.filter(seat__visit=visit).delete()
    withdraw_live_offers(visit, by=by, at=at)
    let_proposal_lapse(visit, at=at)
    tell_both(notifications.visit_cancelled, visit, at=at)
    text_called_off(visit, by=by, at=at)


def _start_over(visit: Visit, *, at: datetime) -> None:
    """After a visit was lost too late to replace: look again where another possible time is still to come.

    A series goes on with its other meetings.
    """
    request = Request.objects.locked(visit.request)
    if request.is_series:
        return
    if REQUEST.can(request, "reopen"):
        REQUEST.move(request, "reopen", by=None, at=at)
    # The time that was lost is none of them: nobody could be found for it any more.
    assert visit.starts_at is not None
    request.possible_times.filter(starts_at=visit.starts_at).delete()
    if request.possible_times.filter(starts_at__gt=at).exists():
        make_visit(request, at=at)
        reckon_priorities([request], at=at)
    elif REQUEST.can(request, "give_up"):
        REQUEST.move(request, "give_up", by=None, at=at)


def tell_both(fact: Fact, visit: Visit, *, at: datetime) -> None:
    """A letter to the school's contact and to everyone with a seat; a later change of the visit is another letter."""
    post(fact, to=visit.request.contact.user, due_at=at, visit_id=visit.pk, seat_id=0, sequence=visit.sequence)
    for seat in visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user"):
        assert seat.ambassador is not None
        post(fact, to=seat.ambassador.user, due_at=at, visit_id=visit.pk, seat_id=seat.pk, sequence=visit.sequence)
