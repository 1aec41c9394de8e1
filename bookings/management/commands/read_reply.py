"""Read what a calendar program answered by e-mail."""

import sys
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.operations.calendar_replies import keep_calendar_reply
from stem.calendars.replies import MOST_BYTES, read_replies
from stem.commands import HouseCommand
from stem.rules import Audience, Refusal


class Command(HouseCommand):
    help = (
        "Read one e-mail message from standard input, as a mail server pipes it, and keep what a calendar program "
        "answers in it for the person to confirm. Whatever cannot be used is passed over, with a line on standard "
        "error: the exit status is 0 all the same, for a mail server would write to the sender."
    )

    def answer(self, **options: Any) -> dict[str, Any]:
        """How many replies were in it, how many were kept, and why the others were not."""
        data, at = sys.stdin.buffer.read(MOST_BYTES + 1), timezone.now()
        replies, ignored, kept = read_replies(data), [], 0
        if len(data) > MOST_BYTES:
            ignored.append(_("The message is larger than 1 MB."))
        elif not replies:
            ignored.append(_("No reply of a calendar program is in this message."))
        for reply in replies:
            try:
                keep_calendar_reply(reply=reply, at=at)
                kept += 1
            except Refusal as refusal:
                ignored.append(refusal.told_to(Audience.ENTITLED))
        for why in ignored:
            self.stderr.write(_("Passed over: %(why)s") % {"why": why})
        return {"replies": len(replies), "kept": kept, "ignored": ignored}
