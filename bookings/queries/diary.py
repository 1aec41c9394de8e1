"""What an ambassador has promised, and what is theirs to do next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.eligibility import commented_until
from ambassadors.enums import AmbassadorStatus, CheckStatus
from ambassadors.models import Ambassador, Hold
from ambassadors.progress import Progress, days_away, progress_of
from bookings.coming import visitors_of, watcher_of
from bookings.eligibility import can_be_kept_apart, can_be_moved
from bookings.enums import PROMISED, UPCOMING, OfferStatus, SeatStatus, Side, Speaker, VisitStatus
from bookings.models import KeptApart, Offer, Request, Seat, Visit, VisitEvent
from bookings.queries.at_risk import Renewal, renewals_for
from bookings.queries.calendar_replies import CalendarSays, calendars_say, says_of_visit, with_calendar_says
from bookings.queries.checklist import Checklist, checklist_of
from bookings.queries.duties import Duty, own_duties, with_own_duties
from bookings.queries.proposals import Proposed, ToAnswer, proposed_for, to_answer, with_open_proposal
from bookings.queries.questions import Question, journey_in_words, offers_with_what_is_asked, question_of
from bookings.queries.readiness import Own, readiness_of
from bookings.queries.series import Going, going
from schools.models import School
from stem.curriculum import Words
from stem.history import Happening
from stem.moments import day_of
from stem.wording import interval_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

PAST_SHOWN = 10
# A check in the hands of two people, whom the person may tell something.
LOOKED_AT = (CheckStatus.ASSESSING, CheckStatus.ESCALATED)

# An ambassador's own words for where a visit of theirs stands, and the tone of its tag.
STANDING: dict[VisitStatus, tuple[Words, str]] = {
    VisitStatus.FINDING: (lazy("Your place is kept"), "waiting"),
    VisitStatus.MATCHED: (lazy("School to confirm"), "waiting"),
    VisitStatus.CONFIRMED: (lazy("Confirmed"), "good"),
    VisitStatus.DELIVERED: (lazy("Took place"), "good"),
    VisitStatus.NOT_DELIVERED: (lazy("Did not take place"), "neutral"),
    VisitStatus.NO_SHOW_BY_AMBASSADOR: (lazy("Noted as not attended"), "warning"),
    VisitStatus.NO_SHOW_BY_SCHOOL: (lazy("School was not ready"), "neutral"),
    VisitStatus.CANCELLED_BY_SCHOOL: (lazy("Cancelled"), "bad"),
    VisitStatus.CANCELLED_BY_AMBASSADOR: (lazy("Cancelled"), "bad"),
    VisitStatus.CANCELLED_BY_SCHEME: (lazy("Cancelled"), "bad"),
    VisitStatus.UNFILLED: (lazy("Not taken further"), "neutral"),
}

# What happened to a visit, and which side did it.
HISTORY: dict[str, tuple[Words, Words]] = {
    "match": (lazy("Everyone needed has said yes"), ""),
    "reopen": (lazy("Someone could not come: we look for another"), ""),
    "confirm": (lazy("Confirmed"), lazy("the school")),
    "reconfirm_by_school": (lazy("Said that all is as agreed"), lazy("the school")),
    "reconfirm_by_ambassador": (lazy("Said that all is as agreed"), lazy("an ambassador")),
    "write_outline": (lazy("The outline was written"), ""),
    "agree_to_outline": (lazy("Agreed to the outline"), lazy("the school")),
    "offer_risk_assessment": (lazy("A risk assessment was written"), ""),
    "accept_risk_assessment": (lazy("Accepted the risk assessment"), lazy("the school")),
    "send_back_risk_assessment": (lazy("Sent the risk assessment back"), lazy("the school")),
    "agree_to_high_risk": (lazy("Agreed to a high risk"), lazy("the scheme")),
    "deliver": (lazy("Took place"), ""),
    "not_deliver": (lazy("Noted as not taken place"), ""),
    "miss_by_ambassador": (lazy("Noted as not attended"), ""),
    "miss_by_school": (lazy("Noted that the school was not ready"), ""),
    "cancel_by_school": (lazy("Cancelled"), lazy("the school")),
    "cancel_by_ambassador": (lazy("Called off, too near the day to find someone else"), ""),
    "cancel_by_scheme": (lazy("Cancelled"), lazy("the scheme")),
    "give_up": (lazy("Not taken further"), ""),
    "change_time": (lazy("Moved to another time, as everyone agreed"), ""),
    "change_arrangements": (lazy("Who is there or where to go was changed"), lazy("the school")),
}

FIRST_BY_STANDING: dict[AmbassadorStatus, tuple[Words, Words, str, Words]] = {
    AmbassadorStatus.PAUSED: (
        lazy("You are having a break"),
        lazy("Nobody asks you until you come back. Visits you have promised still stand."),
        "",
        "",
    ),
    AmbassadorStatus.DECLINED: (
        lazy("We could not take you on"),
        lazy("If you would like to know more, or think that we have it wrong, write to us or telephone."),
        "contact",
        lazy("Ask us about it"),
    ),
    AmbassadorStatus.LEFT: (
        lazy("You have left the scheme"),
        lazy("Thank you for all you gave. If you would like to come back, you are welcome."),
        "return_to_scheme",
        lazy("Come back to the scheme"),
    ),
}


@dataclass(frozen=True)
class Promised:
    """A visit in an ambassador's diary."""

    visit: Visit
    status: Words
    tone: str

    @property
    def detail(self) -> str:
        """When, and where."""
        school = self.visit.request.school
        as_what = _("You come along to watch") if vars(self.visit).get("is_watched") else ""
        where = (
            _("Online with %(school)s") % {"school": school}
            if self.visit.request.is_online
            else f"{school}, {school.town}"
        )
        if self.visit.starts_at is None or self.visit.ends_at is None:
            return where
        when = interval_in_words(self.visit.starts_at, self.visit.ends_at)
        return ". ".join(filter(None, [when, where, as_what]))


def promised(visit: Visit) -> Promised:
    """This visit as its ambassador's diary shows it."""
    return Promised(visit, *STANDING[VisitStatus(visit.status)])


@dataclass(frozen=True)
class Next:
    """The one thing to do, or to look forward to."""

    title: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Home:
    """An ambassador's own page."""

    ambassador: Ambassador
    asked: list[Question]
    # Visits for which another time is proposed, and that wait for this person's word.
    to_answer: list[ToAnswer]
    # What is theirs to do before visits that they have promised, the soonest first.
    duties: list[Duty]
    coming: list[Promised]
    past: list[Promised]
    progress: Progress
    away: list[Hold]
    # What is to be renewed so that what is promised can go ahead.
    renewals: list[Renewal]
    # What their own calendar program has said of visits, and they have not.
    calendar_says: list[tuple[Visit, Words]]

    @property
    def comment_until(self) -> date | None:
        """While two people look at their check: until when they may tell them something before anybody says no."""
        check = self.progress.check
        return commented_until(check) if check is not None and check.status in LOOKED_AT else None

    @property
    def needs_renewing(self) -> bool:
        """Whether someone who was vetted lacks something again."""
        taking_part = self.ambassador.status in (AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED)
        return taking_part and not self.progress.is_complete

    @property
    def next(self) -> Next:
        """What stands at the top of the page."""
        return next_thing(self)


def home_of(ambassador: Ambassador, user: "User", *, at: datetime) -> Home:
    """All that an ambassador's own page says, in seven queries."""
    today: date = day_of(at)
    waiting = Offer.objects.made_to(user).awaiting_answer().filter(lapses_at__gt=at).order_by("lapses_at", "pk")
    mine = Visit.objects.filter(pk__in=Seat.objects.held_by(user).values("visit"), starts_at__isnull=False)
    watched = Seat.objects.held_by(user).shadows().filter(visit=OuterRef("pk"))
    mine = mine.select_related("request__school").annotate(is_watched=Exists(watched))
    coming = mine.filter(status__in=UPCOMING, ends_at__gt=at)
    past = mine.exclude(pk__in=coming.values("pk"))
    visits: list[Visit] = list(
        with_open_proposal(with_own_duties(with_calendar_says(coming, user), user).order_by("starts_at", "pk"), of=user)
    )
    on_record = list(ambassador.requirements.filter(withdrawn_at=None))
    return Home(
        ambassador=ambassador,
        asked=[question_of(offer, at=at) for offer in offers_with_what_is_asked(waiting)],
        to_answer=to_answer(visits, at=at),
        duties=own_duties(visits, ambassador, at=at),
        coming=[promised(visit) for visit in visits],
        past=[promised(visit) for visit in past.order_by("-starts_at", "-pk")[:PAST_SHOWN]],
        progress=progress_of(ambassador, on=today, on_record=on_record),
        away=days_away(ambassador, on=today),
        renewals=renewals_for(
            ambassador,
            [visit for visit in visits if visit.starts_at and visit.starts_at > at],
            on=today,
            on_record=on_record,
        ),
        calendar_says=calendars_say(visits),
    )


def next_thing(home: Home) -> Next:
    """What an ambassador should see first: a question, what is missing, or what comes next."""
    if home.asked:
        first = home.asked[0]
        asks = _("Watch a visit at %(school)s?") if first.beside else _("%(school)s asks for you")
        title = asks % {"school": first.school}
        return Next(title, first.when, reverse("offer", args=[first.offer.pk]), _("Read it and answer"))
    if home.to_answer:
        moved = home.to_answer[0]
        page = reverse("proposal", args=[moved.proposal.pk])
        return Next(_("Another time is proposed"), moved.when, page, _("Read why, and answer"))
    standing = FIRST_BY_STANDING.get(AmbassadorStatus(home.ambassador.status))
    if standing is not None:
        heading, text, name, action = standing
        return Next(str(heading), str(text), reverse(name) if name else "", str(action))
    if home.progress.is_decided_against:
        return Next(
            _("Your criminal record check"),
            _("Your criminal record check has been decided. Until it counts we cannot ask you for a visit."),
            reverse("agree_to_check"),
            _("See what came of it"),
        )
    if home.duties:
        duty = home.duties[0]
        return Next(duty.title, duty.in_words, duty.url, _("Open it"))
    if home.coming:
        first_visit = home.coming[0]
        page = reverse("visit", args=[first_visit.visit.pk])
        return Next(_("Your next visit"), first_visit.detail, page, _("See all you need for the day"))
    if not home.progress.is_complete:
        return Next(
            _("Something needs renewing"),
            _("Until it is done we cannot ask you for a visit. See below what it is, and whose move."),
        )
    return Next(
        _("You are all set"),
        _("We write to you as soon as a school asks for someone like you. Or say yourself what you could do."),
        reverse("open_requests"),
        _("See open requests near you"),
    )


@dataclass(frozen=True)
class AgreedVisit:
    """A visit as an ambassador with a part in it reads it."""

    visit: Visit
    request: Request
    school: School
    status: Words
    tone: str
    others: list[str]
    # For whoever watches, those beside whom; for everybody else, who comes along.
    beside: str
    watcher: str
    journey: str
    can_give_up: bool
    readiness: Own
    checklist: Checklist
    history: list[Happening]
    # Where their card for reception is, once the visit is agreed.
    card: str = ""
    # Whether they may say, and whether they have said, that they would rather not go there again.
    can_keep_away: bool = False
    keeps_away: bool = False
    # Another time that was proposed last, and whether one may be.
    proposed: Proposed | None = None
    can_move: bool = False
    # The other meetings of the series to which they come.
    series: Going | None = None
    # What their own calendar program has said of it, and they have not.
    calendar: CalendarSays | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the school has promised its part, so that who is there on the day may be told."""
        return self.visit.status in PROMISED


def agreed_visit(visit: Visit, user: "User", *, at: datetime) -> AgreedVisit:
    """This visit with its people, its history and this person's journey: in at most seven queries."""
    seats = list(visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador"))
    taken = [(seat.ambassador, seat.pk) for seat in seats if seat.ambassador]
    mine = next((pk for person, pk in taken if person.user_id == user.pk), None)
    watches = any(seat.pk == mine and seat.is_shadow for seat in seats)
    visitors, watcher = visitors_of(seats), watcher_of(seats)
    over = any(seat.pk == mine and can_be_kept_apart(seat, Side.AMBASSADOR, at=at) for seat in seats)
    said = KeptApart.objects.visible_to(user).filter(side=Side.AMBASSADOR, school=visit.request.school_id)
    offer = Offer.objects.made_to(user).filter(visit=visit, status=OfferStatus.ACCEPTED).first()
    status, tone = STANDING[VisitStatus(visit.status)]
    return AgreedVisit(
        visit=visit,
        request=visit.request,
        school=visit.request.school,
        status=status,
        tone=tone,
        others=[] if watches else [person.full_name for person in visitors if person.user_id != user.pk],
        beside=", ".join(person.full_name for person in visitors) if watches else "",
        watcher=watcher.full_name if watcher is not None and not watches else "",
        journey=journey_in_words(visit.request, offer.minutes if offer else None),
        can_give_up=offer is not None and visit.status in UPCOMING,
        readiness=readiness_of(visit, seats, at=at).of_seat(None if watches else mine),
        checklist=checklist_of(visit, None if watches else Speaker.AMBASSADOR, at=at, mine=mine),
        # How the search went is between the school and us.
        history=[told(event) for event in visit.events.all() if event.kind in HISTORY],
        card=reverse("visit_card", args=[mine]) if mine and visit.status == VisitStatus.CONFIRMED else "",
        can_keep_away=over,
        keeps_away=over and said.filter(ambassador__user=user).exists(),
        proposed=proposed_for(visit, seats, mine=[mine] if mine else [], at=at),
        can_move=mine is not None and not watches and can_be_moved(visit, at),
        series=going(visit, of=user),
        calendar=says_of_visit(visit, user, at=at) if mine else None,
    )


def told(event: VisitEvent) -> Happening:
    """An event of a visit in an ambassador's words: which side acted, and never who or why (rule V-71)."""
    title, by = HISTORY.get(event.kind, (event.kind, ""))
    # From when to when it moved; no other note is theirs.
    return Happening(str(title), event.at, str(by), event.note if event.kind == "change_time" else "")
