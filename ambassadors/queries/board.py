"""Everybody who is being vetted on one board: who waits for whom, since when, and until when it should be decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import AmbassadorStatus, CheckStatus, DeclineGround, Party, RequirementKind
from ambassadors.facts import REQUIREMENT_BITS, Applicant, bits_of, kinds_of, read_applicants
from ambassadors.models import Ambassador, AmbassadorEvent, Check, Photo, Requirement
from ambassadors.moments import Moments, read_moments
from ambassadors.progress import SOON
from ambassadors.queries.turn import Turn, is_ours, tell_turn
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.turns import Waiting, waiting_on
from stem.moments import day_of
from stem.wording import short_day_in_words

# A draft that nobody has sent in for so long lies still.
STILL_AFTER = timedelta(days=14)
# Whoever is past vetting, and takes part.
TAKE_PART = (AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED)
# What counts as just approved, and as lately declined.
JUST = timedelta(days=30)
LATELY = timedelta(days=90)


class Tab(TextChoices):
    """The parts of the board that are about people who are being vetted."""

    OURS = "ours", lazy("Ours to do")
    READY = "ready", lazy("Ready to approve")
    PERSON = "person", lazy("Waiting for the person")
    REFEREE = "referee", lazy("Waiting for a referee")
    COLLEAGUE = "colleague", lazy("Waiting for a colleague")
    TALK = "talk", lazy("Wants to talk")
    ALL = "all", lazy("All")


# On these tabs somebody outside is waited for who can be written to.
REMINDED = {Tab.PERSON: Party.PERSON, Tab.REFEREE: Party.REFEREE}


class Beside(TextChoices):
    """The lists beside it, of people before and after vetting."""

    STILL = "still", lazy("Drafts that lie still")
    APPROVED = "approved", lazy("Just approved")
    DECLINED = "declined", lazy("Declined")
    ENDING = "ending", lazy("Something runs out")
    PHOTOS = "photos", lazy("Photos to confirm")
    CHECKS = "checks", lazy("Checks of people who take part")


@dataclass(frozen=True)
class Place:
    """Someone's place on the board, as far as the tabs ask."""

    applicant: Applicant
    waiting: Waiting
    is_ours: bool

    def is_on(self, tab: Tab) -> bool:
        """Whether this person belongs on this tab."""
        match tab:
            case Tab.OURS:
                return self.is_ours
            case Tab.READY:
                return self.waiting.is_ready
            case Tab.PERSON:
                return self.waiting.party is Party.PERSON
            case Tab.REFEREE:
                return self.waiting.party is Party.REFEREE
            case Tab.COLLEAGUE:
                return self.waiting.party is Party.SECOND and not self.is_ours
            case Tab.TALK:
                return self.applicant.wants_to_talk
        return True


@dataclass(frozen=True)
class BoardRow:
    """One person being vetted, as an officer reads it at a glance."""

    pk: int
    name: str
    turn: Turn


@dataclass(frozen=True)
class Board:
    """Everybody who is being vetted, what is ours first, whoever was sent in first first."""

    places: list[Place]
    reader: int
    on: date
    vetting_days: int

    @cached_property
    def counts(self) -> list[tuple[Tab, int]]:
        """How many people each tab has."""
        return [(tab, sum(place.is_on(tab) for place in self.places)) for tab in Tab]

    def of(self, tab: Tab) -> list[Place]:
        """The places on this tab, in their order."""
        return [place for place in self.places if place.is_on(tab)]

    def rows(self, places: Iterable[Place]) -> list[BoardRow]:
        """These places made ready for the page, in three queries."""
        listed = list(places)
        moments = read_moments([place.applicant.pk for place in listed], on=self.on)
        return [self._row(place, moments[place.applicant.pk]) for place in listed]

    def _row(self, place: Place, moments: Moments) -> BoardRow:
        applicant, days = place.applicant, self.vetting_days
        turn = tell_turn(applicant, place.waiting, moments, reader=self.reader, on=self.on, vetting_days=days)
        return BoardRow(applicant.pk, applicant.full_name, turn)


def vetting_board(people: AmbassadorQuerySet, *, reader: int, on: date, vetting_days: int) -> Board:
    """Those of these people who are being vetted, in one query.

    What waits for a second person is nobody's who was the first: `reader` is the key of whoever looks.
    """
    applicants = read_applicants(people.filter(status=AmbassadorStatus.VETTING), on=on)
    places = [_place(applicant, reader, on) for applicant in applicants]
    return Board(sorted(places, key=lambda place: not place.is_ours), reader, on, vetting_days)


def _place(applicant: Applicant, reader: int, on: date) -> Place:
    waiting = waiting_on(applicant, on=on)
    return Place(applicant, waiting, is_ours(applicant, waiting, reader))


def beside(kind: Beside, people: AmbassadorQuerySet, *, reader: int, at: datetime) -> AmbassadorQuerySet:
    """The people of a list beside the board, whoever has waited longest or was decided last first.

    Each carries `moment`, when it began, was decided or came; the declined `ground`; those with something that runs out
    `kept`, what still counts in so many days, and `held`, what counts today; those with a check under way `check_id`,
    `check_status`, and `is_second`, whether `reader`, the key of whoever looks, can decide it as the second person.
    """
    match kind:
        case Beside.STILL:
            # Whoever has claimed what a scheme brought goes the same way as a draft.
            begun = Q(status=AmbassadorStatus.DRAFT) | Q(status=AmbassadorStatus.IMPORTED, user__isnull=False)
            still = people.filter(begun, application__started_at__lte=at - STILL_AFTER)
            return still.select_related("application").order_by("application__started_at", "pk")
        case Beside.APPROVED:
            return _decided(people, AmbassadorStatus.ACTIVE, "approve", at - JUST)
        case Beside.DECLINED:
            return _decided(people, AmbassadorStatus.DECLINED, "decline", at - LATELY)
        case Beside.PHOTOS:
            photos = Photo.objects.waiting().filter(ambassador=OuterRef("pk"))
            waiting = people.filter(status__in=TAKE_PART).annotate(moment=Subquery(photos.values("added_at")))
            return waiting.filter(moment__isnull=False).order_by("moment", "pk")
        case Beside.CHECKS:
            return _with_checks(people, reader)
    return _ending(people, day_of(at))


def _decided(people: AmbassadorQuerySet, status: AmbassadorStatus, move: str, after: datetime) -> AmbassadorQuerySet:
    moves = AmbassadorEvent.objects.filter(ambassador=OuterRef("pk"), kind=move).order_by("-at", "-pk")
    decided = people.filter(status=status).annotate(
        moment=Subquery(moves.values("at")[:1]), ground=Subquery(moves.values("reason")[:1])
    )
    return decided.filter(moment__gte=after).order_by("-moment", "-pk")


def _ending(people: AmbassadorQuerySet, on: date) -> AmbassadorQuerySet:
    taking_part = people.filter(status__in=TAKE_PART)
    held = taking_part.annotate(held=_met_on(on), kept=_met_on(on + SOON))
    return held.filter(~Q(kept=ALL_KINDS) | Q(kept=None)).order_by("held", "kept", "full_name", "pk")


def _with_checks(people: AmbassadorQuerySet, reader: int) -> AmbassadorQuerySet:
    mine = Check.objects.under_way().filter(ambassador=OuterRef("pk"))
    under_way = people.filter(status__in=TAKE_PART).annotate(
        check_id=Subquery(mine.values("pk")),
        check_status=Subquery(mine.values("status")),
        moment=Subquery(mine.values("moved_at")),
        is_second=Exists(mine.filter(status=CheckStatus.SEEN).exclude(seen_by=reader)),
    )
    return under_way.filter(check_id__isnull=False).order_by("moment", "pk")


ALL_KINDS = sum(REQUIREMENT_BITS.values())


def _met_on(day: date) -> Subquery:
    rows: QuerySet[Requirement] = Requirement.objects.counting_on(day).filter(ambassador=OuterRef("pk"))
    return Subquery(bits_of(rows, REQUIREMENT_BITS))


@dataclass(frozen=True)
class BesideRow:
    """One person on a list beside the board."""

    pk: int
    name: str
    what: str
    moment: datetime | None
    can_be_reminded: bool = False
    # The check that it is about, and what the reader can do about it.
    check: int | None = None
    yours: str = ""


def beside_rows(kind: Beside, people: Iterable[Ambassador]) -> list[BesideRow]:
    """These people of a list beside the board, ready for the page."""
    return [_BESIDE[kind](person) for person in people]


def _still(person: Ambassador) -> BesideRow:
    reminded_at = person.application.reminded_at
    what = (
        _("Reminded on %(day)s") % {"day": short_day_in_words(reminded_at)} if reminded_at else _("Begun, not sent in")
    )
    moment = person.application.started_at
    return BesideRow(person.pk, person.full_name or person.email, what, moment, can_be_reminded=reminded_at is None)


def _approved(person: Ambassador) -> BesideRow:
    return BesideRow(person.pk, person.full_name, person.scheme_number or "", person.moment)  # type: ignore[attr-defined]


def _declined(person: Ambassador) -> BesideRow:
    ground = person.ground  # type: ignore[attr-defined]
    what = str(DeclineGround(ground).label) if ground in DeclineGround.values else _("The record says why")
    return BesideRow(person.pk, person.full_name, what, person.moment)  # type: ignore[attr-defined]


def _running_out(person: Ambassador) -> BesideRow:
    held, kept = kinds_of(person.held or 0), kinds_of(person.kept or 0)  # type: ignore[attr-defined]
    lapsed = [str(kind.label) for kind in RequirementKind if kind.value not in held]
    soon = [str(kind.label) for kind in RequirementKind if kind.value in held and kind.value not in kept]
    told = [_("Out of date: %(what)s.") % {"what": ", ".join(lapsed)}] if lapsed else []
    told += [_("Ends within %(days)d days: %(what)s.") % {"days": SOON.days, "what": ", ".join(soon)}] if soon else []
    return BesideRow(person.pk, person.full_name, " ".join(told), None)


def _photo(person: Ambassador) -> BesideRow:
    return BesideRow(person.pk, person.full_name, _("Added since we saw them"), person.moment)  # type: ignore[attr-defined]


def _under_check(person: Ambassador) -> BesideRow:
    what = str(CheckStatus(person.check_status).told)  # type: ignore[attr-defined]
    yours = _("You, as the second person") if person.is_second else ""  # type: ignore[attr-defined]
    moment, check = person.moment, person.check_id  # type: ignore[attr-defined]
    return BesideRow(person.pk, person.full_name, what, moment, check=check, yours=yours)


_BESIDE = {
    Beside.STILL: _still,
    Beside.APPROVED: _approved,
    Beside.DECLINED: _declined,
    Beside.ENDING: _running_out,
    Beside.PHOTOS: _photo,
    Beside.CHECKS: _under_check,
}
