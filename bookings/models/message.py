"""What a school and whoever comes write to each other about one visit."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bookings.enums import Speaker
from bookings.models.visit import SeatEvent, Visit
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User

LONGEST_MESSAGE = 2000


class MessageQuerySet(HouseQuerySet["Message"]):
    """Messages about visits."""

    def visible_to(self, user: "User") -> Self:
        """Those about the visits that this person may see."""
        visits = self.related("visit")
        return self.filter(visit__in=visits.visible_to(user))

    def written_by(self, user: "User") -> Self:
        """One's own, under this account."""
        return self.filter(by=user)

    def since_seat_of(self, *, user: int | None = None, ambassador: int | None = None) -> Self:
        """Those written since this person took their seat: what was said to whoever had it before is not theirs."""
        holder = Q(seat__ambassador__user=user) if ambassador is None else Q(seat__ambassador=ambassador)
        taken = SeatEvent.objects.filter(holder, seat__visit=OuterRef("visit"), kind="take").order_by("-at", "-pk")
        # Of a seat that came otherwise than by an answer nobody knows since when.
        return self.filter(written_at__gte=Coalesce(Subquery(taken.values("at")[:1]), F("written_at")))


class Message(models.Model):
    """A few words about one visit, added and never changed; read by both sides and their coordinators.

    `slip` is the number of the form that it was written on: pressed twice it is one message. `told_at` is when the
    letter leaves that tells of it, together with what else was written until then.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(_("side"), max_length=10, choices=Speaker)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    slip = models.UUIDField()
    written_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "slip"], name="message_once_a_slip"),
            models.CheckConstraint(condition=~Q(text=""), name="message_has_words"),
            models.CheckConstraint(condition=Q(side__in=Speaker.values), name="message_by_one_of_three"),
        ]
        indexes = [models.Index(fields=["by", "written_at"], name="message_by_person_and_time")]

    def __str__(self) -> str:
        return f"{self.side} about visit {self.visit_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A message is added, never changed.")
        super().save(*args, **kwargs)
