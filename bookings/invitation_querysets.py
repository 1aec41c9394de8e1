"""The door to the lists of schools that never ask, and to the invitations they had."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from ambassadors.validity import add_months
from bookings.enums import InvitationStatus
from schools.models import School
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import Areas, areas_looked_after_by
from stem.moments import day_of, moment
from stem.querysets import HouseQuerySet
from stem.terms import term_of

if TYPE_CHECKING:
    from bookings.models import Invitation, Listed
    from stem.accounts.models import User

# So long an answer is waited for; so long a request counts as one; and so long a "never" keeps a school in peace.
ANSWER_WITHIN = timedelta(days=30)
COUNTS_FOR_MONTHS = 6
PEACE_MONTHS = 12
# So long it is kept to whom a letter went, and what somebody added to it (rule 3.4).
NAMED_FOR_MONTHS = 36
MAY_STILL_ASK = (InvitationStatus.WAITING, InvitationStatus.SILENT, InvitationStatus.NOT_NOW)


def peace_since(at: datetime) -> datetime:
    """From when on a "never" keeps a school in peace now."""
    return moment(add_months(day_of(at), -PEACE_MONTHS), time.min)


def _areas_of(user: "User") -> Areas:
    """Where this person may see which schools are not reached: an administrator everywhere."""
    return None if has_role(user, Role.ADMINISTRATOR) else areas_looked_after_by(user, Role.COORDINATOR)


class ListedQuerySet(HouseQuerySet["Listed"]):
    """Schools on the lists of the months."""

    def visible_to(self, user: "User") -> Self:
        """Those of a coordinator's regions; an administrator's are all."""
        areas = _areas_of(user)
        return self.all() if areas is None else self.filter(school__area__in=areas)


class InvitationQuerySet(HouseQuerySet["Invitation"]):
    """That somebody of the scheme turned to schools that had not asked."""

    def visible_to(self, user: "User") -> Self:
        """Those of schools in a coordinator's regions; an administrator's are all."""
        areas = _areas_of(user)
        return self.all() if areas is None else self.filter(school__area__in=areas)

    def of_history(self, school: School) -> Self:
        """Those of this school, and of the schools that it follows."""
        return self.filter(school__in=School.objects.with_history_of(school).order_by().values("pk"))

    def in_term_of(self, day: date) -> Self:
        """Those of the third of the school year that this day is in, whoever made them, and how."""
        term = term_of(day)
        return self.filter(made_at__gte=term.begins_at, made_at__lt=term.ends_at)

    def waiting(self) -> Self:
        """Those that may still be answered in time."""
        return self.filter(status=InvitationStatus.WAITING)

    def that_end_it(self, at: datetime) -> Self:
        """Those to which a school said within a year that it wants none."""
        return self.filter(status=InvitationStatus.NEVER, answered_at__gte=peace_since(at))

    def overdue(self, at: datetime) -> Self:
        """Those that nobody has answered in thirty days."""
        return self.waiting().filter(made_at__lte=at - ANSWER_WITHIN)

    def may_still_ask(self, at: datetime) -> Self:
        """Those after which a request would still be their doing, for half a year."""
        since = moment(add_months(day_of(at), -COUNTS_FOR_MONTHS), time.min)
        return self.filter(status__in=MAY_STILL_ASK, made_at__gte=since)

    def to_forget_names_of(self, at: datetime) -> Self:
        """Those so long ago that it is forgotten whom they went to, and in which words."""
        before = moment(add_months(day_of(at), -NAMED_FOR_MONTHS), time.min)
        return self.filter(Q(contact__isnull=False) | ~Q(words=""), made_at__lt=before)
