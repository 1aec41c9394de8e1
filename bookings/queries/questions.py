"""What someone is asked: an offer in the words of the person who answers it, open or not."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from bookings.eligibility import Interval, times_on_offer
from bookings.enums import UPCOMING, OfferStatus, VisitStatus
from bookings.models import Offer, Request, Seat
from bookings.queries.series import meetings_in_words
from schools.models import School
from stem.curriculum import Words
from stem.geography.travel import miles, road_km_for_minutes
from stem.letters.models import OneTimeLink
from stem.wording import interval_in_words, miles_in_words

# What became of the visit that someone said yes to.
CALLED_OFF: tuple[Words, Words] = (
    lazy("You said yes. The visit has since been called off"),
    lazy("Nobody expects you now. Thank you for offering."),
)
AFTER_YES: dict[VisitStatus, tuple[Words, Words]] = {
    VisitStatus.FINDING: (
        lazy("You said yes. Thank you!"),
        lazy("Your place is kept while we find the others who are wanted. Then the school confirms."),
    ),
    VisitStatus.MATCHED: (
        lazy("You said yes. Thank you!"),
        lazy("The school has the next word. We write to you as soon as it has confirmed."),
    ),
    VisitStatus.CONFIRMED: (
        lazy("You said yes, and so did the school"),
        lazy("All that you need for the day is on the visit’s page."),
    ),
    VisitStatus.DELIVERED: (lazy("You said yes, and you went"), lazy("Thank you for the time you gave.")),
}

COMES_ALONG: tuple[Words, Words] = (
    lazy("You come along. Thank you!"),
    lazy("The school and whoever visits it have been told who you are. All that you need is on the visit’s page."),
)

# How an offer that is open no longer ended: what it says, kindly, and what that means.
ENDINGS: dict[OfferStatus, tuple[Words, Words]] = {
    OfferStatus.DECLINED: (
        lazy("You said no this time"),
        lazy("That is quite all right, and counts for nothing against you. We will ask you again."),
    ),
    OfferStatus.LAPSED: (
        lazy("The time to answer has run out"),
        lazy("No harm done: we have asked someone else, and we will ask you again."),
    ),
    OfferStatus.WITHDRAWN: (
        lazy("You no longer need to answer"),
        lazy("The plans have changed since we asked. Thank you for being there."),
    ),
    OfferStatus.SUPERSEDED: (
        lazy("Someone else was quicker"),
        lazy("The class has its visitor, so nothing is left for you to do. Thank you all the same."),
    ),
    OfferStatus.COUNTERED: (
        lazy("You have named another time"),
        lazy("The school has been asked whether it can take it. We write to you as soon as it has answered."),
    ),
    OfferStatus.REFUSED: (
        lazy("The school could not take the other time"),
        lazy("Thank you for trying to make it fit. We will ask you again when another school could use you."),
    ),
    OfferStatus.RELEASED: (
        lazy("This visit goes on without you"),
        lazy("You had said yes; the place has since been given back. Thank you for offering."),
    ),
}


@dataclass(frozen=True)
class Question:
    """An offer as the person asked reads it, open or not."""

    offer: Offer
    request: Request
    school: School
    times: list[Interval]
    is_open: bool
    # Of a series, which days come with each of the times.
    meetings: list[str] = field(default_factory=list)

    @property
    def beside(self) -> str:
        """Whom they would watch, by the first name; empty where they are asked to visit themselves."""
        if not self.offer.seat.is_shadow:
            return ""
        # The columns are of the query, which the model knows nothing of.
        told = vars(self.offer)
        return told["visitor_known_as"] or (told["visitor_name"] or "").partition(" ")[0] or _("an ambassador")

    @property
    def journey(self) -> str:
        """How long the way is, in minutes and miles."""
        return journey_in_words(self.request, self.offer.minutes)

    @property
    def when(self) -> str:
        """The first time, and how many others there are."""
        if not self.times:
            return ""
        others = len(self.times) - 1
        first = interval_in_words(*self.times[0])
        if not others:
            return first
        words = ngettext("%(first)s, or %(n)d other time", "%(first)s, or %(n)d other times", others)
        return words % {"first": first, "n": others}

    @property
    def is_kept(self) -> bool:
        """Whether this person has said yes, and the visit is still to come."""
        return self.offer.status == OfferStatus.ACCEPTED and self.offer.visit.status in UPCOMING

    @property
    def ending(self) -> tuple[Words, Words]:
        """How it ended, once it is open no longer; a yes is told by what has become of its visit."""
        if self.offer.status == OfferStatus.ACCEPTED and self.is_kept and self.offer.seat.is_shadow:
            return COMES_ALONG
        if self.offer.status == OfferStatus.ACCEPTED:
            return AFTER_YES.get(VisitStatus(self.offer.visit.status), CALLED_OFF)
        return ENDINGS.get(OfferStatus(self.offer.status), ENDINGS[OfferStatus.LAPSED])


def journey_in_words(request: Request, minutes: int | None) -> str:
    """How someone gets there, for themselves."""
    return _("Live online: no journey") if request.is_online else way_in_words(minutes, is_online=False)


def way_in_words(minutes: int | None, *, is_online: bool) -> str:
    """How far someone comes: "about 26 minutes away (13 miles)", or nothing when nobody knows."""
    if is_online:
        return _("live online")
    if minutes is None:
        return ""
    words = ngettext("about %(n)d minute away (%(miles)s)", "about %(n)d minutes away (%(miles)s)", minutes)
    return words % {"n": minutes, "miles": miles_in_words(miles(road_km_for_minutes(minutes)))}


def question_of(offer: Offer, *, at: datetime, in_full: bool = False) -> Question:
    """This offer as a list shows it, or as its page does `in_full`, with the meetings of a series."""
    request = offer.visit.request
    is_open = offer.status == OfferStatus.SENT and offer.lapses_at > at
    times = times_on_offer(offer.visit, at)
    meetings = meetings_in_words(offer.visit, times) if in_full and is_open else []
    return Question(offer, request, request.school, times, is_open, meetings)


def offers_with_what_is_asked(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers with all that a page says about them."""
    visitors = Seat.objects.leads().filter(visit=OuterRef("visit"), ambassador__isnull=False).order_by("pk")
    names = {"visitor_known_as": "ambassador__known_as", "visitor_name": "ambassador__full_name"}
    return (
        offers.select_related("ambassador", "seat", "visit__request__school")
        .prefetch_related("visit__request__possible_times")
        .annotate(**{name: Subquery(visitors.values(column)[:1]) for name, column in names.items()})
    )


def offer_behind(link: OneTimeLink) -> Offer:
    """The offer that a letter's link is about."""
    return offers_with_what_is_asked(Offer.objects.all()).get(pk=link.object_id)
