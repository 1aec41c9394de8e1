"""What was agreed: a presence at a school, the parts in it, and the hours promised."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Moves
from ambassadors.models import Ambassador
from bookings.enums import PROMISED, Change, SeatKind, SeatStatus, VisitStatus
from bookings.models.request import Request
from bookings.querysets import SeatQuerySet, VisitQuerySet
from stem.history import Event
from stem.promises import NoOverlap
from stem.wording import clock_in_words, short_day_in_words

LONGEST_GROUP, LONGEST_NAME = 80, 150


class Visit(models.Model):
    """One continuous presence at one school, or online, on one day. Its time is fixed by its first acceptance."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="visits")
    # Which meeting of its request it is, where that is a series.
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(_("status"), max_length=24, choices=VisitStatus, default=VisitStatus.FINDING)
    starts_at = models.DateTimeField(_("starts"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)

    # on the day
    supervising_adult = models.CharField(_("supervising adult"), max_length=150, blank=True)
    supervising_email = models.EmailField(_("their e-mail address"), max_length=254, blank=True)
    safeguarding_lead = models.CharField(_("safeguarding lead or deputy"), max_length=150, blank=True)
    safeguarding_phone = models.CharField(_("their phone"), max_length=40, blank=True)
    arrival = models.TextField(_("room, arrival and equipment"), max_length=1000, blank=True)

    # calendar: one identity for life, and a number that rises with every change both sides must see
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="visit_has_both_times_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*PROMISED]) | ~Q(supervising_adult="") & Q(starts_at__isnull=False),
                name="confirmed_visit_names_its_supervising_adult",
            ),
        ]
        indexes = [models.Index(fields=["status", "ends_at"], name="visit_by_status_and_end")]

    def __str__(self) -> str:
        return str(self.request)

    @property
    def running_order(self) -> list["Session"]:
        """The lessons of the day, where the school has said more of them than the visit itself does."""
        lessons = list(self.sessions.all())
        return lessons if len(lessons) > 1 or any(each.supervising_adult for each in lessons) else []

    @property
    def last_change(self) -> str:
        """What was changed of it last, and on which day, where it was read `with_last_change` and anything was."""
        how, when = vars(self).get("changed_how"), vars(self).get("changed_when")
        if not how or when is None:
            return ""
        return gettext("%(what)s on %(day)s") % {"what": Change(how).label, "day": short_day_in_words(when)}


class Session(models.Model):
    """One lesson of a visit, and which member of staff is with the pupils then (rule V-80)."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    group = models.CharField(_("group"), max_length=LONGEST_GROUP, blank=True)
    # Nobody where it is whoever the visit names for all of it.
    supervising_adult = models.CharField(_("supervising adult"), max_length=LONGEST_NAME, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.starts_at:%H:%M}"

    @property
    def in_words(self) -> str:
        """When, which group, and who of the staff is with them where that is somebody else than throughout."""
        clocks = {"from": clock_in_words(self.starts_at), "to": clock_in_words(self.ends_at)}
        return ", ".join(filter(None, [gettext("%(from)s to %(to)s") % clocks, self.group, self.supervising_adult]))


class Seat(models.Model):
    """One person's part in one visit: the only row that names an ambassador.

    A visit waits for its leads; whoever has its one shadow's place comes along to watch, and counts for nothing else.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(_("part"), max_length=10, choices=SeatKind, default=SeatKind.LEAD)
    status = models.CharField(_("status"), max_length=10, choices=SeatStatus, default=SeatStatus.OPEN)
    ambassador = models.ForeignKey(Ambassador, null=True, on_delete=models.PROTECT, related_name="+")
    # Of a lesson: whether whoever has the seat does something practical with pupils, once they have said so (T-13).
    practical = models.BooleanField(_("something practical is done"), null=True)

    when_merged = Moves(_("Both have a seat in the same visit: give one of the two back first."))
    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=SeatStatus.OPEN, ambassador__isnull=True)
                | Q(status=SeatStatus.TAKEN, ambassador__isnull=False),
                name="taken_seat_has_its_ambassador",
            ),
            models.UniqueConstraint(fields=["visit", "ambassador"], name="one_seat_per_person_in_a_visit"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(kind=SeatKind.SHADOW), name="one_shadow_place_in_a_visit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of visit {self.visit_id}"

    @property
    def is_shadow(self) -> bool:
        """Whether whoever has it comes along to watch."""
        return self.kind == SeatKind.SHADOW


class Commitment(models.Model):
    """The hours that a taken seat binds: a small table of its own, so that the database can keep them apart.

    It stands from acceptance until the seat is freed or the visit called off.
    """

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="commitment")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    when_merged = Moves(_("Both are promised to schools at the same time: give one of the two visits back first."))

    class Meta:
        constraints = [
            NoOverlap(name="one_place_at_a_time", same="ambassador", starts="starts_at", ends="ends_at"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="commitment_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["starts_at", "ends_at", "ambassador"], name="commitment_by_time"),
            models.Index(fields=["ambassador", "starts_at"], name="commitment_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} {self.starts_at:%Y-%m-%d %H:%M}"


class VisitEvent(Event):
    """What happened to a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="events")


class SeatEvent(Event):
    """What happened to a seat."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="events")
