"""The door to schools and the people who act for them."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from schools.enums import ContactStatus, PlaceNote, SchoolStatus, SuccessionStatus
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import areas_looked_after_by
from stem.geography.located import LocatedQuerySet
from stem.loads.enums import LoadStatus
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from schools.models import Contact, School, SchoolVersion, Succession
    from stem.accounts.models import User


class SchoolQuerySet(LocatedQuerySet["School"]):
    """Schools: the register itself is public knowledge."""

    def open(self) -> Self:
        """Schools that are there to be visited: not those overseas, which have no nation of ours."""
        return self.filter(status=SchoolStatus.OPEN).exclude(nation="")

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
        return self.filter(
            Q(area__in=areas) | Q(pk__in=user.school_contacts.filter(status=ContactStatus.APPROVED).values("school"))
        )

    def looked_after_by(self, user: "User") -> Self:
        """Schools in this coordinator's regions."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(area__in=areas)


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

    def visible_to(self, user: "User") -> Self:
        """Those of the schools that this person looks after, and all for an administrator, who settles them."""
        if has_role(user, Role.ADMINISTRATOR):
            return self.all()
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(successor__area__in=areas)


class ContactQuerySet(HouseQuerySet["Contact"]):
    """People who act, or ask to act, for a school."""

    def approved(self) -> Self:
        """Those who may act for their school now."""
        return self.filter(status=ContactStatus.APPROVED)

    def of(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user=user)

    def awaiting(self) -> Self:
        """Those who wait for a coordinator."""
        return self.filter(status=ContactStatus.AWAITING)

    def visible_to(self, user: "User") -> Self:
        """One's own part in a school, and for a coordinator everyone's in their regions."""
        areas = areas_looked_after_by(user)
        everywhere = areas is None
        return self.all() if everywhere else self.filter(Q(school__area__in=areas) | Q(user=user))

    def looked_after_by(self, user: "User") -> Self:
        """Everyone's part in the schools of this coordinator's regions."""
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        return self.all() if areas is None else self.filter(school__area__in=areas)
