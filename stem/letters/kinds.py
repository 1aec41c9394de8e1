"""The kinds of letter there are, in the words of whoever gets them, and which of them one may do without."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LetterKind(TextChoices):
    """What a letter is about."""

    SIGN_IN = "sign_in", _("Codes to sign in, and changes to how you sign in")
    VETTING = "vetting", _("Your way into the scheme, and what keeps you in it")
    OFFERS = "offers", _("A school asks for you")
    VISITS = "visits", _("A visit is agreed, changed or called off")
    REQUESTS = "requests", _("What became of your school’s request")
    SCHOOL = "school", _("Who acts for your school, and who waits for you to say so")
    FEEDBACK = "feedback", _("How did a visit go?")
    SAFEGUARDING = "safeguarding", _("A worry to read")
    SEARCHES = "searches", _("A search that only a telephone call can help")
    QUALITY = "quality", _("What was said of a visit asks for somebody to act")
    SCHEME = "scheme", _("Looking after the scheme")
    # optional from here on
    RECEIPTS = "receipts", _("Thanks and receipts for what you have just done")
    OFFER_NEWS = "offer_news", _("An offer you did not take up has gone to someone else, or has run out")
    SCHOOL_NEWS = "school_news", _("A colleague has joined your school")
    INVITATIONS = "invitations", _("An invitation to ask for a visit")
    WILLING = "willing", _("An ambassador says that they could do a request")

    @property
    def is_optional(self) -> bool:
        """Whether its readers may do without it."""
        return self in WITHOUT_IT

    @property
    def why_always(self) -> str | Promise:
        """Why it cannot be turned off; "" when it can."""
        return WHY_ALWAYS.get(self, "")

    @property
    def because(self) -> str | Promise:
        """Why its readers get a letter of this kind, unless its fact says another reason."""
        return BECAUSE[self]

    @property
    def without_it(self) -> str | Promise:
        """Where its reader finds the same when the letter stays away; "" for one that does not."""
        return WITHOUT_IT.get(self, "")


class Part(StrEnum):
    """The part in the scheme that brings a kind of letter."""

    ANYONE = "anyone"
    AMBASSADOR = "ambassador"
    SCHOOL = "school"
    STAFF = "staff"


WHY_ALWAYS: dict[LetterKind, str | Promise] = {
    LetterKind.SIGN_IN: _("Without a code nobody could sign in, and a change you did not make must not pass unseen."),
    LetterKind.VETTING: _("Nothing can be checked, approved or renewed unless we can tell you."),
    LetterKind.OFFERS: _("It is what you take part for, and a school waits. Say that you are away, or take a break."),
    LetterKind.VISITS: _("Someone else relies on it: nobody may travel to a visit that is off."),
    LetterKind.REQUESTS: _("You asked, and only you can take it further."),
    LetterKind.SCHOOL: _("It decides who sees your school’s requests, and someone may be waiting for you."),
    LetterKind.FEEDBACK: _("Both sides have agreed to say how each visit went, and three reminders are the most."),
    LetterKind.SAFEGUARDING: _("It has to be read within one working day."),
    LetterKind.SEARCHES: _("A class expects somebody within days, and only you can ring people up."),
    LetterKind.QUALITY: _("What went wrong in a class is looked into within days."),
    LetterKind.SCHEME: _("You asked for it, or keep what shows that nobody has changed the scheme’s record."),
}
WITHOUT_IT: dict[LetterKind, str | Promise] = {
    LetterKind.RECEIPTS: _("Your page shows the same: what you have said yes to, and what your school has asked for."),
    LetterKind.OFFER_NEWS: _("The offer leaves your page. Nothing is left for you to do."),
    LetterKind.SCHOOL_NEWS: _("The colleague stands on the page of your school’s people."),
    LetterKind.INVITATIONS: _("You can ask for a visit on your school’s page whenever you like."),
    LetterKind.WILLING: _("The request’s page shows who has said so."),
}
BECAUSE: dict[LetterKind, str | Promise] = {
    LetterKind.SIGN_IN: _("You get this because nothing about how you sign in may change without your knowing."),
    LetterKind.VETTING: _("You get this because you are an ambassador, or would like to be one."),
    LetterKind.OFFERS: _("You get this because you are an ambassador whom we have asked to visit a school."),
    LetterKind.VISITS: _("You get this because you have a part in this visit."),
    LetterKind.REQUESTS: _("You get this because you act for a school that has asked for a visit."),
    LetterKind.SCHOOL: _("You get this because of your part in a school."),
    LetterKind.FEEDBACK: _("You get this because you were at this visit."),
    LetterKind.SAFEGUARDING: _("You get this because you are a safeguarding lead of the scheme."),
    LetterKind.SEARCHES: _("You get this because you are a coordinator where this school is."),
    LetterKind.QUALITY: _("You get this because you look after visits where this school is."),
    LetterKind.SCHEME: _("You get this because you look after the scheme."),
    LetterKind.RECEIPTS: _("You get this because of what you have just done."),
    LetterKind.OFFER_NEWS: _("You get this because we had asked you to visit this school."),
    LetterKind.SCHOOL_NEWS: _("You get this because you lead for this school."),
    LetterKind.INVITATIONS: _("You get this because you lead for a school that has not had a visit lately."),
    LetterKind.WILLING: _("You get this because you are a coordinator where this school is."),
}
PARTS: dict[LetterKind, frozenset[Part]] = {
    LetterKind.SIGN_IN: frozenset({Part.ANYONE}),
    LetterKind.VETTING: frozenset({Part.AMBASSADOR}),
    LetterKind.OFFERS: frozenset({Part.AMBASSADOR}),
    LetterKind.VISITS: frozenset({Part.AMBASSADOR, Part.SCHOOL}),
    LetterKind.REQUESTS: frozenset({Part.SCHOOL}),
    LetterKind.SCHOOL: frozenset({Part.SCHOOL}),
    LetterKind.FEEDBACK: frozenset({Part.AMBASSADOR, Part.SCHOOL}),
    LetterKind.SAFEGUARDING: frozenset({Part.STAFF}),
    LetterKind.SEARCHES: frozenset({Part.STAFF}),
    LetterKind.QUALITY: frozenset({Part.STAFF}),
    LetterKind.SCHEME: frozenset({Part.STAFF}),
    LetterKind.RECEIPTS: frozenset({Part.AMBASSADOR, Part.SCHOOL}),
    LetterKind.OFFER_NEWS: frozenset({Part.AMBASSADOR}),
    LetterKind.SCHOOL_NEWS: frozenset({Part.SCHOOL}),
    LetterKind.INVITATIONS: frozenset({Part.SCHOOL}),
    LetterKind.WILLING: frozenset({Part.STAFF}),
}


def kinds_for(parts: Iterable[Part]) -> list[LetterKind]:
    """The kinds of letter that someone with these parts may get, in the order of the table."""
    held = {Part.ANYONE, *parts}
    return [kind for kind in LetterKind if PARTS[kind] & held]


def kind_of(fact: Any) -> LetterKind | None:
    """What this fact's letter is about, as its function is marked; None for one that is not, which always goes."""
    kind: LetterKind | None = getattr(fact, "kind", None)
    return kind
