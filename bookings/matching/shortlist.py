"""The best people for one visit, laid out for a coordinator to choose from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.matching.ranking import Match, rank, wanted_for
from bookings.matching.scoring import WEIGHTS
from bookings.matching.wanted import Wanted
from bookings.models import Visit
from bookings.queries.boards import willing_for

ASKED_AT_ONCE = 3
PART_NAMES = {
    "topic": _("Subject"),
    "stage": _("Stage"),
    "activity": _("Activity"),
    "route_aim": _("What the school hopes for"),
    "nearness": _("Nearness"),
    "load": _("Not asked too often"),
}


@dataclass(frozen=True)
class Part:
    """One part of a score: its name, how much of it this person has, and how much it weighs, in per cent."""

    name: str | Promise
    per_cent: int
    weight: int


@dataclass(frozen=True)
class Card:
    """One person on the shortlist, with the working of their score."""

    place: int
    match: Match
    parts: tuple[Part, ...]
    # Has said, without being asked, that they could do this.
    is_willing: bool = False
    # Was not quick enough for this visit before its place was free again, and would still come.
    is_in_reserve: bool = False

    @property
    def per_cent(self) -> int:
        """The score as people read it."""
        return round(100 * self.match.score)

    @property
    def is_newcomer(self) -> bool:
        """Whether they have not visited a school with us yet."""
        return not self.match.ambassador.visits_delivered


def shortlist(
    visit: Visit,
    *,
    without: Collection[int],
    at: datetime,
    limit: int,
    reserves: Collection[int] = (),
    only_short_notice: bool = False,
) -> list[Card]:
    """The best of those who could be asked for this visit, so many, without those who have been asked.

    After them whoever has said that they could do this, or waits in reserve, and is not among the best; nobody stands
    higher for that. Only those who may be asked at short notice, if so it is said, whenever the visit is.
    """
    willing = willing_for(visit.request)
    wanted = wanted_for(visit, at=at)
    if only_short_notice:
        wanted = replace(wanted, soon=frozenset(wanted.times))
    matches = rank(wanted, at=at, limit=limit, without=without, besides=willing | {*reserves})
    return [
        Card(
            place,
            match,
            _parts(match, wanted),
            is_willing=match.ambassador.pk in willing,
            is_in_reserve=match.ambassador.pk in reserves,
        )
        for place, match in enumerate(matches, start=1)
    ]


def newcomer_to_ask(cards: Sequence[Card]) -> Card | None:
    """The best of those who have not visited yet, where none of the three who come first is new (rule E-31).

    In one search of four at least somebody new is asked, or nobody new would ever come to be known.
    """
    if any(card.is_newcomer for card in cards[:ASKED_AT_ONCE]):
        return None
    return next((card for card in cards if card.is_newcomer), None)


def match_of(visit: Visit, person: int, *, without: Collection[int], at: datetime) -> Match | None:
    """How well this person, by their key, suits the visit as things are now; None where they cannot be asked for it."""
    wanted = wanted_for(visit, at=at)
    return next(iter(rank(wanted, at=at, without=without, only=person)), None)


def _parts(match: Match, wanted: Wanted) -> tuple[Part, ...]:
    """The working of a score, part by part; none for aims where the school has set none."""
    shown = {name: weight for name, weight in WEIGHTS.items() if name != "route_aim" or wanted.aims}
    return tuple(
        Part(PART_NAMES[name], round(100 * match.parts[name]), round(100 * weight)) for name, weight in shown.items()
    )
