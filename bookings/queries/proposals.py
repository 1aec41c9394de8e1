"""Another time that is proposed for a visit: of whom an answer is waited for, and what each side reads of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext as _

from bookings.between import too_tight_for
from bookings.eligibility import can_be_moved
from bookings.enums import HAS_PEOPLE, ProposalStatus, Side
from bookings.models import Agreement, Proposal, Seat, Visit, VisitEvent
from bookings.querysets import VisitQuerySet
from stem.moments import day_of
from stem.policy.values import value
from stem.wording import interval_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# Whose word it is: that of whoever has the seat of this key, or for nought the school's.
THE_SCHOOL = 0


def proposer_of(proposal: Proposal) -> int:
    """Whose wish it is."""
    return proposal.seat_id or THE_SCHOOL


def asked_by(proposal: Proposal, seats: Iterable[Seat]) -> list[int]:
    """Who has to agree, whether or not they have: the school and each lead, but for whoever proposed it.

    Whoever comes along to watch is let go when a visit moves, and holds nothing up.
    """
    concerned = [THE_SCHOOL, *(seat.pk for seat in seats if seat.ambassador_id is not None and not seat.is_shadow)]
    return [each for each in concerned if each != proposer_of(proposal)]


def agreed_to(proposal: Proposal) -> set[int]:
    """Who has agreed so far."""
    return {each.seat_id or THE_SCHOOL for each in proposal.agreements.all()}


def managing(proposal: Proposal) -> set[int]:
    """Who has said that they can get there from another visit, however little time there is (rule T-22)."""
    own = {proposer_of(proposal)} if proposal.manages_journey else set()
    return own | {each.seat_id or THE_SCHOOL for each in proposal.agreements.all() if each.manages_journey}


def names_of(visit: Visit, seats: Iterable[Seat], *, are_hidden: bool = False) -> dict[int, str]:
    """The name of each whose word counts: the school's, and that of whoever has a seat.

    Nobody's else where they are not to be known: while others are sought, or somebody else may have the seat by now.
    """
    people = {seat.pk: str(seat.ambassador) for seat in seats if seat.ambassador and not seat.is_shadow}
    if are_hidden:
        people = dict.fromkeys(people, _("An ambassador"))
    return {THE_SCHOOL: visit.request.school.name, **people}


@dataclass(frozen=True)
class Proposed:
    """The latest other time that was proposed for a visit, as one of those concerned reads it."""

    proposal: Proposal
    # The name of each whose word counts, and whose words the reader may give.
    names: dict[int, str]
    mine: frozenset[int]
    waits_for: tuple[int, ...]
    is_open: bool
    # Whether the reader is a coordinator, who speaks for everyone and for nobody of their own.
    for_all: bool = False

    @property
    def by(self) -> str:
        """Who proposed it."""
        return self.names.get(proposer_of(self.proposal), "")

    @property
    def is_mine(self) -> bool:
        """Whether it is the reader's own wish."""
        return proposer_of(self.proposal) in self.mine

    @property
    def to_answer(self) -> list[int]:
        """Whose answer the reader can give."""
        return [each for each in self.waits_for if each in self.mine] if self.is_open else []

    @property
    def waits_in_words(self) -> str:
        """Of whom an answer is waited for."""
        return ", ".join(self.names[each] for each in self.waits_for)

    @property
    def title(self) -> str:
        """What it is, for the head of its card."""
        if self.is_mine and not self.for_all:
            return _("You have proposed another time")
        return _("%(name)s proposes another time") % {"name": self.by}

    @property
    def new_time(self) -> str:
        """When it would be."""
        return interval_in_words(self.proposal.starts_at, self.proposal.ends_at)

    @property
    def old_time(self) -> str:
        """When it is agreed for."""
        return interval_in_words(self.proposal.was_starts_at, self.proposal.was_ends_at)

    @property
    def ended(self) -> str:
        """What came of it, in a word; one whose time is over has lapsed, whether or not a sweep has come by."""
        is_over = self.proposal.status == ProposalStatus.PROPOSED
        return str((ProposalStatus.LAPSED if is_over else ProposalStatus(self.proposal.status)).label)

    @property
    def outcome(self) -> str:
        """What came of one that is open no longer, where it changed nothing."""
        words = {
            ProposalStatus.REFUSED: _("%(time)s was proposed and does not suit everyone. The visit stays as it is."),
            ProposalStatus.LAPSED: _("%(time)s was proposed, and not everyone answered. The visit stays as it is."),
        }
        said = words.get(ProposalStatus(self.proposal.status), "")
        return said % {"time": self.new_time}


def proposed_for(visit: Visit, seats: Iterable[Seat], *, mine: Collection[int] | None, at: datetime) -> Proposed | None:
    """What was proposed last for a visit that is still to come, in one query, and in two where something was.

    `mine` is whose word the reader may give; None for a coordinator, who may give everyone's.
    """
    if not can_be_moved(visit, at):
        return None
    # What was proposed to whoever came before is no word to those who come now.
    proposal = visit.proposals.exclude(_was_before_others_came()).prefetch_related("agreements").first()
    return _told(proposal, seats, mine=mine, at=at, are_hidden=False) if proposal is not None else None


def _was_before_others_came() -> Q:
    """As a condition on proposals: somebody has been looked for anew since."""
    reopened = VisitEvent.objects.filter(visit=OuterRef("visit"), kind="reopen", at__gt=OuterRef("made_at"))
    return Q(Exists(reopened))


def proposed(proposal: Proposal, seats: Iterable[Seat], *, mine: Collection[int] | None, at: datetime) -> Proposed:
    """This proposal, with the names of those concerned; of one that is over, where others may come by now, with none.

    Whether they may is asked of the visit in one query, but for one that is open.
    """
    visit = proposal.visit
    is_over = proposal.status != ProposalStatus.PROPOSED
    may_be_others = is_over and visit.events.filter(kind="reopen", at__gt=proposal.made_at).exists()
    return _told(proposal, seats, mine=mine, at=at, are_hidden=may_be_others or visit.status not in HAS_PEOPLE)


def _told(
    proposal: Proposal, seats: Iterable[Seat], *, mine: Collection[int] | None, at: datetime, are_hidden: bool
) -> Proposed:
    """The same, with the names that the reader may know."""
    seats = list(seats)
    names, agreed = names_of(proposal.visit, seats, are_hidden=are_hidden), agreed_to(proposal)
    return Proposed(
        proposal=proposal,
        names=names,
        mine=frozenset(names if mine is None else mine),
        waits_for=tuple(each for each in asked_by(proposal, seats) if each not in agreed),
        is_open=proposal.status == ProposalStatus.PROPOSED and proposal.lapses_at > at,
        for_all=mine is None,
    )


def tight_for(seats: Iterable[Seat], proposal: Proposal, *, at: datetime, by_name: bool) -> str:
    """How little time each of these would have to get there from another visit, or to the next (rule T-22).

    Nothing where there is enough; `by_name` for whoever speaks for several. In two queries, however many they are.
    """
    people = {seat.ambassador.pk: seat.ambassador for seat in seats if seat.ambassador}
    if not people:
        return ""
    interval, buffer = (proposal.starts_at, proposal.ends_at), value("buffer_minutes", on=day_of(at))
    tight = too_tight_for(list(people.values()), proposal.visit, interval, buffer=buffer)
    return " ".join(f"{people[key]}: {words}" if by_name else words for key, words in tight.items())


# What a visit that was read `with_open_proposal` carries: the proposal, if there is one, and whether the reader's word
# on it has been given.
OPEN, HAS_SPOKEN = "open_proposal", "has_spoken"


def with_open_proposal(visits: VisitQuerySet, *, of: "User | None" = None) -> Any:
    """These visits with the proposal that is open, in one statement, as the school reads them, or this person."""
    if of is None:
        theirs, is_theirs = Q(seat__isnull=True), Q(**{f"{OPEN}__side": Side.SCHOOL})
    else:
        theirs = Q(seat__ambassador__user=of)
        is_theirs = Q(Exists(Seat.objects.held_by(of).filter(pk=OuterRef(f"{OPEN}__seat"))))
    agreed = Agreement.objects.filter(theirs, proposal=OuterRef(f"{OPEN}__pk"))
    joined = FilteredRelation("proposals", condition=Q(proposals__status=ProposalStatus.PROPOSED))
    has_spoken = ExpressionWrapper(Q(Exists(agreed)) | is_theirs, output_field=BooleanField())
    return visits.annotate(**{OPEN: joined}).annotate(**{HAS_SPOKEN: has_spoken}).select_related(OPEN)


@dataclass(frozen=True)
class ToAnswer:
    """A visit for which another time is proposed, and whose reader has yet to say yes or no."""

    visit: Visit
    proposal: Proposal

    @property
    def when(self) -> str:
        """The new time, and the old one."""
        words = {
            "new": interval_in_words(self.proposal.starts_at, self.proposal.ends_at),
            "old": interval_in_words(self.proposal.was_starts_at, self.proposal.was_ends_at),
        }
        return _("%(new)s, instead of %(old)s") % words


def to_answer(visits: Iterable[Visit], *, at: datetime) -> list[ToAnswer]:
    """Those of these visits, read `with_open_proposal`, that wait for the reader's word about it."""
    found = [(visit, vars(visit).get(OPEN)) for visit in visits if not vars(visit)[HAS_SPOKEN]]
    return [ToAnswer(visit, each) for visit, each in found if isinstance(each, Proposal) and each.lapses_at > at]
