"""Where a letter may stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterStatus(TextChoices):
    """Where a letter stands between the fact it tells and the reader's inbox."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_NEEDED = "not_needed", _("No longer needed")
    NOT_WANTED = "not_wanted", _("Not wanted by its reader")
    FAILED = "failed", _("Failed")
