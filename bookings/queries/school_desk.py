"""What a school has asked for, whom it can expect, and what is its move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.models import Ambassador
from bookings.coming import visitors_of, watcher_of, who_comes
from bookings.eligibility import can_be_moved
from bookings.enums import NAMED, UPCOMING, OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Offer, Priority, Request, RequestEvent, Seat, Visit, VisitEvent
from bookings.queries.countering import OtherTime, other_times_for
from bookings.queries.duties import Duty, school_duties, with_school_duties
from bookings.queries.proposals import ToAnswer, to_answer, with_open_proposal
from bookings.workflow import REQUEST
from schools.models import Contact, School
from stem.curriculum import Words
from stem.history import Happening
from stem.wording import interval_in_words

PAST_SHOWN = 10

# A school's own words for where its requests and visits stand, and the tone of their tags.
REQUEST_STANDING: dict[RequestStatus, tuple[Words, str]] = {
    RequestStatus.DRAFT: (lazy("Not sent in yet"), "neutral"),
    RequestStatus.SUBMITTED: (lazy("A coordinator is reading it"), "waiting"),
    RequestStatus.OPEN: (lazy("We are looking"), "waiting"),
    RequestStatus.FULFILLED: (lazy("Someone found"), "good"),
    RequestStatus.UNFILLED: (lazy("Nobody found this time"), "bad"),
    RequestStatus.WITHDRAWN: (lazy("Withdrawn"), "neutral"),
}
VISIT_STANDING: dict[VisitStatus, tuple[Words, str]] = {
    VisitStatus.FINDING: (lazy("We are looking"), "waiting"),
    VisitStatus.MATCHED: (lazy("Yours to confirm"), "waiting"),
    VisitStatus.CONFIRMED: (lazy("Confirmed"), "good"),
    VisitStatus.DELIVERED: (lazy("Took place"), "good"),
    VisitStatus.NOT_DELIVERED: (lazy("Did not take place"), "neutral"),
    VisitStatus.NO_SHOW_BY_AMBASSADOR: (lazy("The ambassador did not come"), "bad"),
    VisitStatus.NO_SHOW_BY_SCHOOL: (lazy("Noted that the school was not ready"), "warning"),
    VisitStatus.CANCELLED_BY_SCHOOL: (lazy("Cancelled"), "neutral"),
    VisitStatus.CANCELLED_BY_AMBASSADOR: (lazy("Called off by the ambassador"), "bad"),
    VisitStatus.CANCELLED_BY_SCHEME: (lazy("Called off by the scheme"), "bad"),
    VisitStatus.UNFILLED: (lazy("Nobody found this time"), "bad"),
}
OVER: tuple[Words, str] = (lazy("Over: how did it go?"), "neutral")

# What happened, and which side did it: never who was asked, or how many (rule V-71).
HISTORY: dict[str, tuple[Words, Words]] = {
    "submit": (lazy("Request sent in"), lazy("the school")),
    "open": (lazy("We began to look for someone"), ""),
    "fulfil": (lazy("Everyone needed was found"), ""),
    "add_times": (lazy("More times added"), lazy("the school")),
    "run_late": (lazy("We told you that nobody had said yes yet"), ""),
    "find_nobody": (lazy("We told you that nobody was left to ask"), ""),
    "reopen": (lazy("We began to look again"), ""),
    "give_up": (lazy("We could not find anyone this time"), ""),
    "withdraw": (lazy("Request withdrawn"), lazy("the school")),
    "hand_over": (lazy("Handed to a colleague"), lazy("the school")),
    "match": (lazy("Someone said yes"), ""),
    "confirm": (lazy("Confirmed"), lazy("the school")),
    "reconfirm_by_school": (lazy("Said that all is as agreed"), lazy("the school")),
    "reconfirm_by_ambassador": (lazy("Said that all is as agreed"), lazy("the ambassador")),
    "write_outline": (lazy("The outline was written"), lazy("the ambassador")),
    "agree_to_outline": (lazy("Agreed to the outline"), lazy("the school")),
    "offer_risk_assessment": (lazy("A risk assessment was written"), lazy("the ambassador")),
    "accept_risk_assessment": (lazy("Accepted the risk assessment"), lazy("the school")),
    "send_back_risk_assessment": (lazy("Sent the risk assessment back"), lazy("the school")),
    "agree_to_high_risk": (lazy("Agreed to a high risk"), lazy("the scheme")),
    "deliver": (lazy("Took place"), ""),
    "not_deliver": (lazy("Noted as not taken place"), ""),
    "miss_by_ambassador": (lazy("Noted that the ambassador did not come"), ""),
    "miss_by_school": (lazy("Noted that the school was not ready"), ""),
    "cancel_by_school": (lazy("Cancelled"), lazy("the school")),
    "cancel_by_ambassador": (lazy("Called off: the ambassador could not come"), ""),
    "cancel_by_scheme": (lazy("Cancelled"), lazy("the scheme")),
    "change_time": (lazy("Moved to another time, as everyone agreed"), ""),
    "change_arrangements": (lazy("Who is there or where to go was changed"), lazy("the school")),
}
# Of these the note is for both sides; every other one is the coordinator's.
NOTES_TOLD = ("hand_over", "add_times", "change_time", "change_arrangements")


def told(event: RequestEvent | VisitEvent) -> Happening:
    """An event in a school's words."""
    title, by = HISTORY.get(event.kind, (event.kind, ""))
    # Whose it was and whose it became are the school's own people; when it was and is, and what changed, its own act.
    note = event.note if event.kind in NOTES_TOLD else ""
    return Happening(str(title), event.at, str(by), note)


@dataclass(frozen=True)
class Asked:
    """A request as its school reads it."""

    request: Request

    @property
    def has_other_time(self) -> bool:
        """Whether another time waits for the school's answer, as a request that was asked about it is told."""
        return bool(vars(self.request).get("has_other_time"))

    @property
    def status(self) -> Words:
        """Where it stands."""
        return _("Another time: yours to answer") if self.has_other_time else self._standing[0]

    @property
    def _standing(self) -> tuple[Words, str]:
        return REQUEST_STANDING[RequestStatus(self.request.status)]

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return self._standing[1]

    @property
    def priority(self) -> Priority | None:
        """How soon we look, while we do (rule E-13); none when nothing waits, or before the first reckoning."""
        is_waiting = self.request.status in (RequestStatus.SUBMITTED, RequestStatus.OPEN)
        return getattr(self.request, "priority", None) if is_waiting else None

    @property
    def can_withdraw(self) -> bool:
        """Whether it can still be taken back; once someone has said yes it is the visit that is cancelled."""
        return REQUEST.can(self.request, "withdraw") and self.request.status != RequestStatus.FULFILLED


@dataclass(frozen=True)
class Expected:
    """A visit as its school reads it."""

    visit: Visit
    at: datetime

    @property
    def is_over(self) -> bool:
        """Whether its end has passed."""
        return self.visit.ends_at is not None and self.visit.ends_at <= self.at

    @property
    def _standing(self) -> tuple[Words, str]:
        is_confirmed = self.visit.status == VisitStatus.CONFIRMED
        return OVER if is_confirmed and self.is_over else VISIT_STANDING[VisitStatus(self.visit.status)]

    @property
    def status(self) -> Words:
        """Where it stands."""
        return self._standing[0]

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return self._standing[1]

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.visit.request

    @property
    def names(self) -> str:
        """Who would come, in one line."""
        return ", ".join(person.full_name for person in self.people)

    @property
    def is_waiting_for_us(self) -> bool:
        """Whether the school has the next word."""
        return self.visit.status == VisitStatus.MATCHED and not self.is_over

    @property
    def people(self) -> list[Ambassador]:
        """Who visits, as far as the school may know."""
        if self.visit.status not in NAMED:
            return []
        return visitors_of(self.visit.seats.all())

    @property
    def watcher(self) -> Ambassador | None:
        """Who comes along to watch, as far as the school may know."""
        return watcher_of(self.visit.seats.all()) if self.visit.status in NAMED else None

    @property
    def everybody(self) -> str:
        """All who come, in one line and as what, as far as the school may know."""
        return who_comes(self.visit.seats.all()) if self.visit.status in NAMED else ""

    @property
    def can_refuse_watcher(self) -> bool:
        """Whether somebody comes along, and the school may still say "not this time"."""
        return self.watcher is not None and can_be_moved(self.visit, self.at)

    @property
    def seats_to_ask_again(self) -> list[Seat]:
        """The parts in a visit that took place: whoever had one, and did not watch, may be asked for by name."""
        took_place = self.visit.status == VisitStatus.DELIVERED
        return [seat for seat in self.visit.seats.all() if took_place and seat.ambassador and not seat.is_shadow]

    @property
    def detail(self) -> str:
        """Who and when, in one line."""
        names = self.everybody
        if self.visit.starts_at is None or self.visit.ends_at is None:
            return names
        when = interval_in_words(self.visit.starts_at, self.visit.ends_at)
        return f"{when}. {names}" if names else when

    @property
    def can_cancel(self) -> bool:
        """Whether the school can still call it off."""
        return self.visit.status in UPCOMING and not self.is_over


@dataclass(frozen=True)
class Next:
    """The one thing to do, or to look forward to; without an address it is only told."""

    title: str
    text: str
    url: str
    action: str


@dataclass(frozen=True)
class SchoolHome:
    """A school's own page."""

    school: School
    to_answer: list[ToAnswer]
    to_accept: list[Expected]
    # What is to be done before coming visits besides saying yes, the soonest first.
    duties: list[Duty]
    coming: list[Expected]
    past: list[Expected]
    working: list[Asked]
    drafts: list[Asked]
    waiting_colleagues: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been asked for yet."""
        return not (self.to_accept or self.coming or self.past or self.working or self.drafts)

    @property
    def next(self) -> Next | None:
        """What stands at the top; nothing where the page itself says what to do."""
        if self.to_answer:
            first_asked = self.to_answer[0]
            page = reverse("proposal", args=[first_asked.proposal.pk])
            return Next(_("Another time is proposed"), first_asked.when, page, _("Read why, and answer"))
        if self.to_accept:
            return self._accept(self.to_accept[0])
        if other := next((each.request for each in self.working if each.has_other_time), None):
            title = _("An ambassador could come at another time")
            return Next(title, str(other), reverse("request", args=[other.pk]), _("See when, and answer"))
        if self.duties:
            first_duty = self.duties[0]
            return Next(first_duty.title, first_duty.in_words, first_duty.url, _("Open it"))
        if self.coming:
            first = self.coming[0]
            page = reverse("visit", args=[first.visit.pk])
            return Next(_("Your next visit"), first.detail, page, _("See everything for the day"))
        if self.drafts:
            draft = self.drafts[0].request
            page = reverse("check_request", args=[draft.pk])
            return Next(_("Finish your request"), str(draft), page, _("Go on with it"))
        if self.working:
            text = _("We write to you as soon as someone says yes. You need do nothing until then.")
            return Next(
                _("We are on it"), text, reverse("request", args=[self.working[0].request.pk]), _("See where it is")
            )
        return None

    def _accept(self, expected: Expected) -> Next:
        names = ", ".join(person.full_name for person in expected.people)
        title = _("%(name)s would like to come") % {"name": names} if names else _("Someone would like to come")
        page = reverse("visit", args=[expected.visit.pk])
        return Next(title, expected.visit.request.purpose, page, _("See who it is and say yes"))


def school_home_of(contact: Contact, *, at: datetime) -> SchoolHome:
    """All that a school's own page says, in five queries, and in six for its lead."""
    school = contact.school
    history = School.objects.with_history_of(school).order_by().values("pk")
    visits = Visit.objects.filter(request__school__in=history).select_related("request").prefetch_related(seats_taken())
    promised = visits.filter(status__in=[VisitStatus.MATCHED, VisitStatus.CONFIRMED], ends_at__gt=at)
    past = visits.exclude(status=VisitStatus.FINDING).exclude(pk__in=promised.values("pk"))
    coming = list(with_school_duties(with_open_proposal(promised.order_by("starts_at", "pk"))))
    ahead = [Expected(visit, at) for visit in coming]
    asked = Request.objects.filter(
        school__in=history, status__in=[RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.OPEN]
    )
    waits = Offer.objects.filter(visit__request=OuterRef("pk"), status=OfferStatus.COUNTERED, lapses_at__gt=at)
    requests = [Asked(request) for request in asked.annotate(has_other_time=Exists(waits))]
    return SchoolHome(
        school=school,
        to_answer=to_answer(coming, at=at),
        to_accept=[each for each in ahead if each.visit.status == VisitStatus.MATCHED],
        duties=school_duties(coming, at=at),
        coming=[each for each in ahead if each.visit.status == VisitStatus.CONFIRMED],
        past=[Expected(visit, at) for visit in past.order_by(F("starts_at").desc(nulls_last=True), "-pk")[:PAST_SHOWN]],
        working=[each for each in requests if each.request.status != RequestStatus.DRAFT],
        drafts=[each for each in requests if each.request.status == RequestStatus.DRAFT],
        waiting_colleagues=Contact.objects.awaiting().colleagues_of(contact).count() if contact.is_lead else 0,
    )


def expected(visit: Visit, *, at: datetime) -> Expected:
    """This visit with its people, in one query: for whoever decides about it, and has read the rest."""
    prefetch_related_objects([visit], seats_taken())
    return Expected(visit, at)


def seats_taken() -> Prefetch:
    """The taken seats of visits, with whoever has them."""
    return Prefetch("seats", queryset=Seat.objects.filter(status=SeatStatus.TAKEN).select_related("ambassador"))


def can_have_more_times(request: Request) -> bool:
    """Whether somebody is looked for and no time has been agreed yet, in one query."""
    return _has_no_time_yet(request, request.visits.all())


def _has_no_time_yet(request: Request, visits: Iterable[Visit]) -> bool:
    sought = (visit for visit in visits if visit.status == VisitStatus.FINDING)
    return request.status == RequestStatus.OPEN and any(visit.starts_at is None for visit in sought)


@dataclass(frozen=True)
class AskedInFull(Asked):
    """A request with all its page shows."""

    visits: list[Expected]
    history: list[Happening]
    # Times that ambassadors have named instead, and that wait for the school's answer.
    other_times: list[OtherTime]

    @property
    def can_have_more_times(self) -> bool:
        """Whether somebody is looked for and no time has been agreed yet."""
        return _has_no_time_yet(self.request, (each.visit for each in self.visits))

    @property
    def can_hand_over(self) -> bool:
        """Whether somebody has still something to do about it, so that a colleague can go on with it."""
        waits = self.request.status in (RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.OPEN)
        return waits or any(each.visit.status in UPCOMING for each in self.visits)


def asked_in_full(request: Request, *, at: datetime) -> AskedInFull:
    """This request with its visits, its history and what waits for an answer, in four queries."""
    # Of a series for which somebody is looked for, the first meeting stands for those without a day.
    visits = request.visits.exclude(number__gt=1, starts_at=None)
    visits = visits.select_related("request").prefetch_related(seats_taken())
    return AskedInFull(
        request=request,
        visits=[Expected(visit, at) for visit in visits],
        # That others were passed over is between coordinators.
        history=[told(event) for event in request.events.all() if event.kind in HISTORY],
        other_times=other_times_for(request, at=at),
    )
