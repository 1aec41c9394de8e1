"""The door to schools and the people who act for them."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from schools.enums import ContactStatus, PersonKind, PlaceNote, Register, SchoolStatus, SuccessionStatus
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import areas_looked_after_by
from stem.geography.located import LocatedQuerySet
from stem.loads.enums import LoadStatus
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from schools.models import (
        Contact,
        Disadvantage,
        Period,
        School,
        SchoolDomain,
        SchoolPerson,
        SchoolVersion,
        SchoolYear,
        Stretch,
        Succession,
    )
    from stem.accounts.models import User


def _acted_for_by(user: "User") -> "QuerySet[Contact, Any]":
    """The schools that this person acts for, as a subquery."""
    return user.school_contacts.filter(status=ContactStatus.APPROVED).values("school")


class SchoolQuerySet(LocatedQuerySet["School"]):
    """Schools: the register itself is public knowledge."""

    def open(self) -> Self:
        """Schools that are there to be visited.

        Not those overseas, which have no nation of ours, nor one that we entered by hand and a register brought since.
        """
        followed = self.related("successions").confirmed().values("predecessor")
        found = self.filter(status=SchoolStatus.OPEN).exclude(nation="")
        return found.exclude(register=Register.HAND, pk__in=followed)

    def open_first(self) -> Self:
        """By name; those that are closed, or that lie in none of our nations, after all the others."""
        is_elsewhere = Case(When(Q(status=SchoolStatus.CLOSED) | Q(nation=""), then=Value(1)), default=Value(0))
        return self.order_by(is_elsewhere, "name", "town", "pk")

    def unsettled(self) -> Self:
        """Schools whose place a fuller directory of postcodes may better, or may check the register's point by."""
        return self.filter(Q(approximate=True) | Q(place_note=PlaceNote.UNCHECKED)).exclude(postcode="")

    def known_as(self, register: str) -> Self:
        """The schools of one register."""
        return self.filter(register=register)

    def visible_to(self, user: "User") -> Self:
        """The schools this person looks after or acts for."""
        areas = areas_looked_after_by(user)
        everywhere = areas is None
        if everywhere:
            return self.all()
        return self.filter(Q(area__in=areas) | Q(pk__in=_acted_for_by(user)))

    def acted_for_by(self, user: "User") -> Self:
        """The schools that this person acts for, and those that they follow: their history is this school's too."""
        return self._with_predecessors(_acted_for_by(user))

    def with_history_of(self, school: "School") -> Self:
        """This school, and those that it follows."""
        return self._with_predecessors([school.pk])

    def _with_predecessors(self, schools: Any) -> Self:
        """These schools with those before them, and before those: no school has had three numbers while we knew it."""
        before = self.related("successions").confirmed().filter(successor__in=schools).values("predecessor")
        earlier = self.related("successions").confirmed().filter(successor__in=before).values("predecessor")
        return self.filter(Q(pk__in=schools) | Q(pk__in=before) | Q(pk__in=earlier))

    def looked_after_by(self, user: "User") -> Self:
        """Schools in this coordinator's regions."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(area__in=areas)

    def authorities(self) -> set[tuple[str, str]]:
        """The local authorities of these schools, by nation and name."""
        named = self.exclude(authority="").order_by().values_list("nation", "authority")
        return set(named.distinct())


class SchoolVersionQuerySet(HouseQuerySet["SchoolVersion"]):
    """What the registers said, load by load."""

    def that_came_into_force(self) -> Self:
        """Those of loads that were in force at some time and have not been undone."""
        return self.filter(load__status__in=[LoadStatus.LOADED, LoadStatus.REPLACED, LoadStatus.PAST])


class SuccessionQuerySet(HouseQuerySet["Succession"]):
    """Which school follows which."""

    def confirmed(self) -> Self:
        """Those that are so."""
        return self.filter(status=SuccessionStatus.CONFIRMED)

    def proposed(self) -> Self:
        """Those that a person has yet to look at."""
        return self.filter(status=SuccessionStatus.PROPOSED)

    def declined(self) -> Self:
        """Those of which somebody said that they are two schools."""
        return self.filter(status=SuccessionStatus.DECLINED)

    def with_people_left_behind(self) -> Self:
        """Confirmed ones whose first school is no more, while somebody still acts for it and not yet for the second."""
        is_gone = Q(predecessor__register=Register.HAND) | Q(predecessor__status=SchoolStatus.CLOSED)
        acting = Q(predecessor__contacts__status=ContactStatus.APPROVED)
        return self.confirmed().filter(is_gone & acting, successor__status=SchoolStatus.OPEN).distinct()

    def visible_to(self, user: "User") -> Self:
        """Those of the schools that this person looks after, and all for an administrator, who settles them."""
        if has_role(user, Role.ADMINISTRATOR):
            return self.all()
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(successor__area__in=areas)


class DisadvantageQuerySet(HouseQuerySet["Disadvantage"]):
    """Schools' places by how disadvantaged their pupils are."""

    def by_measure(self, measure: str) -> Self:
        """Those by one measure."""
        return self.filter(measure=measure)

    def visible_to(self, user: "User") -> Self:
        """Those of the schools that this person looks after or acts for."""
        schools = self.related("school")
        return self.filter(school__in=schools.visible_to(user))


class ContactQuerySet(HouseQuerySet["Contact"]):
    """People who act, or ask to act, for a school."""

    def approved(self) -> Self:
        """Those who may act for their school now."""
        return self.filter(status=ContactStatus.APPROVED)

    def of(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user=user)

    def of_school_at(self, school: "School", email: str) -> Self:
        """The part in this school of whoever signs in with this address."""
        return self.filter(school=school, user__email=email.strip().lower())

    def awaiting(self) -> Self:
        """Those who wait to be let in."""
        return self.filter(status=ContactStatus.AWAITING)

    def leading(self) -> Self:
        """Those who lead at their school."""
        return self.filter(is_lead=True)

    def deciding_to_join_or_leave(self) -> Self:
        """Those who wait for a coordinator: to be let in, or to be told who takes over from them."""
        leaving = Q(status=ContactStatus.APPROVED, wants_to_leave_at__isnull=False)
        return self.filter(Q(status=ContactStatus.AWAITING) | leaving)

    def at_the_top(self) -> Self:
        """The lead first, then who acts for the school, who waits to, and who did; within each by how long."""
        place = Case(
            When(is_lead=True, then=Value(0)),
            When(status=ContactStatus.APPROVED, then=Value(1)),
            When(status=ContactStatus.AWAITING, then=Value(2)),
            default=Value(3),
        )
        return self.order_by(place, "asked_at", "pk")

    def colleagues_of(self, contact: "Contact") -> Self:
        """Everyone else who acts, acted or asks to act for the same school."""
        return self.filter(school=contact.school_id).exclude(pk=contact.pk)

    def visible_to(self, user: "User") -> Self:
        """One's own part in a school, one's colleagues', and for a coordinator everyone's in their regions."""
        areas = areas_looked_after_by(user)
        everywhere = areas is None
        if everywhere:
            return self.all()
        return self.filter(Q(school__area__in=areas) | Q(user=user) | Q(school__in=_acted_for_by(user)))

    def looked_after_by(self, user: "User") -> Self:
        """Everyone's part in the schools of this coordinator's regions."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(school__area__in=areas)


class SchoolDomainQuerySet(HouseQuerySet["SchoolDomain"]):
    """Domains that coordinators have verified."""

    def visible_to(self, user: "User") -> Self:
        """Those of the schools in this coordinator's regions: what lets people in is nobody else's business."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(school__area__in=areas)


class SchoolPersonQuerySet(HouseQuerySet["SchoolPerson"]):
    """Staff whom requests name."""

    def of_kind(self, kind: PersonKind) -> Self:
        """Those with this part, the last named first."""
        return self.filter(kind=kind)

    def visible_to(self, user: "User") -> Self:
        """Those of the schools that this person acts for."""
        return self.filter(school__in=_acted_for_by(user))


class SchoolYearQuerySet(HouseQuerySet["SchoolYear"]):
    """School years whose dates somebody has told."""

    def of_authorities(self) -> Self:
        """Those that authorities' schools go by where they tell none of their own."""
        return self.filter(school__isnull=True)

    def kept_by(self, user: "User") -> Self:
        """Those of authorities that this person keeps: an administrator all, others where they look after a school."""
        if has_role(user, Role.ADMINISTRATOR):
            return self.of_authorities()
        schools = self.related("school").looked_after_by(user)
        return self.of_authorities().filter(
            Exists(schools.filter(nation=OuterRef("nation"), authority=OuterRef("authority")))
        )

    def visible_to(self, user: "User") -> Self:
        """Those of the schools that this person acts for or looks after; an authority's are published for all."""
        areas = areas_looked_after_by(user)
        if areas is None:
            return self.all()
        return self.filter(Q(school__isnull=True) | Q(school__area__in=areas) | Q(school__in=_acted_for_by(user)))


class StretchQuerySet(HouseQuerySet["Stretch"]):
    """Terms, half terms, INSET days, closures and exams."""

    def visible_to(self, user: "User") -> Self:
        """Those of the school years that this person may see."""
        areas = areas_looked_after_by(user)
        if areas is None:
            return self.all()
        of_school = Q(of_year__school__area__in=areas) | Q(of_year__school__in=_acted_for_by(user))
        return self.filter(Q(of_year__school__isnull=True) | of_school)


class PeriodQuerySet(HouseQuerySet["Period"]):
    """The periods of schools' days."""

    def visible_to(self, user: "User") -> Self:
        """Those of the schools that this person acts for."""
        return self.filter(school__in=_acted_for_by(user))
