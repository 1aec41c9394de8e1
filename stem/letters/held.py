"""What letters hold about their readers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.held import Section, Subject, latest
from stem.letters.enums import LetterStatus
from stem.letters.kinds import LetterKind
from stem.letters.models import Letter, UnwantedKind
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


def letters_sent(user: "User", at: datetime) -> Section:
    """The letters that went to someone; their text is not kept, it is written as each leaves."""
    sent = Letter.objects.filter(recipient=user, status=LetterStatus.SENT).order_by("-sent_at", "-pk")

    def told(letter: Letter) -> list[str]:
        return [letter.subject or letter.title, short_day_in_words(letter.sent_at or letter.due_at), letter.to_email]

    return Section(
        title=_("Letters we sent you"),
        lead=_("Codes to sign in are not among them: they are kept nowhere."),
        kept=_("90 days."),
        listed=latest(sent, (_("About"), _("Day"), _("To")), told),
        nothing=_("None in the last 90 days."),
    )


def letters_stopped(user: "User", at: datetime) -> Section:
    """The kinds of letter that someone does without."""
    rows = UnwantedKind.objects.filter(user=user).order_by("-since", "-pk")

    def told(unwanted: UnwantedKind) -> list[str]:
        kind = LetterKind(unwanted.kind) if unwanted.kind in LetterKind.values else unwanted.kind
        return [str(kind.label) if isinstance(kind, LetterKind) else kind, short_day_in_words(unwanted.since)]

    return Section(
        title=_("Letters you do without"),
        kept=_("Until you change your mind, or close your account."),
        listed=latest(rows, (_("Kind of letter"), _("Since")), told),
        nothing=_("You have stopped none."),
    )


SUBJECTS = (
    Subject(
        "letters",
        lazy("Letters"),
        lazy("What we wrote to you and when, and which letters you do without."),
        (letters_sent, letters_stopped),
    ),
)
