"""Schemes whose people come into the register, and the files in which they come."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Max, OuterRef, Q, Subquery

from ambassadors.enums import AmbassadorStatus, UploadStatus
from stem.accounts.roles import Role, has_role
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import Scheme, Upload
    from stem.accounts.models import User

# The worker says how far it is every second or so, but not while it looks for duplicates: one that has been quiet for
# so long was killed.
QUIET = timedelta(minutes=10)


class SchemeQuerySet(HouseQuerySet["Scheme"]):
    """Schemes."""

    def visible_to(self, user: "User") -> Self:
        """Administrators see to where people came from."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def with_figures(self) -> Self:
        """Each with `people`, with `imported_on`, and with the newest file that was taken in by a page."""
        uploads = self.related("uploads").filter(scheme=OuterRef("pk"), status=UploadStatus.DONE)
        return self.annotate(
            people=Count("memberships", filter=~Q(memberships__ambassador__status=AmbassadorStatus.SEALED)),
            imported_on=Max("memberships__imported_on"),
            taken_in_at=Subquery(uploads.order_by("-finished_at").values("finished_at")[:1]),
        ).order_by("name")


class UploadQuerySet(HouseQuerySet["Upload"]):
    """Files of people."""

    def visible_to(self, user: "User") -> Self:
        """Administrators bring people in."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def plain(self) -> Self:
        """Without what is large and shown on no list."""
        return self.defer("rejected", "headings", "samples")

    def open(self) -> Self:
        """Those of which something is still to come."""
        return self.exclude(status__in=UploadStatus.over())

    def over(self) -> Self:
        """Those of which nothing is to come any more."""
        return self.filter(status__in=UploadStatus.over())

    def due(self, at: datetime) -> Self:
        """Those that wait for the worker, and those whose worker was killed."""
        waiting = self.filter(status__in=(UploadStatus.CHECKING, UploadStatus.TAKING_IN))
        return waiting.filter(Q(heard_at=None) | Q(heard_at__lt=at - QUIET))
