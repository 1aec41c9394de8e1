"""Another time for a visit, as one side would like it and the others agree to it or not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import CancelReason, ProposalStatus, Side
from bookings.models.visit import Seat, Visit
from bookings.proposal_querysets import ProposalQuerySet
from stem.history import Event


class Proposal(models.Model):
    """Another time that the school, or whoever has a seat, proposes for a visit on which people have said yes.

    The visit keeps its time until everyone else has agreed. Of whom an answer is waited for is not stored: of the
    school, and of each taken seat, but for whoever proposed it.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="proposals")
    status = models.CharField(_("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.PROPOSED)
    made_at = models.DateTimeField()
    lapses_at = models.DateTimeField(_("answer by"))

    # whose wish it is: the school's, or that of whoever has this seat
    side = models.CharField(_("side"), max_length=10, choices=Side)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")

    # from when to when it is agreed, and would be
    was_starts_at = models.DateTimeField()
    was_ends_at = models.DateTimeField()
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    # why: in words for the others, as a code for the scheme (rule T-40), and why on a day without visitors (T-11)
    words = models.CharField(max_length=300)
    reason = models.CharField(_("why"), max_length=20, choices=CancelReason, blank=True)
    all_the_same = models.CharField(_("why then all the same"), max_length=200, blank=True)
    # Whoever has the seat says that they can get there from another visit, however little time there is (rule T-22).
    manages_journey = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(status=ProposalStatus.PROPOSED), name="one_open_proposal_per_visit"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="proposal_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(starts_at=F("was_starts_at")) | ~Q(ends_at=F("was_ends_at")),
                name="proposal_is_another_time",
            ),
            models.CheckConstraint(
                condition=Q(side=Side.SCHOOL, seat__isnull=True) | Q(side=Side.AMBASSADOR, seat__isnull=False),
                name="proposal_is_the_schools_or_a_seats",
            ),
        ]
        indexes = [models.Index(fields=["status", "lapses_at"], name="proposal_clock")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} for visit {self.visit_id}"


class Agreement(models.Model):
    """That the school, or whoever has this seat, agrees to a proposal; it is settled when nobody's is missing."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="agreements")
    # Without one it is the school's.
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    manages_journey = models.BooleanField(default=False)

    class Meta:
        ordering = ["agreed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "seat"], name="a_seat_agrees_once"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(seat__isnull=True), name="the_school_agrees_once"),
        ]

    def __str__(self) -> str:
        return f"to proposal {self.proposal_id}"


class ProposalEvent(Event):
    """What happened to a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="events")
