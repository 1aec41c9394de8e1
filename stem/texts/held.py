"""What texts hold about their readers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.held import Section, Subject, facts, latest
from stem.texts.enums import TextStatus
from stem.texts.models import NumberProof, Text, TextNumber
from stem.texts.port import are_texts_on
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


def number_texted(user: "User", at: datetime) -> Section:
    """The number to which someone is texted, and one that waits for its code."""
    proven = TextNumber.objects.filter(user=user).first()
    waiting = NumberProof.objects.filter(user=user).first()
    said = [
        *(
            [(_("Number"), proven.in_words), (_("Shown to be yours"), short_day_in_words(proven.proven_at))]
            if proven
            else []
        ),
        *([(_("Waits for its code"), waiting.in_words)] if waiting else []),
    ]
    return Section(
        title=_("The number we text"),
        lead=_(
            "Nobody else sees it here. The service that takes our texts to telephones is told it with each of them."
        ),
        kept=_("Until you stop texts, leave, or close your account. One that waits for its code: a day at most."),
        facts=facts(*said),
        nothing=_("You have given us none for texts."),
    )


def texts_sent(user: "User", at: datetime) -> Section:
    """The texts that went to someone; their words are not kept, they are written as each leaves."""
    sent = Text.objects.filter(recipient=user, status=TextStatus.SENT).order_by("-sent_at", "-pk")

    def told(text: Text) -> list[str]:
        return [text.title, short_day_in_words(text.sent_at or text.due_at), text.number_ends]

    return Section(
        title=_("Texts we sent you"),
        kept=_("90 days, with the last three digits of the number."),
        listed=latest(sent, (_("About"), _("Day"), _("Number ends in")), told),
        nothing=_("None in the last 90 days."),
    )


TEXTS = Subject(
    "texts",
    lazy("Text messages"),
    lazy("The number that you asked us to text, and what went to it."),
    (number_texted, texts_sent),
)


def are_texts_told(user: "User") -> bool:
    """Whether texts are a subject: where they are sent, and elsewhere to those of whom something was kept before."""
    kept = (
        TextNumber.objects.filter(user=user),
        NumberProof.objects.filter(user=user),
        Text.objects.filter(recipient=user),
    )
    return are_texts_on() or any(rows.exists() for rows in kept)
