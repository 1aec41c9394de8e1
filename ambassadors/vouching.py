"""What people have promised, and who vouches for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as lazy

from ambassadors.conduct import CLAUSES, CURRENT_VERSION, Clause, is_outdated
from ambassadors.enums import RefereeCapacity, RefereeStatus, RequirementKind
from ambassadors.facts import ALIVE
from ambassadors.models import Ambassador, Referee, RefereeEvent, Requirement
from ambassadors.progress import SOON
from ambassadors.task_kinds import REFEREES_NEEDED
from stem.curriculum import Words
from stem.history import Happening, happening
from stem.moments import day_of


@dataclass(frozen=True)
class Promises:
    """How far someone has come with the code of conduct, in the round that is theirs now."""

    held: Requirement | None
    is_due: bool
    accepted: dict[str, datetime]

    @property
    def next(self) -> Clause | None:
        """The first clause that is not promised yet."""
        return next((clause for clause in CLAUSES if clause.code not in self.accepted), None)

    @property
    def kept(self) -> list[tuple[Clause, datetime | None]]:
        """Every clause, and when it was promised; an officer may have put the whole on record instead."""
        return [(clause, self.accepted.get(clause.code)) for clause in CLAUSES]


def promises_of(ambassador: Ambassador, *, on: date) -> Promises:
    """What this person has promised of the code of conduct, in three queries.

    A round ends with the acceptance of the whole; once that is due to be renewed, only what is promised since counts.
    """
    every = ambassador.requirements.filter(kind=RequirementKind.CODE)
    counting = every.filter(pk__in=Requirement.objects.counting_on(on).values("pk"))
    held = max(counting, key=lambda row: row.last_day or date.max, default=None)
    accepted = dict(ambassador.clauses.filter(version=CURRENT_VERSION).values_list("code", "accepted_at"))
    is_due = held is None or held.is_soon_over(on, SOON) or is_outdated(held.started_on)
    if is_due:
        ended = every.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
        accepted = {code: at for code, at in accepted.items() if ended is None or at > ended}
    return Promises(held, is_due, accepted)


# So long a referee is left in peace after each letter.
PATIENCE = timedelta(days=3)
# What someone reads about those they named: that they have answered, never what, nor what we make of it.
MINE: dict[RefereeStatus, tuple[Words, str]] = {
    RefereeStatus.NAMED: (lazy("Not yet asked"), "neutral"),
    RefereeStatus.ASKED: (lazy("Asked"), "waiting"),
    RefereeStatus.ANSWERED: (lazy("Has answered"), "good"),
    RefereeStatus.ACCEPTED: (lazy("Has answered"), "good"),
    RefereeStatus.NOT_ACCEPTED: (lazy("Name someone else"), "warning"),
}


@dataclass(frozen=True)
class MyReferee:
    """Someone a person has named, as far as that person may know."""

    row: Referee
    status: Words
    tone: str
    # Not on the heels of the last letter.
    may_be_asked_again: bool

    @property
    def is_waiting(self) -> bool:
        """Whether they have not answered."""
        return self.row.status == RefereeStatus.ASKED


@dataclass(frozen=True)
class MyReferees:
    """All whom a person has named and not taken back."""

    named: list[MyReferee]
    is_complete: bool

    @property
    def alive(self) -> int:
        """How many are asked, or have answered."""
        return sum(each.row.status in ALIVE for each in self.named)

    @property
    def wanted(self) -> int:
        """How many are still to be named."""
        return 0 if self.is_complete else max(0, REFEREES_NEEDED - self.alive)


def my_referees(ambassador: Ambassador, *, on: date) -> MyReferees:
    """Whom this person has named, in two queries."""
    named = ambassador.referees.exclude(status=RefereeStatus.WITHDRAWN)
    counting = Requirement.objects.counting_on(on).filter(ambassador=ambassador, kind=RequirementKind.REF)
    return MyReferees([_my_referee(row, on) for row in named], counting.exists())


def _my_referee(row: Referee, on: date) -> MyReferee:
    may_be_asked_again = row.asked_at is None or day_of(row.asked_at + PATIENCE) < on
    return MyReferee(row, *MINE[RefereeStatus(row.status)], may_be_asked_again)


TURNED_DOWN: dict[str, Words] = {
    "unknown": lazy("Says they do not know this person"),
    "rather_not": lazy("Would rather not give a reference"),
}
REFERENCE_WORDS: dict[str, Words] = {
    "ask": lazy("Asked by letter"),
    "remind": lazy("Reminded by letter"),
    "answer": lazy("Answered"),
    "turn_down": lazy("Gave no reference"),
    "accept_first": lazy("Accepted by a first officer"),
    "accept": lazy("Accepted"),
    "not_accept_first": lazy("Left out by a first officer"),
    "not_accept": lazy("Not accepted"),
    "withdraw": lazy("Taken back by the applicant"),
    "retire": lazy("Over: named too long ago"),
}
TONES = {
    RefereeStatus.ASKED: "waiting",
    RefereeStatus.ANSWERED: "warning",
    RefereeStatus.ACCEPTED: "good",
    RefereeStatus.NOT_ACCEPTED: "bad",
}


@dataclass(frozen=True)
class ReferenceLine:
    """One reference in an officer's list."""

    row: Referee
    status: Words
    tone: str
    note: Words = ""


def references_of(ambassador: Ambassador) -> list[ReferenceLine]:
    """Every reference about this person, for those who vet them, in one query."""
    return [_line(row) for row in ambassador.referees.all()]


def _line(row: Referee) -> ReferenceLine:
    status = RefereeStatus(row.status)
    tone = TONES.get(status, "neutral")
    if status is RefereeStatus.ANSWERED and row.has_doubts and row.decided_by_id is not None:
        return ReferenceLine(row, lazy("Waits for a second officer"), "bad", lazy("It knows of a reason against."))
    if status is RefereeStatus.ANSWERED and row.has_doubts:
        note = lazy("Knows of a reason against: talk with them before anything else.")
        return ReferenceLine(row, lazy("Talk first"), "bad", note)
    if status is RefereeStatus.ANSWERED:
        return ReferenceLine(row, lazy("To read"), tone)
    gave_none = status is RefereeStatus.NOT_ACCEPTED and row.decided_by_id is None
    return ReferenceLine(row, status.label, tone, lazy("They gave no reference.") if gave_none else "")


@dataclass(frozen=True)
class ReadReference:
    """One reference with all that was answered, for an officer."""

    row: Referee
    line: ReferenceLine
    domain: str
    is_qualifying: bool
    # Why they gave none, when they said so.
    turned_down: Words
    history: list[Happening]

    @property
    def awaits_decision(self) -> bool:
        """Whether an officer has yet to decide about it."""
        return self.row.status == RefereeStatus.ANSWERED

    @property
    def awaits_second(self) -> bool:
        """Whether one officer has decided where two are needed."""
        return self.awaits_decision and bool(self.row.has_doubts) and self.row.decided_by_id is not None


def read_reference(row: Referee) -> ReadReference:
    """This reference made ready for its page, in one query more."""
    events = list(row.events.select_related("by"))
    reasons = [event.reason for event in events if event.kind == "turn_down"]
    return ReadReference(
        row=row,
        line=_line(row),
        domain=row.email.rpartition("@")[2],
        is_qualifying=row.capacity != RefereeCapacity.OTHER,
        turned_down=TURNED_DOWN.get(reasons[-1], "") if reasons else "",
        history=[_told(event, row) for event in events],
    )


def _told(event: RefereeEvent, row: Referee) -> Happening:
    """An event in words: what came by the link was done by the referee."""
    by = str(event.by) if event.by else row.full_name if event.kind in ("answer", "turn_down") else ""
    notes = (TURNED_DOWN.get(event.reason, event.reason), event.note)
    title = REFERENCE_WORDS.get(event.kind, event.kind)
    return happening(title, at=event.at, by=by, on_behalf_of=event.on_behalf_of, notes=notes)
