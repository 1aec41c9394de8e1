"""Giving a visit the time that everyone has agreed to: its lessons, the hours that bind people, and both calendars."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bookings import eligibility, notifications
from bookings.between import reasons_too_tight
from bookings.models import Commitment, Proposal, Seat, Session, Visit
from bookings.operations.asking import withdraw_live_offers
from bookings.operations.freeing import let_shadow_go
from bookings.operations.texting import text_moved
from bookings.operations.visits import tell_both
from bookings.queries.proposals import managing
from bookings.workflow import VISIT
from schools.permissions import looks_after
from stem.moments import day_of
from stem.policy.values import values
from stem.promises import kept
from stem.rules import Kind, Reason, refuse_if_any
from stem.wording import interval_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


def move_visit(
    visit: Visit, seats: Iterable[Seat], proposal: Proposal, *, by: "User", at: datetime, on_behalf_of: str
) -> None:
    """Move a visit to the time that was proposed, for everyone who has one of these seats, and tell all.

    Whoever was to watch said yes to the old time, and is let go. The caller holds the people, the visit, its seats and
    the proposal. Refuses with `past`; with the reasons of `eligibility.reasons_cannot_keep`, or `too_tight`, for
    whoever agrees themselves, and for their coordinator; and with `cannot_then` for all others, who learn no more.
    """
    let_shadow_go(visit, at=at)
    promised = day_of(proposal.was_starts_at)
    _shift_lessons(visit, proposal)
    times = {"starts_at": proposal.starts_at, "ends_at": proposal.ends_at}
    note = _("%(before)s → %(after)s") % {
        "before": interval_in_words(proposal.was_starts_at, proposal.was_ends_at),
        "after": interval_in_words(proposal.starts_at, proposal.ends_at),
    }
    VISIT.note(
        visit,
        "change_time",
        by=by,
        at=at,
        note=note,
        on_behalf_of=on_behalf_of,
        sequence=visit.sequence + 1,
        changed_at=at,
        **times,
    )
    managed = managing(proposal)
    # Behind the new time, so that the day from which it moves counts no longer; who is refused leaves all as it was.
    for seat in seats:
        _check_can_keep(visit, seat, promised=promised, manages_journey=seat.pk in managed, by=by, at=at)
        clash = eligibility.clashing() if _may_know(visit, seat, by) else _cannot_then()
        with kept(Commitment, one_place_at_a_time=clash):
            Commitment.objects.filter(seat=seat).update(**times)
    # Whoever is asked for a seat beside theirs was asked for the old time.
    withdraw_live_offers(visit, by=None, at=at)
    tell_both(notifications.visit_changed, visit, at=at)
    text_moved(visit, was=proposal.was_starts_at, by=by, at=at)


def _check_can_keep(
    visit: Visit, seat: Seat, *, promised: date, manages_journey: bool, by: "User", at: datetime
) -> None:
    """Whoever has this seat can come at the visit's new time, and from another visit. Refuses as `move_visit` does."""
    assert seat.ambassador is not None and visit.starts_at is not None and visit.ends_at is not None
    reasons = eligibility.reasons_cannot_keep(seat.ambassador, visit, promised=promised, at=at)
    if not reasons and not manages_journey:
        # They may have said yes to the other visit after they agreed to this.
        buffer, interval = values(on=day_of(at))["buffer_minutes"], (visit.starts_at, visit.ends_at)
        reasons = reasons_too_tight(seat.ambassador, visit, interval, buffer=buffer)
    may_know = _may_know(visit, seat, by)
    refuse_if_any([each if may_know or each.code == "past" else _cannot_then() for each in reasons])


def _cannot_then() -> Reason:
    """What anyone hears of somebody else who cannot come then."""
    words = _("Not everyone who comes can be there at that time. The visit stays as it is.")
    return Reason("cannot_then", Kind.CONFLICT, words)


def _may_know(visit: Visit, seat: Seat, by: "User") -> bool:
    """Whether somebody may learn why this person cannot come then: they themselves, and their coordinator."""
    return (seat.ambassador is not None and seat.ambassador.user_id == by.pk) or looks_after(by, visit.request.school)


def _shift_lessons(visit: Visit, proposal: Proposal) -> None:
    """Let the lessons go along, as long as they were and within the visit; one that filled it fills it."""
    lessons, was = list(visit.sessions.all()), (proposal.was_starts_at, proposal.was_ends_at)
    if len(lessons) == 1 and (lessons[0].starts_at, lessons[0].ends_at) == was:
        Session.objects.filter(pk=lessons[0].pk).update(starts_at=proposal.starts_at, ends_at=proposal.ends_at)
        return
    later = proposal.starts_at - proposal.was_starts_at
    for lesson in lessons:
        starts_at = max(lesson.starts_at + later, proposal.starts_at)
        ends_at = min(lesson.ends_at + later, proposal.ends_at)
        if starts_at < ends_at:
            Session.objects.filter(pk=lesson.pk).update(starts_at=starts_at, ends_at=ends_at)
        else:
            lesson.delete()
    if not visit.sessions.exists():
        group = visit.request.year_groups
        Session.objects.create(visit=visit, starts_at=proposal.starts_at, ends_at=proposal.ends_at, group=group)
