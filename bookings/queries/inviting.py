"""Which schools are invited to ask first, how each stands with us, and what came of inviting them (E-20, E-22)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from ambassadors.validity import add_months
from bookings.enums import Channel, InvitationStatus, RequestStatus
from bookings.models import Coverage, Invitation, Listed, Request
from bookings.queries.coverage import Line, lines_of
from bookings.querysets import CoverageQuerySet
from bookings.reaching_out.reckoning import parts_of_order
from schools.models import Contact, School
from stem.geography.models import Region, RegionArea
from stem.moments import day_of, moment

if TYPE_CHECKING:
    from stem.accounts.models import User

# A school asks of its own accord that has sent in a request within so many months.
ASKS_MONTHS = 12
# So many months are told of.
FIGURES_MONTHS = 12
ANSWERED = (
    InvitationStatus.ASKED,
    InvitationStatus.NOT_NOW,
    InvitationStatus.NEVER,
    InvitationStatus.WRONG_PERSON,
)


def schools_to_list(region: Region, *, at: datetime) -> CoverageQuerySet:
    """How those schools of a region are reached that nobody has been to in 36 months, first those to be invited first.

    Not those that ask of their own accord, nor those that want no invitations.
    """
    since = moment(add_months(day_of(at), -ASKS_MONTHS), time.min)
    sent = Request.objects.filter(school=OuterRef("school"), submitted_at__gte=since)
    asking = sent.exclude(status=RequestStatus.WITHDRAWN)
    unwilling = Invitation.objects.that_end_it(at).filter(school=OuterRef("school"))
    areas = RegionArea.objects.filter(region=region).values("area")
    cold = Coverage.objects.cold().filter(~Exists(asking), ~Exists(unwilling), school__area__in=areas)
    return cold.order_by("-score", "school")


def first_requests_since(*, at: datetime) -> list[tuple[int, datetime]]:
    """The invitations after which their school sent in a request, and when: of several the last before it."""
    sent = Request.objects.filter(school=OuterRef("school"), submitted_at__gt=OuterRef("made_at"), submitted_at__lte=at)
    first = Subquery(sent.order_by("submitted_at").values("submitted_at")[:1])
    asked = Invitation.objects.may_still_ask(at).annotate(sent_at=first).filter(sent_at__isnull=False)
    later = Invitation.objects.filter(
        school=OuterRef("school"), made_at__gt=OuterRef("made_at"), made_at__lt=OuterRef("sent_at")
    )
    return list(asked.filter(~Exists(later)).order_by("pk").values_list("pk", "sent_at"))


# --- the list of a month


@dataclass(frozen=True)
class ToInvite:
    """A school on the list: why it stands there, whom we would write to, and how often it has been invited."""

    place: int
    line: Line
    lead: Contact | None
    this_term: int
    last: Invitation | None

    @property
    def why(self) -> str:
        """What each part of the order adds, of a hundred."""
        coverage = self.line.coverage
        parts = parts_of_order(coverage.disadvantage, coverage.minutes, self.line.school.roll)
        words = {"disadvantage": _("disadvantage"), "remoteness": _("distance"), "size": _("size")}
        return ", ".join(f"{words[name]} {round(100 * part)}" for name, part in parts.items())


@dataclass(frozen=True)
class MonthlyList:
    """The list of a month in one region."""

    region: Region
    month: date | None
    schools: list[ToInvite] = field(default_factory=list)

    @property
    def invited(self) -> int:
        """How many of them have been since it was made."""
        return sum(bool(self.month and each.last and day_of(each.last.made_at) >= self.month) for each in self.schools)


def regions_listed_for(user: "User") -> list[Region]:
    """The regions in which this person may see a list; in one query."""
    listed = Listed.objects.visible_to(user).order_by().values("region")
    return list(Region.objects.filter(pk__in=listed))


def list_of(region: Region, user: "User", *, at: datetime) -> MonthlyList:
    """The latest list of a region, as far as this person may see it; in five queries."""
    listed = Listed.objects.visible_to(user).filter(region=region)
    latest = listed.order_by("-month").values("month")[:1]
    rows = list(listed.filter(month=Subquery(latest)).order_by("place"))
    schools = [row.school_id for row in rows]
    covered = Coverage.objects.visible_to(user).filter(school__in=schools).select_related("school")
    lines = {line.school.pk: line for line in lines_of(covered, on=day_of(at))}
    leads = {each.school_id: each for each in _leading(schools)}
    had = _had_by(schools)
    term = Invitation.objects.filter(school__in=schools).in_term_of(day_of(at)).order_by().values("school")
    this_term = dict(term.annotate(n=Count("pk")).values_list("school", "n"))
    told = [
        ToInvite(row.place, lines[key], leads.get(key), this_term.get(key, 0), had.get(key))
        for row in rows
        if (key := row.school_id) in lines
    ]
    return MonthlyList(region, rows[0].month if rows else None, told)


def _leading(schools: Iterable[int]) -> QuerySet[Contact]:
    leading = Contact.objects.leading().filter(school__in=schools, user__is_active=True)
    return leading.select_related("user")


def _had_by(schools: list[int]) -> dict[int, Invitation]:
    """The last invitation of each of these schools."""
    return {each.school_id: each for each in Invitation.objects.filter(school__in=schools).order_by("made_at", "pk")}


# --- what came of it


@dataclass(frozen=True)
class Figures:
    """What was done in a month, and what has come of it so far."""

    month: date
    written: int
    rung: int
    answered: int
    asked: int


def figures_for(user: "User", *, at: datetime) -> list[Figures]:
    """The last twelve months in which somebody of this person's regions invited a school, the latest first."""
    since = moment(add_months(day_of(at).replace(day=1), 1 - FIGURES_MONTHS), time.min)
    made = Invitation.objects.visible_to(user).filter(made_at__gte=since).order_by()
    counted = (
        made.annotate(month=TruncMonth("made_at"))
        .values("month")
        .annotate(
            written=Count("pk", filter=Q(channel=Channel.LETTER)),
            rung=Count("pk", filter=Q(channel=Channel.CALL)),
            answered=Count("pk", filter=Q(status__in=ANSWERED)),
            asked=Count("pk", filter=Q(status=InvitationStatus.ASKED)),
        )
    )
    columns = ("month", "written", "rung", "answered", "asked")
    rows = counted.order_by("-month").values_list(*columns)
    return [Figures(day_of(month), *numbers) for month, *numbers in rows]


def invitations_of(school: School) -> list[Invitation]:
    """Every invitation of this school and of those that it follows, the latest first, with who made it."""
    return list(Invitation.objects.of_history(school).select_related("by", "contact__user"))
