"""Someone asked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Moves
from ambassadors.models import Ambassador
from bookings.enums import LIVE_OFFERS, OfferStatus, SetAside
from bookings.models.visit import Seat, Visit
from bookings.offer_querysets import OfferQuerySet
from stem.history import Event


class Offer(models.Model):
    """One person asked to take one seat, at one or more of the possible times; why them is kept with it (E-33)."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="offers")
    # The seat's visit, said again so that the database can promise one live offer a person a visit.
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="offers")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=OfferStatus, default=OfferStatus.QUEUED)
    made_at = models.DateTimeField()
    lapses_at = models.DateTimeField(_("answer by"))
    # When they are reminded next, if they have not answered; None: not again.
    remind_at = models.DateTimeField(null=True)

    # why this person, as the ranking reckoned it then
    score = models.FloatField(default=0)
    parts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(null=True)

    # what was set aside to ask them, and why: both or neither (E-33)
    set_aside = models.CharField(max_length=20, choices=SetAside, blank=True)
    because = models.CharField(max_length=300, blank=True)

    # what the person said with a yes or another time: that they can manage the journey (T-22), and a few words
    manages_journey = models.BooleanField(default=False)
    words_to_school = models.CharField(_("a few words to the school"), max_length=200, blank=True)

    when_merged = Moves(
        _("Both are asked for the same visit, or hold the same seat: take one of the two offers back first.")
    )
    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(status=OfferStatus.ACCEPTED), name="one_accepted_offer_per_seat"
            ),
            models.UniqueConstraint(
                fields=["visit", "ambassador"],
                condition=Q(status__in=[*LIVE_OFFERS]),
                name="one_live_offer_per_person_in_a_visit",
            ),
            models.CheckConstraint(
                condition=Q(set_aside="", because="") | (~Q(set_aside="") & ~Q(because="")),
                name="set_aside_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "lapses_at"], name="offer_clock"),
            models.Index(fields=["status", "remind_at"], name="offer_reminders"),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador} for visit {self.visit_id}"

    @property
    def asked_although(self) -> str:
        """What was set aside to ask this person and why, as they read it; empty where nothing was."""
        return f"{self.get_set_aside_display()}: {self.because}" if self.set_aside else ""


class OfferTime(models.Model):
    """Another time at which the person asked could come: one or two of an offer, until the school has answered."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="other_times")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="other_time_ends_after_it_starts"),
            models.UniqueConstraint(fields=["offer", "starts_at"], name="other_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class OfferEvent(Event):
    """What happened to an offer."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="events")
