"""Where a letter stands, and who moves it on: staff one at a time, the worker by compare-and-set."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stem.workflow import Workflow, move


class LetterStatus(models.TextChoices):
    """Where a letter stands between the fact it tells and the reader's inbox."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_NEEDED = "not_needed", _("No longer needed")
    FAILED = "failed", _("Failed")


# "claim" also starts from "sending": a claim whose lease ran out belongs to a worker that was killed.
LETTER = Workflow(
    "letter",
    move("claim", sources="waiting sending", target="sending", whose="worker"),
    move("send", sources="sending", target="sent", whose="worker"),
    move("put_off", sources="sending", target="waiting", whose="worker"),
    move("drop", sources="sending", target="not_needed", whose="worker"),
    move("give_up", sources="sending", target="failed", whose="worker"),
    move("hold", sources="waiting", target="held", whose="staff"),
    move("release", sources="held", target="waiting", whose="staff"),
    move("retry", sources="failed", target="waiting", whose="staff"),
    move("cancel", sources="waiting held failed", target="cancelled", whose="staff"),
    start="waiting",
)
