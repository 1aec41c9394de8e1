"""Asking a class about a visit: its code, its answers, and what becomes of them when its days are over (rule 2.2)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from secrets import choice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.models import Seat, Visit
from quality import permissions
from quality.eligibility import may_answer, reasons_cannot_begin, reasons_cannot_count_hands, reasons_not_open
from quality.instruments import for_class, load_instrument
from quality.models import Poll, Remark, Slip
from quality.models.poll import LONGEST_CODE
from quality.operations.cases import open_case_of_class
from quality.suppression import makes_a_pool
from quality.triggers import left_no_room
from quality.workflow import POLL
from schools.queries.school_time import school_time
from stem.accounts.codes import LETTERS
from stem.audit.origin import acting
from stem.moments import day_of, moment
from stem.policy.values import value
from stem.rules import Kind, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User

DAY = timedelta(days=1)


@transaction.atomic
def begin_poll(*, visit: Visit, by_hands: bool, by: "User", at: datetime) -> Poll:
    """Give the class of a visit its code, from the visit's day on; where it has one, that one is its code.

    It opens when the visit starts, and closes at the end of the fifth school day, that of the visit among them
    (rule G-10). Refuses with `not_for_school`, `not_there`, `too_early` or `too_late`.
    """
    visit = Visit.objects.locked(visit)
    permissions.check_may_poll(by, visit)
    begun = Poll.objects.filter(visit=visit).first()
    if begun is not None:
        return begun
    closes_at = closing_of(visit)
    refuse_if_any(reasons_cannot_begin(visit, closes_at=closes_at, at=at))
    assert visit.starts_at is not None
    assert closes_at is not None
    poll = Poll.objects.create(
        visit=visit,
        instrument=for_class(visit.request.stage, by_hands=by_hands),
        code=_new_code(),
        opens_at=max(visit.starts_at, at),
        closes_at=closes_at,
        planned=visit.request.pupils,
    )
    POLL.note(poll, "begin", by=by, at=at)
    return poll


def closing_of(visit: Visit) -> datetime | None:
    """When a class may say no more of a visit: at the end of its last school day; None of a visit without a time."""
    if visit.starts_at is None:
        return None
    day = day_of(visit.starts_at)
    days = value("pupil_window_school_days", on=day)
    return moment(school_time(visit.request.school).add_school_days(day, days - 1) + DAY, time.min)


def _new_code() -> str:
    """Eight letters that no other class has or had: of the codes open at a time nobody guesses one."""
    while True:
        code = "".join(choice(LETTERS) for _position in range(LONGEST_CODE))
        if not Poll.objects.filter(code=code).exists():
            return code


@transaction.atomic
def open_poll_now(*, poll: Poll, by: "User", at: datetime) -> None:
    """Take answers before the time at which the visit was to start. Refuses with `not_for_school` or `state`."""
    poll = _of_school(poll, by)
    if poll.opens_at > at:
        POLL.note(poll, "open_now", by=by, at=at, opens_at=at)


@transaction.atomic
def end_poll(*, poll: Poll, by: "User", at: datetime) -> None:
    """Take no more answers: all have answered. Refuses with `not_for_school` or `state`."""
    _close(_of_school(poll, by), "close", by=by, at=at)


def _of_school(poll: Poll, by: "User") -> Poll:
    """The poll, locked and open, for somebody who acts for its school."""
    poll = Poll.objects.locked(poll)
    permissions.check_may_poll(by, poll.visit)
    POLL.check(poll, "close")
    return poll


def hand_in(*, poll: Poll, answers: Mapping[str, Any], slip: UUID, at: datetime) -> None:
    """Count one sheet, once; what was written on it is kept apart from it. Whoever has the code may (rule G-10).

    One more than there were pupils stops the poll until somebody has looked at it. Refuses with `not_open_yet`,
    `closed`, `nothing_said` or `too_many`.
    """
    if not _counted(poll, answers, slip, at):
        raise refuse(
            "too_many",
            Kind.STATE,
            _("As many have answered as there were pupils, so this code takes no more. Tell your teacher."),
        )


@transaction.atomic
def _counted(poll: Poll, answers: Mapping[str, Any], slip: UUID, at: datetime) -> bool:
    """Whether it was counted, now or before; where there is no room for it, the poll is stopped."""
    poll = Poll.objects.locked(poll)
    if Slip.objects.filter(poll=poll, number=slip).exists():
        return True
    refuse_if_any(reasons_not_open(poll, at))
    questions = [each for each in load_instrument(poll.instrument).questions if answers.get(each.code)]
    if not questions:
        raise refuse("nothing_said", Kind.INPUT, _("Answer at least one question."))
    if poll.handed_in >= may_answer(poll):
        # Nobody's device, nor the network that it is in, is put on record with it.
        with acting(page="", part="", request="", address=""):
            POLL.move(poll, "stop", by=None, at=at)
        return False
    for each in questions:
        answer = str(answers[each.code])
        if each.kind == "text":
            Remark.objects.create(poll=poll, text=answer)
        else:
            said = poll.counts.setdefault(each.code, {})
            said[answer] = said.get(answer, 0) + 1
    Slip.objects.create(poll=poll, number=slip)
    poll.handed_in += 1
    poll.save(update_fields=["counts", "handed_in"])
    return True


@transaction.atomic
def count_hands(*, poll: Poll, counts: Mapping[str, Mapping[str, int]], by: "User", at: datetime) -> None:
    """Take down a show of hands, and close: it is all that the class says.

    Refuses with `not_for_school`, `state`, `not_by_hands`, `not_open_yet`, `closed`, `nothing_said` or `too_many`.
    """
    poll = _of_school(poll, by)
    refuse_if_any([*reasons_not_open(poll, at), *reasons_cannot_count_hands(poll, counts)])
    poll.counts = {code: dict(each) for code, each in counts.items()}
    poll.handed_in = max(sum(each.values()) for each in counts.values())
    poll.save(update_fields=["counts", "handed_in"])
    _close(poll, "close", by=by, at=at)


def close_polls(*, at: datetime) -> int:
    """Close the polls whose days are over; how many. A sweep."""
    closed = 0
    for pk in list(Poll.objects.over_by(at).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            poll = Poll.objects.over_by(at).select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
            if poll is not None:
                _close(poll, "close", by=None, at=at)
                closed += 1
    return closed


@transaction.atomic
def count_poll(*, poll: Poll, by: "User", at: datetime) -> None:
    """Let a poll count that was stopped: more pupils were there than was known.

    Refuses with `not_quality` or `state`.
    """
    poll = Poll.objects.locked(poll)
    permissions.check_may_read_poll(by, poll)
    _close(poll, "count", by=by, at=at)


@transaction.atomic
def leave_out_poll(*, poll: Poll, by: "User", at: datetime) -> None:
    """Leave out what was answered with a code that others had: its answers go.

    Refuses with `not_quality` or `state`.
    """
    poll = Poll.objects.locked(poll)
    permissions.check_may_read_poll(by, poll)
    POLL.move(poll, "leave_out", by=by, at=at, closed_at=at, counts={})
    Slip.objects.filter(poll=poll).delete()


def _close(poll: Poll, name: str, *, by: "User | None", at: datetime) -> None:
    """Let what was answered count, once and for all: alone, or with others where so few have answered (rule N-01).

    The teacher may have counted fewer pupils since than have answered: then somebody looks at it first. The caller
    holds the row.
    """
    if name == "close" and poll.handed_in > may_answer(poll):
        POLL.move(poll, "stop", by=None, at=at)
        return
    POLL.move(poll, name, by=by, at=at, closed_at=at)
    Slip.objects.filter(poll=poll).delete()
    _join_pool(poll, least=value("pupil_min_n", on=day_of(at)))
    if left_no_room(poll.counts.get("P11", {})):
        open_case_of_class(poll.visit, at=at)


def _join_pool(poll: Poll, *, least: int) -> None:
    """Tell of a small class together with those of the same ambassador that wait, where they are enough now."""
    leads = [seat.ambassador for seat in poll.visit.seats.leads().select_related("ambassador")]
    if not 0 < poll.handed_in < least or len(leads) != 1 or leads[0] is None:
        return
    # Of two of their classes that close at once, the second sees the first.
    person = Ambassador.objects.locked(leads[0])
    theirs = Seat.objects.leads().filter(ambassador=person).values("visit")
    waiting = Poll.objects.waiting_for_others(least).filter(instrument=poll.instrument, visit__in=theirs)
    rows = list(waiting.values_list("pk", "visit__request__school", "handed_in"))
    if makes_a_pool([(school, answers) for _pk, school, answers in rows], least):
        Poll.objects.filter(pk__in=[pk for pk, *_rest in rows]).update(told_with=poll.pk)


@transaction.atomic
def read_remarks(*, poll: Poll, by: "User", at: datetime) -> int:
    """Put on record that what pupils of this class wrote has been read; how much. Refuses with `not_quality`."""
    poll = Poll.objects.locked(poll)
    permissions.check_may_read_poll(by, poll)
    read = poll.remarks.unread().update(read_at=at)
    if read:
        POLL.note(poll, "read", by=by, at=at)
    return read
