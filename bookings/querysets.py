"""The door to requests, visits, seats and offers."""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from ambassadors.eligibility import requirements_met
from bookings.enums import (
    NAMED,
    PROMISED,
    STANDS,
    TAKES_PLACE,
    UNSETTLED_OFFERS,
    UPCOMING,
    Change,
    RequestStatus,
    SeatKind,
    SeatStatus,
    VisitStatus,
)
from schools.models import School
from schools.querysets import SchoolQuerySet
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import areas_looked_after_by
from stem.gathering import Gathered
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import Ambassador
    from bookings.models import Coverage, Priority, Request, Search, Seat, Visit, VisitEvent
    from schools.models import Contact
    from stem.accounts.models import User


# From so many days before it on, a visit is told to be at risk: early enough to renew (rule V-04).
AT_RISK_FROM = timedelta(days=60)
FEED_REACHES_BACK = timedelta(days=365)
# A program that was shut for two months is told all the same that a visit is off.
CANCELLED_STAYS = timedelta(days=60)
# So long a coordinator reads that something was changed.
CHANGED_LATELY = timedelta(days=7)

# The order of requests (E-10): by priority, then by how long they have waited.
FIRST_FIRST = (F("priority__score").desc(nulls_last=True), F("submitted_at").asc(nulls_last=True), F("pk").asc())


def schools_of(user: "User") -> SchoolQuerySet:
    """The schools this person may act for, and those that they follow, as a subquery."""
    return School.objects.acted_for_by(user).order_by().only("pk")


class RequestQuerySet(HouseQuerySet["Request"]):
    """What schools have asked for."""

    def visible_to(self, user: "User") -> Self:
        """One's own school's requests; for a coordinator those of their regions, drafts apart."""
        areas = areas_looked_after_by(user)
        mine = Q(school__in=schools_of(user))
        if areas is None:
            return self.filter(mine | ~Q(status=RequestStatus.DRAFT))
        return self.filter(mine | Q(school__area__in=areas) & ~Q(status=RequestStatus.DRAFT))

    def of_schools_of(self, user: "User") -> Self:
        """Requests of the schools this person acts for."""
        return self.filter(school__in=schools_of(user))

    def looked_after_by(self, user: "User") -> Self:
        """Requests in this coordinator's regions, drafts apart."""
        areas = areas_looked_after_by(user)
        found = self.exclude(status=RequestStatus.DRAFT)
        return found if areas is None else found.filter(school__area__in=areas)

    def in_hand_of(self, contact: "Contact") -> Self:
        """What this person has going: drafts, what is looked at or for, and what has a visit that is not settled."""
        unsettled = self.related("visits").filter(status__in=UPCOMING).values("request")
        going = Q(status__in=[RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.OPEN])
        return self.filter(going | Q(pk__in=unsettled), contact=contact)

    def matching_text(self, text: str) -> Self:
        """Requests whose purpose or school holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(purpose__icontains=word) | Q(school__name__icontains=word))
        return found

    def at_school_or_town(self, text: str) -> Self:
        """Requests of schools whose name or town holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(school__name__icontains=word) | Q(school__town__icontains=word))
        return found

    def with_open_times(self) -> Self:
        """Those of which a visit has no time yet: it could still be at any of the possible ones."""
        without = self.related("visits").filter(status=VisitStatus.FINDING, starts_at=None).values("request")
        return self.filter(
            Q(status=RequestStatus.SUBMITTED) | Q(status=RequestStatus.OPEN, pk__in=without),
        )

    def waiting(self) -> Self:
        """Those that somebody has to read, or for which someone is looked for."""
        return self.filter(status__in=[RequestStatus.SUBMITTED, RequestStatus.OPEN])

    def without_offer(self) -> Self:
        """Those for which someone is looked for, and nobody is being asked."""
        visits = self.related("visits")
        seats, offers = visits.related("seats"), visits.related("offers")
        sought = seats.leads().filter(visit__request=OuterRef("pk"), visit__status=VisitStatus.FINDING)
        asked = offers.to_lead().filter(status__in=UNSETTLED_OFFERS, visit__request=OuterRef("pk"))
        return self.filter(Exists(sought.filter(status=SeatStatus.OPEN)), ~Exists(asked), status=RequestStatus.OPEN)

    def with_willing(self) -> Self:
        """With the keys of whoever has said that they could do it, in one text (`queries.boards.willing_for`)."""
        said = self.related("willing").standing().filter(request=OuterRef("pk")).order_by().values("request")
        return self.annotate(willing_keys=Subquery(said.annotate(keys=Gathered("ambassador")).values("keys")))

    def first_first(self) -> Self:
        """By their priority, and of those alike the one that has waited longest (E-10); last what has none yet."""
        return self.select_related("priority").order_by(*FIRST_FIRST)


class PriorityQuerySet(HouseQuerySet["Priority"]):
    """How soon requests should be looked at."""

    def visible_to(self, user: "User") -> Self:
        """Those of the requests that this person may see."""
        requests = self.related("request")
        return self.filter(request__in=requests.visible_to(user))


class SearchQuerySet(HouseQuerySet["Search"]):
    """What was asked for, and how many were found."""

    def visible_to(self, user: "User") -> Self:
        """For a coordinator those in the postcode areas of their regions; for others none."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self if areas is None else self.filter(area__in=areas)


class CoverageQuerySet(HouseQuerySet["Coverage"]):
    """How schools are reached."""

    def visible_to(self, user: "User") -> Self:
        """For a coordinator schools of their regions, for an administrator all; for others none.

        School by school these figures are the scheme's own and never published (N-05).
        """
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        if areas is None or has_role(user, Role.ADMINISTRATOR):
            return self.all()
        return self.filter(school__area__in=areas)

    def never_visited(self) -> Self:
        """Schools where nobody has ever been."""
        return self.filter(last_on=None)

    def cold(self) -> Self:
        """Schools where nobody has been for 36 months, or ever (E-20)."""
        return self.filter(visits=0)

    def at_school_or_town(self, text: str) -> Self:
        """Schools whose name or town holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(school__name__icontains=word) | Q(school__town__icontains=word))
        return found

    def placed(self) -> Self:
        """Schools of which somebody knows where they are."""
        return self.filter(school__lat__isnull=False)


class VisitQuerySet(HouseQuerySet["Visit"]):
    """Agreed, or about to be agreed, presences at a school."""

    def visible_to(self, user: "User") -> Self:
        """Visits to one's school, those one has a seat in, and for a coordinator those of their regions."""
        areas = areas_looked_after_by(user)
        if areas is None:
            return self.all()
        return self.filter(self._concerns(user) | Q(request__school__area__in=areas))

    def looked_after_by(self, user: "User") -> Self:
        """Visits in this coordinator's regions."""
        areas = areas_looked_after_by(user)
        return self.all() if areas is None else self.filter(request__school__area__in=areas)

    def behind(self, pk: int) -> Self:
        """The visit that a signed address has proved a right to name, with its school."""
        return self.filter(pk=pk).select_related("request__school")

    def to_schools_of(self, user: "User") -> Self:
        """Visits to the schools this person acts for."""
        return self.filter(request__school__in=schools_of(user))

    def with_seat_of(self, user: "User") -> Self:
        """Visits in which this person has a seat."""
        return self.filter(pk__in=self.related("seats").held_by(user).values("visit"))

    def concerning(self, user: "User") -> Self:
        """Visits to one's own school, and those one has a seat in, under whichever of one's accounts (rule V-92)."""
        goes_on = self.related("seats").filter(ambassador__aliases__user=user)
        return self.filter(self._concerns(user) | Q(pk__in=goes_on.values("visit")))

    def _concerns(self, user: "User") -> Q:
        seats = self.related("seats")
        return Q(request__school__in=schools_of(user)) | Q(pk__in=seats.held_by(user).values("visit"))

    def in_feed(self, *, people: Collection[int], schools: Collection[int], at: datetime) -> Self:
        """Visits with a time, of the last year and to come, in which one of these has a place or to these schools.

        They are named by their ids: to ask for them in the same breath takes longer than all the rest of an answer to
        a program that wants to know whether anything is new. What was called off stays as cancelled while a program
        may still hold it, and then leaves.
        """
        theirs = Q(pk__in=self.related("seats").filter(ambassador__in=people).values("visit")) if people else Q(pk=None)
        if schools:
            theirs |= Q(request__school__in=schools)
        told = (
            Q(status__in=[VisitStatus.MATCHED, *PROMISED]) | Q(ends_at__gt=at) | Q(changed_at__gt=at - CANCELLED_STAYS)
        )
        recent = Q(starts_at__isnull=False, ends_at__gt=at - FEED_REACHES_BACK) & ~Q(status=VisitStatus.FINDING)
        return self.filter(theirs, told, recent).order_by("starts_at", "pk")

    def matching_text(self, text: str) -> Self:
        """Visits whose purpose, school or ambassador holds every word of this text."""
        seats = self.related("seats")
        found = self
        for word in text.split()[:6]:
            theirs = seats.filter(ambassador__full_name__icontains=word).values("visit")
            found = found.filter(
                Q(request__purpose__icontains=word) | Q(request__school__name__icontains=word) | Q(pk__in=theirs)
            )
        return found

    def at_school_or_town(self, text: str) -> Self:
        """Visits to schools whose name or town holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(request__school__name__icontains=word) | Q(request__school__town__icontains=word))
        return found

    def between(self, first: datetime, before: datetime) -> Self:
        """Those that begin between these moments; a visit ends on the day on which it begins, which an index knows."""
        return self.filter(starts_at__gte=first, starts_at__lt=before, ends_at__gt=first, ends_at__lte=before)

    def sought(self) -> Self:
        """Those of open requests in which a lead's seat is open; of a series its first, which brings the rest."""
        seats = self.related("seats").leads().filter(visit=OuterRef("pk"), status=SeatStatus.OPEN)
        earlier = self.model._default_manager.filter(
            request=OuterRef("request"), number__lt=OuterRef("number"), status=VisitStatus.FINDING
        )
        first = Q(number=1) | ~Exists(earlier)
        return self.filter(first, Exists(seats), status=VisitStatus.FINDING, request__status=RequestStatus.OPEN)

    def not_called_off(self) -> Self:
        """Those that are to come, and those whose day came."""
        return self.filter(status__in=STANDS)

    def expected(self, at: datetime) -> Self:
        """Those that are agreed and not over."""
        return self.filter(status=VisitStatus.CONFIRMED, ends_at__gt=at)

    def upcoming(self) -> Self:
        """Those that are still to come, settled or not."""
        return self.filter(status__in=UPCOMING)

    def changed_lately(self, at: datetime) -> Self:
        """Those of which something has been changed in the last seven days that others rely on."""
        return self.filter(Exists(self._changes(at)))

    def with_last_change(self, at: datetime) -> Self:
        """Each with what was changed of it last, where that was in the last seven days (`Visit.last_change`)."""
        last = self._changes(at).order_by("-at", "-pk")
        return self.annotate(
            changed_how=Subquery(last.values("kind")[:1]), changed_when=Subquery(last.values("at")[:1])
        )

    def _changes(self, at: datetime) -> "QuerySet[VisitEvent]":
        lately = self.related("events").filter(kind__in=Change.values, at__gt=at - CHANGED_LATELY)
        return lately.filter(visit=OuterRef("pk"))

    def at_risk(self, at: datetime) -> Self:
        """Those that need somebody for whose coming something will have run out on the day (V-04)."""
        seats = self.related("seats").leads().at_risk(at)
        return self.filter(Exists(seats.filter(visit=OuterRef("pk"))), status__in=UPCOMING, starts_at__gt=at)

    def over_by(self, at: datetime) -> Self:
        """Confirmed visits whose end has passed."""
        return self.filter(status=VisitStatus.CONFIRMED, ends_at__lte=at)

    def soonest_first(self) -> Self:
        """By when they start; those without a time yet come first, for they need work."""
        return self.order_by(F("starts_at").asc(nulls_first=True), "pk")

    def coming_first(self, at: datetime) -> Self:
        """Those to come, the soonest first and before them those without a time; then those over, the latest first."""
        is_over = Case(When(ends_at__lte=at, then=Value(1)), default=Value(0))
        to_come = Case(When(ends_at__gt=at, then=F("starts_at")))
        return self.order_by(is_over, to_come.asc(nulls_first=True), F("starts_at").desc(nulls_last=True), "pk")


class SeatQuerySet(HouseQuerySet["Seat"]):
    """People's parts in visits."""

    def visible_to(self, user: "User") -> Self:
        """Seats of the visits that this person may see."""
        visits = self.related("visit")
        return self.filter(visit__in=visits.visible_to(user))

    def leads(self) -> Self:
        """The places that a visit needs somebody for: what it waits for is asked of them alone."""
        return self.filter(kind=SeatKind.LEAD)

    def shadows(self) -> Self:
        """The places of whoever comes along to watch."""
        return self.filter(kind=SeatKind.SHADOW)

    def at_schools_of(self, user: "User") -> Self:
        """Seats of visits to the schools this person acts for."""
        return self.filter(visit__request__school__in=schools_of(user))

    def known_to_schools(self) -> Self:
        """Taken seats of visits whose school knows who comes (rule P-05)."""
        return self.filter(visit__status__in=NAMED, ambassador__isnull=False)

    def on_cards(self) -> Self:
        """Taken seats of agreed visits, with all that a card says: only of them is there one (V-25)."""
        agreed = self.filter(visit__status__in=PROMISED, ambassador__isnull=False)
        return agreed.select_related("ambassador", "visit__request__school")

    def of_user_or_their_school(self, user: "User") -> Self:
        """This person's own seats, and those of visits to the schools this person acts for."""
        return self.filter(Q(ambassador__user=user) | Q(visit__request__school__in=schools_of(user)))

    def coordinated_by(self, user: "User") -> Self:
        """Seats of visits in the regions that this person coordinates."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(visit__request__school__area__in=areas)

    def promised_by(self, ambassador: "Ambassador", *, at: datetime) -> Self:
        """The places that this person has in visits that have not begun."""
        to_come = Q(visit__starts_at__isnull=True) | Q(visit__starts_at__gt=at)
        return self.filter(to_come, ambassador=ambassador, visit__status__in=UPCOMING)

    def promised_between(self, first: datetime, last: datetime) -> Self:
        """Taken places in visits to come that begin between these moments."""
        return self.filter(
            ambassador__isnull=False,
            visit__status__in=UPCOMING,
            visit__starts_at__gt=first,
            visit__starts_at__lte=last,
        )

    def looked_after_by(self, user: "User") -> Self:
        """Seats of the visits in this coordinator's regions."""
        visits = self.related("visit")
        return self.filter(visit__in=visits.looked_after_by(user))

    def at_risk(self, at: datetime) -> Self:
        """Taken places in visits of the next 60 days, by whose day something of their holder's has run out (V-04).

        In date is asked for the day of each visit, by the condition that matching asks for one day.
        """
        last = moment(day_of(at) + AT_RISK_FROM + timedelta(days=1), time.min)
        on_day = TruncDate("visit__starts_at", tzinfo=get_default_timezone())
        soon = self.promised_between(at, last).filter(visit__starts_at__lt=last).annotate(on_day=on_day)
        day, is_scottish = OuterRef("on_day"), Q(visit__request__school__nation=Nation.SCO)
        in_scotland = requirements_met(day, Nation.SCO, person="ambassador")
        elsewhere = requirements_met(day, Nation.ENG, person="ambassador")
        return soon.filter(is_scottish & ~in_scotland | ~is_scottish & ~elsewhere)

    def with_pupils(self, first: datetime, before: datetime, nations: Iterable[Nation]) -> Self:
        """Taken places in visits between these moments that take place, or did, in these nations (rule V-15)."""
        return self.filter(
            status=SeatStatus.TAKEN,
            visit__status__in=TAKES_PLACE,
            visit__starts_at__gte=first,
            visit__starts_at__lt=before,
            visit__request__school__nation__in=[*nations],
        )

    def held_by(self, user: "User") -> Self:
        """Seats that this person has taken."""
        return self.filter(ambassador__user=user)
