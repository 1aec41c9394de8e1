"""Complaints, as far as each has come, and who may see to them."""

from functools import cached_property

from django.utils import timezone

from bookings.models import Visit
from quality.enums import ComplaintStatus, ConcernStatus
from quality.models import Complaint
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.moments import day_of
from tests import make


class Complaining:
    """One complaint of each sort, of the world that it is part of."""

    def fill_complaints(self, visit: Visit) -> None:
        """One more of what a list of complaints may show."""
        make.complaint(visit=visit, status=ComplaintStatus.ASSIGNED)
        make.complaint(status=ComplaintStatus.CLOSED)

    @cached_property
    def handler(self) -> User:
        """Who answers complaints, and may look at another's again."""
        return make.staff(Role.QUALITY_MANAGER, name="Hana Handler")

    @cached_property
    def complaint(self) -> Complaint:
        """Something that somebody complained of, and nobody has seen to."""
        return make.complaint()

    @cached_property
    def waiting_complaint(self) -> Complaint:
        """One that waits for a safeguarding lead, and one that waits no longer."""
        over = make.concern(status=ConcernStatus.CLOSED)
        make.complaint(concern=over)
        return make.complaint(concern=make.concern(), status=ComplaintStatus.WAITING)

    @cached_property
    def complaint_seen_to(self) -> Complaint:
        """One that is late; others were said before, or are looked at again."""
        make.complaint(status=ComplaintStatus.REPEAT)
        make.complaint(status=ComplaintStatus.APPEALED)
        make.complaint(status=ComplaintStatus.CLOSED, is_twice=True)
        make.complaint(status=ComplaintStatus.ACKNOWLEDGED)
        return make.complaint(status=ComplaintStatus.ASSIGNED, handler=self.handler)

    @cached_property
    def answered_complaint(self) -> Complaint:
        """One that was answered today: whoever made it may ask for another look."""
        return make.complaint(status=ComplaintStatus.RESPONDED, due_on=day_of(timezone.now()))
