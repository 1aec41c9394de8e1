"""A letter's words, or those of several, as an e-mail message."""

from email.utils import formataddr

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from stem.letters.drafts import CalendarFile
from stem.letters.rendering import Wording
from stem.scheme.identity import who_we_are

LONGEST_ADDRESS = 254  # as an EmailField is


def check_address(address: str) -> None:
    """Raise `ValidationError` when this cannot be anybody's address, or is longer than the outbox can keep."""
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError("This address is too long.")
    validate_email(address)


def build_message(
    message_id: str, wording: Wording, post_office: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The message to hand to the mail server: always under the same Message-ID, so that a repeat shows."""
    envelope, scheme = wording.envelope, who_we_are()
    message = EmailMultiAlternatives(
        subject=wording.subject,
        body=wording.text,
        to=[formataddr((" ".join(envelope.to_name.split()), envelope.to_email))],
        from_email=scheme.sender,
        reply_to=[scheme.email],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        connection=post_office,
    )
    if wording.stop_url:
        # One press in the reader's own mail program (RFC 8058); a POST, so that no scanner stops anything.
        message.extra_headers["List-Unsubscribe"] = f"<{wording.stop_url}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.attach_alternative(wording.html, "text/html")
    for each in envelope.attachments:
        message.attach(each.name, each.content, each.mimetype)
    if envelope.calendar:
        _enclose(message, envelope.calendar)
    return message


def _enclose(message: EmailMultiAlternatives, calendar: CalendarFile) -> None:
    """A calendar twice over: mail programs that know invitations read the alternative, all others offer the file."""
    message.attach_alternative(calendar.content.decode(), f"text/calendar; method={calendar.method}")
    # Not text/calendar again, which some programs would show as a second invitation.
    message.attach("invite.ics", calendar.content, "application/ics")
