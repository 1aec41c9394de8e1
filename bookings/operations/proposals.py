"""Another time for a visit on which people have said yes: proposed by one side, agreed to by all others, or not."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import eligibility, notifications, permissions
from bookings.between import check_gap
from bookings.enums import CancelReason, ProposalStatus, Side
from bookings.ladder import answer_within
from bookings.models import Agreement, Proposal, Seat, Visit
from bookings.operations.moving import move_visit
from bookings.operations.promised import lock_people_of
from bookings.queries.proposals import THE_SCHOOL, agreed_to, asked_by, proposer_of
from bookings.workflow import PROPOSAL
from stem.letters.drafts import Fact
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import values
from stem.promises import kept
from stem.rules import Kind, Reason, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Wish:
    """When somebody would like a visit to be, and why: in words for the others, and as a code for the scheme (T-40)."""

    starts_at: datetime
    ends_at: datetime
    words: str
    reason: CancelReason | None = None
    # Why on a day on which the school has no visitors: its own to say (T-11).
    all_the_same: str = ""
    # Whoever comes can get there from another visit, however little time there is: theirs to say (T-22).
    manages_journey: bool = False


@transaction.atomic
def propose_time(*, visit: Visit, seat: Seat | None, wish: Wish, by: "User", at: datetime) -> Proposal:
    """Ask everyone else concerned whether a visit may be at another time; until all agree it stays where it is.

    For the school, or with a `seat` for whoever has it; a coordinator's event says for whom they did it. The others
    have three days, or one when the visit is near, and never longer than until it begins. Refuses with
    `not_for_school`, `not_yours`, `state`, `proposed_before`, or as `_check_wish` does.
    """
    visit = Visit.objects.locked(visit)
    seat = Seat.objects.locked(seat) if seat is not None else None
    permissions.check_may_speak_for(by, visit, seat)
    if not eligibility.can_be_moved(visit, at):
        raise refuse("state", Kind.STATE, _("Only a visit with people, that is still to come, can be moved."))
    _check_wish(visit, seat, wish, at)
    _let_overdue_lapse(visit, at)
    before = Reason("proposed_before", Kind.STATE, _("Another time is proposed already. Settle that one first."))
    if visit.proposals.open().exists():
        refuse_if_any([before])
    assert visit.starts_at is not None and visit.ends_at is not None
    with kept(Proposal, one_open_proposal_per_visit=before):
        proposal = Proposal.objects.create(
            visit=visit,
            side=Side.SCHOOL if seat is None else Side.AMBASSADOR,
            seat=seat,
            made_at=at,
            lapses_at=_lapses_at(visit, wish, at),
            was_starts_at=visit.starts_at,
            was_ends_at=visit.ends_at,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            words=wish.words.strip(),
            reason=wish.reason or "",
            all_the_same=wish.all_the_same.strip(),
            manages_journey=seat is not None and wish.manages_journey,
        )
    why = "\n".join(filter(None, [proposal.get_reason_display(), proposal.words, proposal.all_the_same]))
    PROPOSAL.note(proposal, "propose", by=by, at=at, note=why, on_behalf_of=_on_behalf_of(by, visit, seat))
    _tell(notifications.proposal_made, proposal, asked_by(proposal, _taken(visit)), at=at)
    return proposal


def _check_wish(visit: Visit, seat: Seat | None, wish: Wish, at: datetime) -> None:
    """The time makes sense, and whoever wishes for it says why.

    Refuses with `words`, `time_order`, `one_day`, `past`, `same_time`; with `reason` where a visit is put off to a
    later day without its code (T-40); as `_check_own_time`; and with `all_the_same` for a school on a day without
    visitors unless it says why then (T-11), or with `closed` for anyone else.
    """
    if not wish.words.strip():
        raise refuse("words", Kind.INPUT, _("Say in a few words why."))
    if wish.ends_at <= wish.starts_at:
        raise refuse("time_order", Kind.INPUT, _("The finish has to be later than the start."))
    if day_of(wish.starts_at) != day_of(wish.ends_at):
        raise refuse("one_day", Kind.INPUT, _("A visit begins and ends on one day."))
    if wish.starts_at <= at:
        raise refuse("past", Kind.INPUT, _("Give a time that is still to come."))
    if (wish.starts_at, wish.ends_at) == (visit.starts_at, visit.ends_at):
        raise refuse("same_time", Kind.INPUT, _("Give another time than the one it has already."))
    assert visit.starts_at is not None
    if day_of(wish.starts_at) > day_of(visit.starts_at) and wish.reason is None:
        raise refuse("reason", Kind.INPUT, _("Choose what keeps the visit from its day."))
    if seat is not None:
        _check_own_time(visit, seat, (wish.starts_at, wish.ends_at), wish.manages_journey, at)
    closed = eligibility.reasons_closed_on(visit, day_of(wish.starts_at))
    if seat is not None:
        refuse_if_any(Reason("closed", Kind.INPUT, why.truth) for why in closed)
    elif not wish.all_the_same.strip():
        refuse_if_any(Reason("all_the_same", Kind.INPUT, why.truth) for why in closed)


def _check_own_time(
    visit: Visit, seat: Seat, interval: eligibility.Interval, manages_journey: bool, at: datetime
) -> None:
    """Whoever has this seat could come themselves then.

    Refuses with `clash` where they are promised elsewhere, or with `too_tight` so near to another visit that they have
    to say that they can manage the journey (T-22).
    """
    assert seat.ambassador is not None
    refuse_if_any(eligibility.reasons_elsewhere(seat.ambassador, visit, *interval, at))
    if not manages_journey:
        check_gap(seat.ambassador, visit, interval, buffer=values(on=day_of(at))["buffer_minutes"])


def _lapses_at(visit: Visit, wish: Wish, at: datetime) -> datetime:
    """Until when an answer is waited for: as for an offer (E-32), and never beyond either time."""
    assert visit.starts_at is not None
    nearest = min(visit.starts_at, wish.starts_at)
    return min(at + answer_within(nearest, at, values(on=day_of(at))), nearest)


def _let_overdue_lapse(visit: Visit, at: datetime) -> None:
    """End one whose time to answer has run out and that no sweep has come to yet. The caller holds the visit."""
    for overdue in Proposal.objects.select_for_update(no_key=True, of=("self",)).due_to_lapse(at).filter(visit=visit):
        _lapse(overdue, at=at)


@transaction.atomic
def agree_proposal(
    *,
    proposal: Proposal,
    seat: Seat | None,
    by: "User",
    at: datetime,
    all_the_same: str = "",
    manages_journey: bool = False,
) -> Proposal:
    """Say yes to another time, for the school or with a `seat` for whoever has it; with the last yes the visit moves.

    Refuses with `not_for_school`, `not_yours`, `not_asked`, `agreed_before`, `lapsed`, `state`, or for a seat as
    `_check_own_time` does; with the last yes also as `_check_open_then` and `operations.moving.move_visit` do, and
    then this yes is not taken either.
    """
    lock_people_of(proposal.visit)
    visit, seats, proposal = _held(proposal)
    seat = next((each for each in seats if seat is not None and each.pk == seat.pk), seat)
    permissions.check_may_speak_for(by, visit, seat)
    _check_asked(proposal, seats, seat, at)
    key, agreed = _key(seat), agreed_to(proposal)
    if key in agreed:
        raise refuse("agreed_before", Kind.STATE, _("You have agreed already. We wait for somebody else."))
    if seat is not None:
        _check_own_time(visit, seat, (proposal.starts_at, proposal.ends_at), manages_journey, at)
    manages = seat is not None and manages_journey
    Agreement.objects.create(proposal=proposal, seat=seat, agreed_at=at, manages_journey=manages)
    on_behalf_of = _on_behalf_of(by, visit, seat)
    if set(asked_by(proposal, seats)) - agreed - {key}:
        PROPOSAL.note(proposal, "agree_for_one", by=by, at=at, on_behalf_of=on_behalf_of)
        return proposal
    because = proposal.all_the_same or (all_the_same.strip() if seat is None else "")
    _check_open_then(visit, proposal, because, is_school=seat is None)
    PROPOSAL.move(proposal, "agree", by=by, at=at, on_behalf_of=on_behalf_of, all_the_same=because)
    move_visit(visit, seats, proposal, by=by, at=at, on_behalf_of=on_behalf_of)
    return proposal


def _check_open_then(visit: Visit, proposal: Proposal, because: str, *, is_school: bool) -> None:
    """The school has visitors then, or says why then all the same (T-11).

    Refuses with `all_the_same` for a school that may still say so, or with `closed`.
    """
    if not because:
        closed = eligibility.reasons_closed_on(visit, day_of(proposal.starts_at))
        code = "all_the_same" if is_school else "closed"
        refuse_if_any(Reason(code, Kind.INPUT, why.truth) for why in closed)


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, seat: Seat | None, by: "User", at: datetime, words: str = "") -> None:
    """Say no to another time: one no ends it, the visit stays where it is, and everyone else hears so.

    Whoever agreed may think again while others are waited for. Refuses with `not_for_school`, `not_yours`, `not_asked`,
    `lapsed` or `state`.
    """
    visit, seats, proposal = _held(proposal)
    seat = next((each for each in seats if seat is not None and each.pk == seat.pk), seat)
    permissions.check_may_speak_for(by, visit, seat)
    _check_asked(proposal, seats, seat, at)
    on_behalf_of = _on_behalf_of(by, visit, seat)
    PROPOSAL.move(proposal, "refuse", by=by, at=at, note=words.strip(), on_behalf_of=on_behalf_of)
    _tell_all_but(_key(seat), proposal, seats, at=at)


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: "User", at: datetime) -> None:
    """Take back another time that one has proposed; whoever was asked no longer needs to answer.

    Refuses with `not_for_school`, `not_yours` or `state`.
    """
    visit, seats, proposal = _held(proposal)
    seat = next((each for each in seats if each.pk == proposal.seat_id), None)
    permissions.check_may_speak_for(by, visit, seat)
    PROPOSAL.move(proposal, "withdraw", by=by, at=at, on_behalf_of=_on_behalf_of(by, visit, seat))
    _tell_all_but(proposer_of(proposal), proposal, seats, at=at)


def lapse_proposals(*, at: datetime) -> int:
    """Let proposals lapse whose time to answer has run out; how many. A sweep: it may run twice, or late."""
    lapsed = 0
    for due in Proposal.objects.due_to_lapse(at):
        with transaction.atomic():
            _visit, _seats, proposal = _held(due)
            if PROPOSAL.can(proposal, "lapse"):
                _lapse(proposal, at=at)
                lapsed += 1
    return lapsed


def _lapse(proposal: Proposal, *, at: datetime) -> None:
    """Let one lapse, and tell everyone concerned. The caller holds the visit and the proposal."""
    PROPOSAL.move(proposal, "lapse", by=None, at=at)
    _tell_all_but(None, proposal, _taken(proposal.visit), at=at)


def _held(proposal: Proposal) -> tuple[Visit, list[Seat], Proposal]:
    """The visit, its leads' seats and the proposal as they are now, held in the order in which everyone locks."""
    visit = Visit.objects.locked(proposal.visit)
    held = Seat.objects.select_for_update(no_key=True, of=("self",)).leads()
    held = held.filter(visit=visit, ambassador__isnull=False)
    seats = list(held.select_related("ambassador__user").order_by("pk"))
    proposal = Proposal.objects.locked(proposal)
    proposal.visit = visit
    return visit, seats, proposal


def _taken(visit: Visit) -> list[Seat]:
    """The seats of this visit that somebody has."""
    return list(visit.seats.filter(ambassador__isnull=False).select_related("ambassador__user").order_by("pk"))


def _key(seat: Seat | None) -> int:
    """Whose word it is."""
    return seat.pk if seat is not None else THE_SCHOOL


def _check_asked(proposal: Proposal, seats: list[Seat], seat: Seat | None, at: datetime) -> None:
    """An answer is waited for from this side. Refuses with `not_asked`, `lapsed` or `state`."""
    if proposal.status == ProposalStatus.PROPOSED and proposal.lapses_at <= at:
        raise refuse("lapsed", Kind.STATE, _("The time to answer has run out. The visit stays as it is."))
    PROPOSAL.check(proposal, "agree")
    if _key(seat) not in asked_by(proposal, seats):
        raise refuse("not_asked", Kind.STATE, _("It is for the others to answer this."))


def _on_behalf_of(by: "User", visit: Visit, seat: Seat | None) -> str:
    """For whom somebody acts who does not act for themselves: it stands in the history for ever."""
    if not permissions.speaks_for_another(by, visit, seat):
        return ""
    return str(seat.ambassador if seat is not None else visit.request.contact.user)


def _tell(fact: Fact, proposal: Proposal, whom: list[int], *, at: datetime) -> None:
    """Owe each of these a letter; for nought it is the school's contact."""
    seats = {seat.pk: seat for seat in _taken(proposal.visit)}
    for key in whom:
        person = seats[key].ambassador if key in seats else None
        user = person.user if person is not None else proposal.visit.request.contact.user
        post(fact, to=user, due_at=at, proposal_id=proposal.pk, seat_id=key)


def _tell_all_but(who: int | None, proposal: Proposal, seats: list[Seat], *, at: datetime) -> None:
    """Tell everyone concerned that it came to nothing, but whoever did it themselves."""
    concerned = [proposer_of(proposal), *asked_by(proposal, seats)]
    _tell(notifications.proposal_ended, proposal, [each for each in concerned if each != who], at=at)
