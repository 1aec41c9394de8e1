"""Whose turn it is with someone who is being vetted, for what, since when, and until when it should be decided.

Reckoned from the same list of tasks that the person sees, without rows or clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as lazy

from ambassadors.eligibility import PVG, comment_until, missing_codes
from ambassadors.enums import Party, RefereeStatus, RequirementKind
from ambassadors.facts import Applicant, Facts
from ambassadors.journey import Task, reckon
from ambassadors.moments import Moments
from ambassadors.task_kinds import WITH_REFEREES, WITH_US, WITH_YOU
from stem.curriculum import Words
from stem.moments import day_of
from stem.nations import Nation

# What waits for somebody besides the tasks of joining themselves.
ASKED = lazy("What we asked for")
ANSWERED = lazy("Read what they answered")
DECIDE_CHECK = lazy("Decide the check")
BRING_CHECK = lazy("Their certificate, to be shown in person")
CONFIRM_DECLINE = lazy("Confirm the decline")
MAY_COMMENT = lazy("May comment on the decline that is proposed")
TALK = lazy("Talk with them")
PHOTO = lazy("Confirm their photo")
APPROVE = lazy("Approve")
PVG_WORDS = lazy("PVG membership linked to this scheme")
# What keeps someone from being approved besides requirements: a reason against that nobody has decided about (V-51).
DOUBT = "doubt"
LACKS: dict[str, Words] = {PVG: PVG_WORDS, DOUBT: lazy("Two officers’ decision about a reference")}
# Tasks in an officer's words, where the person's own would mislead.
TOLD: dict[tuple[Party, str], Words] = {
    (Party.US, "referees"): lazy("Read their references"),
    (Party.SECOND, "referees"): lazy("Decide about a reference"),
    (Party.US, "identity"): lazy("See who they are"),
    (Party.US, "check"): lazy("Have the check made"),
    (Party.PERSON, "referees"): lazy("Name two referees"),
    (Party.PERSON, "about"): lazy("Name and telephone number"),
    (Party.PERSON, "work"): lazy("Work, and how they came to it"),
    (Party.PERSON, "reach"): lazy("Where they can go"),
    (Party.PERSON, "eligible"): lazy("Whether they can join"),
    (Party.PERSON, "declaration"): lazy("Sign the declaration"),
    (Party.PERSON, "identity"): lazy("Choose how to show who they are"),
    (Party.PERSON, "check"): lazy("Agree to the check"),
    (Party.REFEREE, "referees"): lazy("Answer about them"),
}
# Of several who are waited for, whoever can bring it on soonest: an officer at a desk before anybody far away.
ORDER = (Party.US, Party.SECOND, Party.PERSON, Party.REFEREE)


@dataclass(frozen=True)
class Matter:
    """One thing that waits for somebody; its code is the task's, or says what else it is."""

    party: Party
    code: str
    words: Words


@dataclass(frozen=True)
class Waiting:
    """Everything that waits about someone, and whose turn it is."""

    party: Party
    matters: tuple[Matter, ...]
    lacks: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether all that approval asks for is there."""
        return not self.lacks

    @property
    def theirs(self) -> list[Matter]:
        """What waits for the party whose turn it is."""
        return [matter for matter in self.matters if matter.party is self.party]

    @property
    def others(self) -> list[Matter]:
        """What waits for somebody else meanwhile."""
        return [matter for matter in self.matters if matter.party is not self.party]


class Open(NamedTuple):
    """What is open with an applicant besides the tasks of joining."""

    is_asked: bool = False
    has_answered: bool = False
    wants_to_talk: bool = False
    has_unread: bool = False
    has_doubt: bool = False
    has_first_word: bool = False
    photo_waits: bool = False
    # The matter of a decline that is proposed: the person's while they may comment, and then a second officer's.
    decline: Matter | None = None


def waiting_on(applicant: Applicant, *, on: date) -> Waiting:
    """Whose turn it is with this person on a day, and for what."""
    opened = Open(
        applicant.is_asked,
        applicant.has_answered,
        applicant.wants_to_talk,
        applicant.has_unread,
        applicant.has_doubt,
        applicant.has_first_word,
        # Until their identity is seen the photo is looked at with it.
        applicant.photo_waits and applicant.facts.has(RequirementKind.ID),
        _decline(applicant, on),
    )
    return _waiting(applicant.facts, applicant.nation, applicant.has_pvg, opened)


def waits_for_person(applicant: Applicant, *, on: date) -> bool:
    """Whether we wait for something that the person themselves would do, and may be reminded of."""
    return applicant.decline_proposed_at is None and waiting_on(applicant, on=on).party is Party.PERSON


def comments_end(applicant: Applicant) -> date | None:
    """The last day on which this person may comment on a decline that is proposed (rule V-33)."""
    if applicant.decline_proposed_at is None:
        return None
    return comment_until(day_of(applicant.decline_proposed_at), Nation(applicant.nation or Nation.ENG))


def _decline(applicant: Applicant, on: date) -> Matter | None:
    until = comments_end(applicant)
    if until is None:
        return None
    if on <= until:
        return Matter(Party.PERSON, "decline", MAY_COMMENT)
    return Matter(Party.SECOND, "decline", CONFIRM_DECLINE)


@cache
def _waiting(facts: Facts, nation: str, has_pvg: bool, opened: Open) -> Waiting:
    missing = missing_codes(facts.counting, Nation(nation or Nation.ENG), has_pvg=has_pvg)
    lacks = (*missing, DOUBT) if opened.has_doubt else tuple(missing)
    matters = tuple(dict.fromkeys(_matters(facts, lacks, opened)))
    if opened.decline is not None:
        party = opened.decline.party
    elif opened.is_asked:
        # Whatever else could be done meanwhile: whoever asked for more waits for the answer.
        party = Party.PERSON
    else:
        found = {matter.party for matter in matters if matter.code != "confirm_photo"}
        party = next(each for each in ORDER if each in found)
    return Waiting(party, matters, lacks)


def _matters(facts: Facts, lacks: tuple[str, ...], opened: Open) -> Iterator[Matter]:
    if opened.decline is not None:
        yield opened.decline
    if opened.is_asked:
        yield Matter(Party.PERSON, "asked", ASKED)
    if opened.has_answered:
        yield Matter(Party.US, "answered", ANSWERED)
    if opened.wants_to_talk:
        yield Matter(Party.US, "talk", TALK)
    yield from _of_references(opened)
    if opened.photo_waits:
        # Nobody is kept waiting for it: it decides neither whose turn it is nor since when.
        yield Matter(Party.US, "confirm_photo", PHOTO)
    if not lacks:
        yield Matter(Party.US, "approve", APPROVE)
    pending = list(_of_tasks(reckon(facts).tasks, facts, opened))
    yield from pending
    if lacks and not pending:
        # Nobody is asked for these in the list of tasks: an officer records them.
        for code in lacks:
            if code != DOUBT or not opened.has_first_word:
                yield Matter(Party.US, code, lack_in_words(code))


def _of_references(opened: Open) -> Iterator[Matter]:
    for waits, party in ((opened.has_unread, Party.US), (opened.has_first_word, Party.SECOND)):
        if waits:
            yield Matter(party, "referees", TOLD[party, "referees"])


def lack_in_words(code: str) -> Words:
    """What keeps someone from being approved, as an officer reads it."""
    return RequirementKind(code).label if code in RequirementKind.values else LACKS[code]


def _of_tasks(tasks: Iterable[Task], facts: Facts, opened: Open) -> Iterator[Matter]:
    for task in tasks:
        if task.state is WITH_YOU:
            yield Matter(Party.PERSON, task.kind.code, BRING_CHECK)
        elif task.state.is_mine:
            yield _matter(Party.PERSON, task)
        elif task.state is WITH_REFEREES:
            yield _matter(Party.REFEREE, task)
        elif task.state is WITH_US and task.kind.code == "check" and facts.check_waits == Party.SECOND:
            yield Matter(Party.SECOND, task.kind.code, DECIDE_CHECK)
        elif task.state is WITH_US and task.kind.code == "referees" and opened.has_first_word:
            # What is left of it, or what nobody has read yet, is told already.
            continue
        elif task.state is WITH_US:
            yield _matter(Party.US, task)


def _matter(party: Party, task: Task) -> Matter:
    return Matter(party, task.kind.code, TOLD.get((party, task.kind.code), task.kind.title))


def since(waiting: Waiting, moments: Moments) -> datetime:
    """Since when it has been this party's turn: the oldest of what waits for them, and never before it was sent in.

    What somebody has been asked for, or has proposed, made it that party's turn whatever waited before.
    """
    made_it_theirs = [matter for matter in waiting.theirs if matter.code in {"asked", "decline"}]
    counted = [matter for matter in waiting.theirs if matter.code != "confirm_photo"]
    return min(max(moments.sent_at, _began(matter, moments)) for matter in made_it_theirs or counted)


def _began(matter: Matter, moments: Moments) -> datetime:
    """The latest fact that made this matter wait for its party."""
    match matter.code:
        case "asked":
            began = moments.asked_at
        case "answered":
            began = moments.answered_at
        case "decline":
            began = moments.decline_proposed_at
        case "approve":
            began = moments.met_at
        case "check" if matter.words != TOLD[Party.PERSON, "check"]:
            began = moments.check_moved_at or moments.check_agreed_at
        case "referees" | "doubt":
            began = _referees_began(matter.party, moments)
        case _:
            began = None
    return began or moments.sent_at


def _referees_began(party: Party, moments: Moments) -> datetime | None:
    def when(*statuses: RefereeStatus) -> list[datetime]:
        return [moment for status, moment in moments.referees if status in statuses]

    if party is Party.REFEREE:
        return min(when(RefereeStatus.NAMED, RefereeStatus.ASKED))
    if party is not Party.PERSON:
        # The first answer that nobody has read; two that were accepted wait for nothing but the record.
        return min(when(RefereeStatus.ANSWERED), default=None) or max(when(RefereeStatus.ACCEPTED), default=None)
    # One that came to nothing gave it back to the person.
    return max(when(RefereeStatus.NOT_ACCEPTED, RefereeStatus.WITHDRAWN), default=None)
