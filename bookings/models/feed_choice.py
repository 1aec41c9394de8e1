"""How someone would have their visits in a calendar of their own."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import Alarms, FeedShows
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class FeedChoiceQuerySet(HouseQuerySet["FeedChoice"]):
    """What people chose for their own calendars."""

    def visible_to(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user=user)


class FeedChoice(models.Model):
    """What a person chose for the calendar they subscribe to.

    Whoever chose nothing needs no row: an unsaved one says what holds then.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    shows = models.CharField(_("what it shows"), max_length=12, choices=FeedShows, default=FeedShows.EVERYTHING)
    alarms = models.CharField(_("reminders"), max_length=6, choices=Alarms, default=Alarms.NONE)
    journeys = models.BooleanField(_("with the journeys"), default=False)

    objects = FeedChoiceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
