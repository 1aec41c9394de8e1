"""The door to employers, and to what they are told."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from quality.enums import CommentStatus
from stem.accounts.roles import Role, has_role, regions_of
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from quality.models import (
        Employer,
        EmployerAgreement,
        EmployerLead,
        EmployerQuote,
        EmployerRelease,
        EmployerSpelling,
    )
    from stem.accounts.models import User


def sets_up_employers(user: "User") -> bool:
    """Whether this person sets employers up: administrators do, and coordinators of the whole scheme.

    People of one employer live in many regions, so that whoever looks after some of them would decide for the others.
    """
    return has_role(user, Role.ADMINISTRATOR) or regions_of(user, Role.COORDINATOR) is None


class EmployerQuerySet(HouseQuerySet["Employer"]):
    """Employers whose volunteers are counted."""

    def visible_to(self, user: "User") -> Self:
        """All, to who sets them up; to a lead their own."""
        if sets_up_employers(user):
            return self
        return self.filter(pk__in=self.related("leads").live().filter(user=user.pk).values("employer"))


class EmployerSpellingQuerySet(HouseQuerySet["EmployerSpelling"]):
    """The ways in which people write employers' names."""

    def visible_to(self, user: "User") -> Self:
        """All, to who sets employers up."""
        return self if sets_up_employers(user) else self.none()

    def by(self, at: datetime) -> Self:
        """Those that were written down before this moment."""
        return self.filter(added_at__lt=at)


class EmployerLeadQuerySet(HouseQuerySet["EmployerLead"]):
    """Who reads an employer's page."""

    def visible_to(self, user: "User") -> Self:
        """All, to who sets employers up."""
        return self if sets_up_employers(user) else self.none()

    def behind(self, pk: int) -> "EmployerLead":
        """The one that a single-use link has proved a right to, with their employer."""
        return self.select_related("employer").get(pk=pk)

    def open(self) -> Self:
        """Those whose access nobody has ended, asked or here, and whose account is not closed."""
        return self.filter(Q(user=None) | Q(user__is_active=True), ended_at=None)

    def at(self, address: str) -> Self:
        """Those at this address: asked there, or who sign in with it."""
        return self.filter(Q(email=address) | Q(user__email=address))

    def live(self) -> Self:
        """Those who may read now."""
        return self.open().filter(accepted_at__isnull=False)


class EmployerAgreementQuerySet(HouseQuerySet["EmployerAgreement"]):
    """Who lets their visits be counted."""


class EmployerReleaseQuerySet(HouseQuerySet["EmployerRelease"]):
    """What employers were told."""

    def visible_to(self, user: "User") -> Self:
        """A lead's own employer's; of all, nobody reads.

        Whoever visits schools as well reads what was told since they said yes. What was told before may be of five
        people of whom they are one, and they would know of the other four.
        """
        mine = self.related("employer").related("leads").live().filter(user=user.pk, employer=OuterRef("employer"))
        return self.filter(Exists(mine.filter(Q(user__ambassador=None) | Q(accepted_at__lte=OuterRef("released_at")))))


class EmployerQuoteQuerySet(HouseQuerySet["EmployerQuote"]):
    """What of schools' words employers may read."""

    def readable(self) -> Self:
        """Those of words that are still passed on."""
        passed_on = (CommentStatus.RELEASED, CommentStatus.REDACTED)
        return self.filter(comment__status__in=passed_on, comment__is_private=False)
