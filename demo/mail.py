"""An e-mail backend that keeps messages in the database, for the demonstration's mail page."""

from collections.abc import Sequence
from email.message import Message as MimePart

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from demo.models import Message


class MailboxBackend(BaseEmailBackend):
    """Keeps what it is told to send."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep these messages; how many."""
        for message in email_messages:
            parts = [part for part in message.message().walk() if not part.is_multipart()]
            Message.objects.create(
                to=", ".join(message.recipients())[:300],
                subject=str(message.subject)[:300],
                text=_first(parts, "text/plain"),
                html=_first(parts, "text/html"),
                calendar=_first(parts, "text/calendar"),
            )
        return len(email_messages)


def _first(parts: Sequence[MimePart], content_type: str) -> str:
    for part in parts:
        if part.get_content_type() == content_type:
            content = part.get_payload(decode=True)
            return content.decode(part.get_content_charset() or "utf-8") if isinstance(content, bytes) else ""
    return ""
