"""What was gathered for one reader, as one message: each letter with its own heading, words and link."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from stem.accounts.models import User
from stem.letters.drafts import Envelope
from stem.letters.rendering import Part, Wording, context_of, one_line, plain_words

SUBJECT = "emails/digest/subject.txt"
TEXT = "emails/digest/body.txt"
HTML = "emails/digest/body.html"


def word_together(reader: User, wordings: Sequence[Wording]) -> Wording:
    """These letters of one reader as one, in this order; a single one leaves as itself."""
    if len(wordings) == 1:
        return wordings[0]
    parts = [wording.part for wording in wordings if wording.part is not None]
    assert len(parts) == len(wordings), "only what is gathered leaves together"
    # To an account goes what its own address can read, whatever each fact says.
    envelope = Envelope(str(reader), reader.email, {})
    with translation.override(reader.language):
        why = _("It comes in one letter, once a working day, because none of it needs you at once.")
        context = context_of(envelope) | {"parts": parts, "count": len(parts), "because": why}
        subject = one_line(SUBJECT, context)
        return Wording(
            envelope=envelope,
            subject=subject,
            text=plain_words(TEXT, context),
            html=render_to_string(HTML, context | {"subject": subject}),
            stop_url=_stops_all(parts),
        )


def _stops_all(parts: Sequence[Part]) -> str:
    """What one press in a mail program stops: the kind of which all of them are; of several kinds it stops none."""
    addresses = {part.stop_url for part in parts}
    return addresses.pop() if len(addresses) == 1 else ""
