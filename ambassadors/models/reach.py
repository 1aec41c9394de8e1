"""Whom matching finds, reckoned by `ambassadors.reach.keeping` from what is on record and never written by hand."""

from django.db import models
from django.db.models import Q

from ambassadors.following import Stays
from ambassadors.models.ambassador import Ambassador

_BOX = ("south", "north", "west", "east")
# What the gates of matching read besides the place: an index that holds it as well answers without the table.
_GATES = (
    "stages",
    "activities",
    "languages",
    "cleared_from",
    "cleared_until",
    "in_scotland",
    "barred_list",
    "conditions",
    "at_short_notice",
    "aims",
)


class Reach(models.Model):
    """Where, for what and until when one person who takes part can be asked (rule 6.4).

    One row for each subject they offer and each span of days on which they are cleared without a change. Nothing of it
    depends on the day on which it is reckoned. Days away, visits and calendars change by the hour, and are read as they
    stand.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=40)

    # Every place that lies within their longest journey is in this box; none: nobody knows where they live.
    south = models.FloatField(null=True)
    north = models.FloatField(null=True)
    west = models.FloatField(null=True)
    east = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    max_minutes = models.PositiveSmallIntegerField()
    in_person = models.BooleanField()
    online = models.BooleanField()

    # As bits (`ambassadors.reach.masks`).
    stages = models.PositiveSmallIntegerField()
    activities = models.PositiveIntegerField()
    languages = models.PositiveIntegerField()

    # First and last day, both included; what never ends, ends on the last day there is.
    cleared_from = models.DateField()
    cleared_until = models.DateField()
    # Whether a PVG membership is among what clears them (V-11), their check had the barred list (V-13), and what
    # conditions it bears, as bits (V-34).
    in_scotland = models.BooleanField()
    barred_list = models.BooleanField()
    conditions = models.PositiveSmallIntegerField()
    at_short_notice = models.BooleanField()
    # As bits, what they have opted in to (E-41): it orders people, and is shown of nobody.
    aims = models.PositiveSmallIntegerField()

    # Reckoned anew from what the record says that goes on.
    when_merged = Stays()

    class Meta:
        indexes = [
            models.Index(
                fields=["subject", *_BOX, "ambassador", "lat", "lon", "max_minutes", *_GATES],
                condition=Q(in_person=True),
                name="reach_of_subject",
            ),
            models.Index(
                fields=["subject", "ambassador", "max_minutes", *_GATES], condition=Q(online=True), name="reach_online"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id}: {self.subject}"
