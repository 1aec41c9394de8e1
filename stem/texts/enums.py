"""Where a text message may stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextStatus(TextChoices):
    """Where a text stands between the fact it tells and the reader's telephone."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Handed to the gateway")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_NEEDED = "not_needed", _("No longer needed")
    NOT_WANTED = "not_wanted", _("No longer wanted by its reader")
    TOO_LATE = "too_late", _("Too late to be of use")
    FAILED = "failed", _("Failed")
