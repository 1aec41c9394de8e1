"""Opening a case where a rule gives reason for it, hearing the person, and deciding (rule 2.5)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors.eligibility import nation_of
from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import OfferEvent, Seat, Visit
from bookings.operations.standing import hold_back
from bookings.queries.coordinators import who_look_after
from quality import notifications, permissions
from quality.eligibility import reasons_cannot_be_asked, reasons_cannot_decide
from quality.enums import CaseOutcome, CaseRule, FeedbackSide
from quality.histories import history_of_person, history_of_school, missed_by
from quality.models import Case, Feedback
from quality.triggers import DEADLINE, YEAR, missed
from quality.workflow import CASE
from schools.models import School
from stem.accounts.roles import Role
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Kind, refuse, refuse_if_any
from stem.workdays import add_working_days

if TYPE_CHECKING:
    from stem.accounts.models import User

# Working days in which somebody may say how it was (rule 2.5).
REPLY_DAYS = 10


def open_cases_after(feedback: Feedback, *, at: datetime) -> list[Case]:
    """Open a case for each reason that this form gives, by itself or with those before it and after it.

    About whoever led the visit; by an ambassador's form, about the school as well (R9). Nobody's state changes. Where
    a case of the same rule is waiting already, it says that there is more. Whoever looks after the school is told.
    """
    visit, opened = feedback.visit, []
    leads = visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador")
    for person in sorted({seat.ambassador for seat in leads if seat.ambassador is not None}, key=lambda each: each.pk):
        history = history_of_person(person, at=at)
        for found in history.fired_since(visit.pk):
            opened += _open(found.rule, found.visits, history.evidence(found), at=at, ambassador=person)
    if feedback.side == FeedbackSide.AMBASSADOR:
        history = history_of_school(visit.request.school, at=at)
        for found in history.school_called_since(visit.pk):
            opened += _open(found.rule, found.visits, history.evidence(found), at=at, school=visit.request.school)
    return opened


def open_case_of_class(visit: Visit, *, at: datetime) -> list[Case]:
    """Open a case because a class did not feel left to make up its own mind (R5), about whoever led its visit.

    Its evidence is that visit, and nothing of what any pupil answered.
    """
    seen: list[dict[str, Any]] = [{"visit": visit.pk, "form": None, "said": {}, "what": "class"}]
    leads = visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador").order_by("ambassador")
    opened = []
    for seat in leads:
        opened += _open(CaseRule.R5, [visit.pk], seen, at=at, ambassador=seat.ambassador)
    return opened


def open_case_about_words(feedback: Feedback, *, at: datetime) -> list[Case]:
    """Open a case because of what a school wrote, about whoever led the visit; its evidence is the form alone.

    What was written is passed on to nobody by it. Refuses with `not_about_person` of an ambassador's form, or where
    nobody led the visit.
    """
    lead = feedback.visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador").first()
    if feedback.side != FeedbackSide.TEACHER or lead is None or lead.ambassador is None:
        raise refuse("not_about_person", Kind.STATE, _("A case is about whoever came: ring the school instead."))
    seen = {"visit": feedback.visit_id, "form": feedback.pk, "said": {}, "what": "words"}
    return _open(CaseRule.WORDS, [feedback.visit_id], [seen], at=at, ambassador=lead.ambassador)


def open_missed_cases(*, at: datetime) -> int:
    """Open a case about whoever did not come to a visit, or gave back two too late, in twelve months (R4); how many.

    A sweep: what a person missed last gives reason for one case, whatever became of it.
    """
    since = at - YEAR
    stood_up = Seat.objects.leads().filter(
        visit__status=VisitStatus.NO_SHOW_BY_AMBASSADOR, visit__starts_at__gt=since, visit__starts_at__lte=at
    )
    gave_back = OfferEvent.objects.filter(kind="release", at__gt=since).exclude(by=None)
    concerned = Q(pk__in=stood_up.values("ambassador")) | Q(pk__in=gave_back.values("offer__ambassador"))
    return sum(_open_missed(person, at=at) for person in Ambassador.objects.filter(concerned).order_by("pk"))


@transaction.atomic
def _open_missed(person: Ambassador, *, at: datetime) -> int:
    """The same about one person."""
    seen = missed_by(person, at=at)
    if not missed([*seen.no_shows.values()], [*seen.late.values()], day_of(at)):
        return 0
    last = max((day, visit) for visit, day in {**seen.no_shows, **seen.late}.items())[1]
    evidence = [_event("no_show", visit, day) for visit, day in sorted(seen.no_shows.items())]
    evidence += [_event("late", visit, day) for visit, day in sorted(seen.late.items())]
    return len(_open(CaseRule.R4, [last], evidence, at=at, ambassador=person))


def _event(what: str, visit: int, day: date) -> dict[str, Any]:
    """What happened to one visit, as evidence."""
    return {"visit": visit, "form": None, "said": {}, "what": what, "on": day.isoformat()}


def _open(
    rule: CaseRule,
    visits: Collection[int],
    evidence: list[dict[str, Any]],
    *,
    at: datetime,
    ambassador: Ambassador | None = None,
    school: School | None = None,
) -> list[Case]:
    """Open a case about a person or a school, unless one of this rule was opened for this visit, or still waits."""
    visit = Visit.objects.select_related("request__school").get(pk=list(visits)[-1])
    about = {"ambassador": ambassador, "school": school}
    waiting = Case.objects.undecided().filter(rule=rule, **about).first()
    if waiting is not None:
        if waiting.visit_id != visit.pk and not waiting.events.filter(kind="again", note=str(visit.pk)).exists():
            CASE.note(waiting, "again", by=None, at=at, note=str(visit.pk))
        return []
    act_by = add_working_days(day_of(at), DEADLINE[rule], Nation(visit.request.school.nation))
    # Of two forms that come in together, one opens it.
    case, is_new = Case.objects.get_or_create(
        rule=rule, visit=visit, **about, defaults={"evidence": evidence, "opened_at": at, "act_by": act_by}
    )
    if not is_new:
        return []
    CASE.note(case, "open", by=None, at=at)
    for user in who_look_after(visit.request.school, Role.COORDINATOR, Role.QUALITY_MANAGER, at=at):
        post(notifications.case_opened, to=user, due_at=at, case_id=case.pk, user_id=user.pk)
    return [case]


@transaction.atomic
def take_case(*, case: Case, by: "User", at: datetime) -> None:
    """Be the one who sees to it; whoever did so far no longer does. Refuses with `not_quality` or `state`."""
    case = _held(case, by)
    _check_undecided(case)
    if case.handler_id != by.pk:
        CASE.note(case, "take", by=by, at=at, handler=by)


@transaction.atomic
def note_on_case(*, case: Case, note: str, by: "User", at: datetime) -> None:
    """Put on record what was done, such as a call to the school; the same again at once is one.

    Refuses with `not_quality`, `state` or `no_note`.
    """
    case, words = _held(case, by), note.strip()
    _check_undecided(case)
    _check_note(words)
    last = case.events.last()
    if last is None or (last.kind, last.by_id, last.note) != ("note", by.pk, words):
        CASE.note(case, "note", by=by, at=at, note=words)


@transaction.atomic
def ask_for_reply(*, case: Case, words: str, by: "User", at: datetime) -> None:
    """Ask the person how it was from their side: they have ten working days, and read what the school answered.

    Refuses with `not_quality`, `state`, `no_words`, `not_a_person` of a school, `no_account` where they cannot open
    the page, or `not_revealed` while the other side's form is not theirs to know (G-02).
    """
    case = _held(case, by)
    CASE.check(case, "ask")
    refuse_if_any(reasons_cannot_be_asked(case, words, hidden=_hidden_forms(case, at)))
    assert case.ambassador is not None
    reply_by = add_working_days(day_of(at), REPLY_DAYS, nation_of(case.ambassador))
    CASE.move(case, "ask", by=by, at=at, asked=words.strip(), reply_by=reply_by, handler=by)
    post(notifications.case_asked, to=case.ambassador.user, due_at=at, case_id=case.pk)


def _hidden_forms(case: Case, at: datetime) -> int:
    """How many of the forms that its rule saw the other side may not know of yet."""
    return len(case.forms) - Feedback.objects.revealed(at).filter(pk__in=case.forms).count()


@transaction.atomic
def reply_to_case(*, case: Case, words: str, by: "User", at: datetime, on_behalf_of: str = "") -> None:
    """Say how it was: in the person's own words, or as they told it to whoever rang them.

    Refuses with `not_yours`, `not_quality`, `state` or `no_words`.
    """
    case = Case.objects.locked(case)
    permissions.check_may_reply(by, case)
    CASE.check(case, "reply")
    if not words.strip():
        raise refuse("no_words", Kind.INPUT, _("Say how it was, in a sentence or more."))
    CASE.move(case, "reply", by=by, at=at, on_behalf_of=on_behalf_of, reply=words.strip())
    handler = case.handler
    if handler is not None and handler.pk != by.pk:
        post(notifications.case_answered, to=handler, due_at=at, case_id=case.pk, user_id=handler.pk)


@transaction.atomic
def decide_case(
    *,
    case: Case,
    outcome: CaseOutcome,
    note: str,
    told: str,
    until: date | None = None,
    by: "User",
    at: datetime,
) -> None:
    """Decide, for these reasons, and tell the person in these words; a pause keeps them from visits until a day.

    Whatever the outcome, what it rests on stays. A pause, and an end, is a hold: what was promised for those days is
    given back at once. Refuses with `not_quality`, `state`, `no_note`, `no_words` where they were asked or it is not
    for nothing, `rated_it` to whoever rated one of its visits, `reply_first` or `reply_waits` before they were heard,
    `not_for_school`, `until`, or as `hold_back` does.
    """
    case = _held(case, by)
    CASE.check(case, "decide")
    reasons = reasons_cannot_decide(case, outcome, note=note, told=told, until=until, on=day_of(at))
    refuse_if_any([*reasons, *permissions.reasons_rated_it(by, case)])
    if outcome in (CaseOutcome.PAUSE, CaseOutcome.END):
        assert case.ambassador is not None
        hold_back(
            ambassador=case.ambassador,
            kind=HoldKind.QUALITY,
            truth=_("Quality review %(reference)s.") % {"reference": case.reference},
            starts_on=day_of(at),
            ends_on=until if outcome == CaseOutcome.PAUSE else None,
            by=by,
            at=at,
        )
    CASE.move(
        case, "decide", by=by, at=at, note=note.strip(), decision=outcome, told=told.strip(), decided_at=at, handler=by
    )
    if told.strip() and case.ambassador is not None:
        post(notifications.case_decided, to=case.ambassador.user, due_at=at, case_id=case.pk)


def _held(case: Case, by: "User") -> Case:
    """The case, locked, for somebody who may decide about it."""
    case = Case.objects.locked(case)
    permissions.check_may_handle_case(by, case)
    return case


def _check_undecided(case: Case) -> None:
    """Nothing more is done about what has been decided. Refuses with `state`."""
    CASE.check(case, "decide")


def _check_note(note: str) -> None:
    """What was done is written down. Refuses with `no_note`."""
    if not note.strip():
        raise refuse("no_note", Kind.INPUT, _("Write down what was done, and with whom."))
