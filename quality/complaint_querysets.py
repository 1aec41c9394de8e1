"""The door to complaints: whoever handles them, and is not connected with what one is about."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.core import signing
from django.db.models import F, Q

from quality.enums import ComplaintStatus
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import areas_looked_after_by
from stem.moments import moment
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from quality.models import Complaint
    from stem.accounts.models import User

SALT = "complaint"
# For so long after it was closed its private address opens it: addresses lie about longer than anybody needs them.
READ_FOR = timedelta(days=365)


class ComplaintQuerySet(HouseQuerySet["Complaint"]):
    """Complaints."""

    def visible_to(self, user: "User") -> Self:
        """Those that this person may handle: of their regions, or of no visit where theirs are all; none of their own.

        What waits for a safeguarding lead is among them, and tells nothing but that it waits.
        """
        if not has_role(user, Role.COMPLAINT_HANDLER):
            return self.none()
        areas = areas_looked_after_by(user, Role.COMPLAINT_HANDLER)
        here = self if areas is None else self.filter(visit__request__school__area__in=areas)
        return here.unconnected_with(user)

    def unconnected_with(self, user: "User") -> Self:
        """Those that somebody unconnected may see to (rule 2.9).

        Not whoever complained, or is complained of; who came to the visit, asked for it, or was in the room and asked
        how it went; nor who coordinates visits there, or has had a hand in this one.
        """
        rows = self.exclude(raised_by=user).exclude(complained_of=user)
        rows = rows.exclude(visit__seats__ambassador__user=user)
        rows = rows.exclude(visit__request__contact__user=user).exclude(visit__supervising_email__iexact=user.email)
        rows = rows.exclude(visit__events__by=user).exclude(visit__request__events__by=user)
        coordinated = areas_looked_after_by(user, Role.COORDINATOR)
        if coordinated is None:
            return rows.filter(visit=None)
        return rows.filter(Q(visit=None) | ~Q(visit__request__school__area__in=coordinated))

    def behind(self, key: str, *, at: datetime) -> "Complaint | None":
        """The one that its private address opens, with its visit; None where it opens none, or does so no more."""
        try:
            pk = signing.loads(key, salt=SALT)
        except signing.BadSignature:
            return None
        rows = self.exclude(closed_at__lt=at - READ_FOR)
        return rows.select_related("visit__request__school", "concern").filter(pk=pk).first()

    def of_person(self, user: "User") -> Self:
        """Those that this person made while signed in, the latest first."""
        return self.filter(raised_by=user).order_by("-received_at", "-pk")

    def not_closed(self) -> Self:
        """Those that are not over, what is due first, and last what waits for somebody else."""
        return self.exclude(status=ComplaintStatus.CLOSED).order_by(F("due_on").asc(nulls_last=True), "pk")

    def closed(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(status=ComplaintStatus.CLOSED).order_by("-closed_at", "-pk")

    def with_us(self) -> Self:
        """Those about which somebody of the scheme has something to do by a day."""
        return self.not_closed().exclude(status__in=[ComplaintStatus.WAITING, ComplaintStatus.RESPONDED])

    def unappealed_on(self, day: date) -> Self:
        """Those that were answered, and whose time to ask for another look was over before this day."""
        return self.filter(status=ComplaintStatus.RESPONDED, due_on__lt=day)

    def closed_before_day(self, day: date) -> Self:
        """Those that were closed before this day."""
        return self.filter(status=ComplaintStatus.CLOSED, closed_at__lt=moment(day, time(0)))
