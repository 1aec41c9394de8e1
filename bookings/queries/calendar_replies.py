"""What people's own calendar programs said of visits, in words that ask whether it is so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from bookings.eligibility import is_too_late_to_replace
from bookings.enums import UPCOMING, Said
from bookings.models import CalendarReply, Offer, Visit
from bookings.querysets import VisitQuerySet
from stem.curriculum import Words
from stem.wording import interval_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

STILL_EXPECTED = lazy("A program answered our invitation. Nothing has changed by that: the school expects you.")
# Of a visit that somebody has promised: what their calendar says, and the buttons for "it is so" and "it is not".
OF_VISIT: dict[Said, tuple[Words, Words, Words]] = {
    Said.DECLINED: (
        lazy("Your calendar says that you cannot come: is that so?"),
        lazy("It is so: I cannot come"),
        lazy("That is not so: I am coming"),
    ),
    Said.TENTATIVE: (lazy("Your calendar says that you may not come"), "", lazy("I am coming")),
    Said.COUNTERED: (
        lazy("Your calendar proposes another time"),
        "",
        lazy("I am coming at the time that is agreed"),
    ),
}
# Of one that they are asked for, and have not answered here.
OF_OFFER: dict[Said, tuple[Words, Words, Words]] = {
    Said.ACCEPTED: (
        lazy("Your calendar says that you can come"),
        lazy("It is so: I will come"),
        lazy("That is not so"),
    ),
    Said.DECLINED: (
        lazy("Your calendar says that you cannot come"),
        lazy("It is so: I say no"),
        lazy("That is not so"),
    ),
    Said.TENTATIVE: (lazy("Your calendar says that you may come"), "", lazy("I will answer below")),
    Said.COUNTERED: (lazy("Your calendar proposes another time"), "", lazy("I will answer below")),
}


@dataclass(frozen=True)
class CalendarSays:
    """What a program said of one visit, and what the person may say to it; without a word for it no button."""

    reply: CalendarReply
    title: Words
    text: str
    confirm: Words
    dismiss: Words


def says_of_visit(visit: Visit, user: "User", *, at: datetime) -> CalendarSays | None:
    """What this person's program said of a visit that they have promised, if they have not said whether it is so."""
    if visit.status not in UPCOMING or (visit.ends_at is not None and visit.ends_at <= at):
        return None
    reply = CalendarReply.objects.visible_to(user).waiting().filter(_of_this_time(), visit=visit).first()
    if reply is None or reply.said not in OF_VISIT:
        return None
    words = [str(STILL_EXPECTED), *_proposed(reply)]
    if reply.said == Said.DECLINED and is_too_late_to_replace(visit, at):
        words.append(_("It is too near to find somebody else: if you cannot come, the visit is called off."))
    elif reply.said == Said.DECLINED:
        words.append(_("If you cannot come, the school is told at once, and we look for somebody else."))
    title, confirm, dismiss = OF_VISIT[Said(reply.said)]
    return CalendarSays(reply, title, " ".join(words), confirm, dismiss)


def says_of_offer(offer: Offer) -> CalendarSays | None:
    """What the program of whoever is asked said of the visit, if they have not said whether it is so."""
    mine = CalendarReply.objects.waiting().filter(visit=offer.visit_id, ambassador=offer.ambassador_id)
    reply = mine.filter(_of_this_time()).first()
    if reply is None:
        return None
    title, confirm, dismiss = OF_OFFER[Said(reply.said)]
    if reply.said == Said.ACCEPTED and offer.visit.starts_at is None:
        confirm = ""  # at which of the times is theirs to say, below
    words = [_("A program answered in your name. It counts once you say so yourself."), *_proposed(reply)]
    return CalendarSays(reply, title, " ".join(words), confirm, dismiss)


def with_calendar_says(visits: VisitQuerySet, user: "User") -> VisitQuerySet:
    """These visits of this person's, each told by `calendar_says` what their program said and they have not."""
    mine = CalendarReply.objects.visible_to(user).waiting().filter(visit=OuterRef("pk"), said__in=OF_VISIT)
    mine = mine.filter(_of_this_time())
    return visits.annotate(calendar_says=Subquery(mine.values("said")[:1]))


def calendars_say(visits: Iterable[Visit]) -> list[tuple[Visit, Words]]:
    """Those of these visits, read `with_calendar_says`, of which a program said something that waits for a word."""
    return [(visit, OF_VISIT[Said(said)][0]) for visit in visits if (said := vars(visit)["calendar_says"])]


def _of_this_time() -> Q:
    """As a condition on replies: they are about the visit as it stands, and not as it stood before it was changed."""
    return Q(sequence=F("visit__sequence"))


def _proposed(reply: CalendarReply) -> list[str]:
    """The time that a program proposed, and that nobody else is told of it."""
    if reply.starts_at is None or reply.ends_at is None:
        return []
    words = _("It proposes %(when)s: the school is not told of that. Ask your coordinator if the visit should move.")
    return [words % {"when": interval_in_words(reply.starts_at, reply.ends_at)}]
