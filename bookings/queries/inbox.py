"""What waits for a coordinator, by kind: requests by their priority, all else oldest first."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ambassadors.eligibility import requirements_met
from ambassadors.enums import AmbassadorStatus, CheckStatus, RefereeStatus
from ambassadors.models import Ambassador, Check, Referee
from bookings.eligibility import short_notice
from bookings.enums import AT_RISK, NOT_RECONFIRMED, UNSETTLED_OFFERS, RequestStatus, SeatStatus, VisitStatus
from bookings.ladder import LATE, VERY_LATE, late_before
from bookings.models import Offer, PossibleTime, Priority, Request, Seat, Visit, VisitEvent
from bookings.priority.sharing import Week
from bookings.queries.at_risk import replacement_in_words
from bookings.queries.readiness import school_has_said, should_be_ready, silence_in_words, somebody_is_silent
from bookings.queries.sharing import week_of
from bookings.querysets import FIRST_FIRST
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.scope import areas_looked_after_by
from stem.curriculum import Words
from stem.letters.enums import LetterStatus
from stem.letters.models import Letter
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.policy.values import values
from stem.rules import Audience, Kind, Reason
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# How many of each kind the inbox lists before it points to the whole list.
SHOWN = 5
# A search that is late comes before the others of its pile the sooner it ends.
SOONEST_FIRST = F("late_at").asc(nulls_last=True)
SCHOOL_MAY_THINK_FOR = timedelta(days=3)
# When nobody has said within this time how a visit went, or the two sides differ, a coordinator decides.
SILENCE = timedelta(days=14)


class PeopleKind(NamedTuple):
    """One way in which a person of the register waits for an officer, and the tab of the board that shows them all."""

    waits: str
    code: str
    title: Words
    why: Words
    show: str


# Whoever waits in several ways is told of the first.
PEOPLE = (
    PeopleKind(
        "confirm", "checks", lazy("Checks that need a second person"), lazy("A colleague saw the certificate"), "ours"
    ),
    PeopleKind("talk", "talks", lazy("Applicants who want to talk"), lazy("Ring them before the check"), "talk"),
    PeopleKind("read", "references", lazy("References to read"), lazy("A referee has answered"), "ours"),
    PeopleKind("answered", "answers", lazy("Applicants who answered you"), lazy("They did what was asked for"), "ours"),
    PeopleKind("approve", "applications", lazy("Applications ready to approve"), lazy("All is in date"), "ready"),
)


@dataclass(frozen=True)
class Item:
    """One thing that waits, and the page on which to act."""

    title: str
    detail: str
    since: datetime | None
    url: str
    priority: Priority | None = None
    # What is to be seen before all else, and its tone.
    alarm: tuple[str, str] | None = None


@dataclass(frozen=True)
class Press:
    """A button for all of a pile at once."""

    url: str
    text: str


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait, in their order; `total` counts those that are not shown as well."""

    code: str
    title: str
    items: tuple[Item, ...]
    total: int
    more_url: str
    press: Press | None = None
    by_priority: bool = False


@dataclass(frozen=True)
class Vetting:
    """How the vetting board stands, in one line."""

    people: int
    over: int


@dataclass(frozen=True)
class Inbox:
    """What waits for a coordinator, how vetting stands, and how this week's offers are shared."""

    piles: list[Pile]
    vetting: Vetting
    week: Week


def inbox(user: "User", *, at: datetime) -> Inbox:
    """Everything that waits for this coordinator, by kind, the emptied kinds left out."""
    policy = values(on=day_of(at))
    piles = [
        *_requests(user, at),
        *_visits(user, at),
        *_contacts(user),
        *_people(user, at),
        _letters(user),
    ]
    return Inbox(
        [pile for pile in piles if pile.total],
        _vetting(user, at, policy["vetting_days"]),
        week_of(areas_looked_after_by(user), at=at, share=policy["reserve_share"]),
    )


def _vetting(user: "User", at: datetime, vetting_days: int) -> Vetting:
    """How many are being vetted, and for how many the day is past by which it should have been decided."""
    began = Coalesce("application__sent_at", "application__started_at", "registered_at")
    last = moment(day_of(at) - timedelta(days=vetting_days), time.min)
    rows = Ambassador.objects.visible_to(user).vetted_by(user).filter(status=AmbassadorStatus.VETTING)
    found = rows.annotate(began=began).aggregate(people=Count("pk"), over=Count("pk", filter=Q(began__lt=last)))
    return Vetting(found["people"], found["over"])


def _first_of_each(
    rows: QuerySet, *, since: str = "", kind: str | None = None, order: tuple[OrderBy, ...] = ()
) -> list[Any]:
    """The first few of each kind in one query, by an order or else the oldest, each with how many there are of it."""
    parts = [F(kind)] if kind else None
    order = order or (F(since).asc(), F("pk").asc())
    counted = rows.annotate(
        total=Window(Count("pk"), partition_by=parts),
        place=Window(RowNumber(), partition_by=parts, order_by=[*order]),
    )
    return list(counted.filter(place__lte=SHOWN).order_by(*order))


def _pile(code: str, title: str, found: list[Any], items: list[Item], more: str, **how: Any) -> Pile:
    return Pile(code, title, tuple(items), found[0].total if found else 0, more, **how)


def _requests(user: "User", at: datetime) -> list[Pile]:
    found = _first_of_each(_waiting_requests(user, at), kind="waits", order=(SOONEST_FIRST, *FIRST_FIRST))
    late, to_read, to_ask = ([each for each in found if each.waits == kind] for kind in ("late", "read", "ask"))
    more = reverse("requests")
    return [
        _pile(
            "requests_late",
            _("Searches that run out of time"),
            late,
            [_late_item(each, at) for each in late],
            f"{more}?status={RequestStatus.OPEN}",
            by_priority=True,
        ),
        _pile(
            "requests_to_read",
            _("Requests that need a look"),
            to_read,
            # A rule opens each request that has nothing else about it: what waits is asked for at short notice.
            [_request_item(each, short_notice()) for each in to_read],
            f"{more}?status={RequestStatus.SUBMITTED}",
            by_priority=True,
        ),
        _pile(
            "requests_to_ask",
            _("Requests with nobody asked"),
            to_ask,
            [_request_item(each, _("A place that nobody is being asked to take")) for each in to_ask],
            f"{more}?status={RequestStatus.OPEN}",
            by_priority=True,
        ),
    ]


def _waiting_requests(user: "User", at: datetime) -> QuerySet[Request]:
    """Each request that waits for this coordinator, and what for: a search that is late is told as that alone."""
    asked = Offer.objects.filter(seat=OuterRef("pk"), status__in=UNSETTLED_OFFERS)
    seats = Seat.objects.filter(
        visit__request=OuterRef("pk"), visit__status=VisitStatus.FINDING, status=SeatStatus.OPEN
    )
    last_time = PossibleTime.objects.filter(request=OuterRef("pk")).order_by("-starts_at").values("starts_at")[:1]
    ends_at = Coalesce(Subquery(seats.order_by("visit__starts_at").values("visit__starts_at")[:1]), Subquery(last_time))
    is_late = Q(status=RequestStatus.OPEN, ends_at__lt=late_before(at, LATE, Nation.ENG)) & Q(Exists(seats))
    waits = Case(
        When(status=RequestStatus.SUBMITTED, then=Value("read")),
        When(is_late, then=Value("late")),
        When(Q(Exists(seats.filter(~Exists(asked))), status=RequestStatus.OPEN), then=Value("ask")),
        output_field=CharField(null=True),
    )
    rows = Request.objects.looked_after_by(user).waiting().annotate(ends_at=ends_at).annotate(waits=waits)
    rows = rows.annotate(late_at=Case(When(waits="late", then=F("ends_at"))), is_asked=Exists(_asked_for_request()))
    return rows.filter(waits__isnull=False).select_related("school", "priority")


def _asked_for_request() -> QuerySet[Offer]:
    return Offer.objects.filter(visit__request=OuterRef("pk"), status__in=UNSETTLED_OFFERS)


def _late_item(request: Any, at: datetime) -> Item:
    """A search that is late, amber, or very late, red; and whether anybody may still say yes."""
    is_very_late = request.ends_at < late_before(at, VERY_LATE, Nation.ENG)
    asked = _("somebody is asked") if request.is_asked else _("nobody is asked")
    told = _("The last time that it could be is %(day)s, and %(asked)s")
    why = told % {"day": short_day_in_words(request.ends_at), "asked": asked}
    alarm = (_("Very late"), "bad") if is_very_late else (_("Late"), "warning")
    return replace(_request_item(request, why), alarm=alarm)


def _request_item(request: Request, why: str) -> Item:
    url = reverse("coordinate_request", args=[request.pk])
    priority = getattr(request, "priority", None)
    return Item(str(request), f"{request.school}. {why}", request.submitted_at, url, priority)


def _visits(user: "User", at: datetime) -> list[Pile]:
    found = _first_of_each(_waiting_visits(user, at), since="since", kind="waits")
    to_renew, to_chase, to_ready, to_settle = (
        [each for each in found if each.waits == kind] for kind in ("renew", "chase", "ready", "settle")
    )
    more = reverse("visits")
    return [
        _pile(
            "visits_at_risk",
            _("Visits at risk: something will have run out"),
            to_renew,
            [_visit_item(each, _risk_in_words(each, day_of(at)), each.starts_at) for each in to_renew],
            f"{more}?status={AT_RISK}",
            press=Press(reverse("remind_at_risk"), _("Remind them all to renew")),
        ),
        _pile(
            "visits_to_chase",
            _("Visits waiting for the school’s yes"),
            to_chase,
            [_visit_item(each, _("No yes for more than three days"), each.changed_at) for each in to_chase],
            f"{more}?status={VisitStatus.MATCHED}",
        ),
        _pile(
            "visits_not_reconfirmed",
            _("Near visits not reconfirmed"),
            to_ready,
            [_visit_item(each, _silence_in_words(each), each.starts_at) for each in to_ready],
            f"{more}?status={NOT_RECONFIRMED}",
        ),
        _pile(
            "visits_to_settle",
            _("Visits that nobody has said how they went"),
            to_settle,
            [_visit_item(each, _("It is over: say how it ended"), each.ends_at) for each in to_settle],
            f"{more}?status={VisitStatus.CONFIRMED}",
        ),
    ]


def _waiting_visits(user: "User", at: datetime) -> QuerySet[Visit]:
    """Each visit that waits for this coordinator, what for and since when; of one at risk, who comes.

    A school is not chased about a visit that may not go ahead: what is at risk is told as that.
    """
    matched = VisitEvent.objects.filter(visit=OuterRef("pk"), kind="match", at__gt=at - SCHOOL_MAY_THINK_FOR)
    not_in_date = Seat.objects.at_risk(at).filter(visit=OuterRef("pk"))
    waits = Case(
        When(Q(starts_at__gt=at) & Q(Exists(not_in_date)), then=Value("renew")),
        When(Q(~Exists(matched), status=VisitStatus.MATCHED), then=Value("chase")),
        When(should_be_ready(at) & (~Q(school_has_said()) | Q(somebody_is_silent())), then=Value("ready")),
        When(Q(status=VisitStatus.CONFIRMED, ends_at__lte=at - SILENCE), then=Value("settle")),
        When(Q(status=VisitStatus.FINDING, ends_at__lte=at), then=Value("settle")),
        output_field=CharField(null=True),
    )
    rows = (
        Visit.objects.looked_after_by(user)
        .upcoming()
        .annotate(
            waits=waits,
            since=Case(When(waits__in=["renew", "ready"], then=F("starts_at")), default=F("changed_at")),
            school_said=school_has_said(),
            is_somebody_silent=somebody_is_silent(),
            who=Subquery(not_in_date.order_by("pk").values("ambassador__full_name")[:1]),
            more=Subquery(not_in_date.order_by().values("visit").annotate(n=Count("pk") - 1).values("n")),
        )
    )
    return rows.filter(waits__isnull=False).select_related("request__school")


def _risk_in_words(visit: Any, on: date) -> str:
    """Who comes, and until when it can be put right; of the reason no more than its kind (V-05)."""
    who = visit.who
    if visit.more:
        who = ngettext("%(name)s and %(n)d other", "%(name)s and %(n)d others", visit.more)
        who %= {"name": visit.who, "n": visit.more}
    told = {"who": who, "why": Reason("", Kind.VETTING, "").told_to(Audience.COORDINATOR)}
    return _("%(who)s: %(why)s, %(left)s") % {**told, "left": replacement_in_words(visit, on=on)}


def _silence_in_words(visit: Any) -> str:
    """Who has still to say that all is as agreed."""
    return silence_in_words(school_said=visit.school_said, is_somebody_silent=visit.is_somebody_silent)


def _visit_item(visit: Visit, why: str, since: datetime | None) -> Item:
    return Item(str(visit.request), f"{visit.request.school}. {why}", since, reverse("visit", args=[visit.pk]))


def _contacts(user: "User") -> list[Pile]:
    rows = Contact.objects.looked_after_by(user).deciding_to_join_or_leave().select_related("school", "user")
    found = _first_of_each(rows.annotate(since=Coalesce("wants_to_leave_at", "asked_at")), since="since", kind="status")
    to_join = [each for each in found if each.status == ContactStatus.AWAITING]
    to_leave = [each for each in found if each.status == ContactStatus.APPROVED]
    return [
        _pile(
            "contacts",
            _("People asking to act for a school"),
            to_join,
            [_contact_item(each, each.job_title, reverse("contacts")) for each in to_join],
            reverse("contacts"),
        ),
        _pile(
            "contacts_leaving",
            _("People leaving a school where nobody else acts"),
            to_leave,
            [
                _contact_item(each, _("Find out who goes on"), reverse("end_contact", args=[each.pk]))
                for each in to_leave
            ],
            reverse("schools"),
        ),
    ]


def _contact_item(contact: Contact, what: str, url: str) -> Item:
    return Item(str(contact.user), f"{what}, {contact.school}", contact.wants_to_leave_at or contact.asked_at, url)


def _people(user: "User", at: datetime) -> list[Pile]:
    seen = Check.objects.filter(ambassador=OuterRef("pk"), status=CheckStatus.SEEN)
    in_vetting = Q(status=AmbassadorStatus.VETTING)
    # Approval asks for what the person's own nation asks for; Scotland's stricter rule is said on the record's page.
    ready = in_vetting & requirements_met(day_of(at), Nation.ENG)
    answered = Referee.objects.filter(ambassador=OuterRef("pk"), status=RefereeStatus.ANSWERED)
    # Whoever said the first word of two about one waits for a colleague.
    unread = Exists(answered.exclude(decided_by=user))
    waits = Case(
        When(Q(Exists(seen.exclude(seen_by=user))), then=Value("confirm")),
        When(in_vetting & Q(application__wants_to_talk=True), then=Value("talk")),
        When(in_vetting & Q(unread), then=Value("read")),
        When(in_vetting & Q(application__answered_at__isnull=False), then=Value("answered")),
        When(ready & Q(application__decline_proposed_by=None), then=Value("approve")),
        output_field=CharField(null=True),
    )
    # A certificate waits since it was seen, and whoever is on their way in since they registered.
    since = Case(When(waits="confirm", then=Subquery(seen.values("moved_at"))), default=F("registered_at"))
    rows = Ambassador.objects.visible_to(user).vetted_by(user).annotate(waits=waits, since=since)
    found = _first_of_each(rows.filter(waits__isnull=False), since="since", kind="waits")
    board = reverse("vetting_board")
    piles = []
    for kind in PEOPLE:
        theirs = [each for each in found if each.waits == kind.waits]
        items = [_person_item(each, str(kind.why)) for each in theirs]
        piles.append(_pile(kind.code, str(kind.title), theirs, items, f"{board}?show={kind.show}"))
    return piles


def _person_item(person: Ambassador, why: str) -> Item:
    since = person.since  # type: ignore[attr-defined]
    return Item(str(person), why, since, reverse("ambassador", args=[person.pk]))


def _letters(user: "User") -> Pile:
    rows = Letter.objects.visible_to(user).filter(status=LetterStatus.FAILED)
    found = _first_of_each(rows, since="due_at")
    items = [
        Item(each.fact_name.replace("_", " ").capitalize(), each.to_name, each.due_at, reverse("staff_letters"))
        for each in found
    ]
    return _pile("letters", _("Letters that could not be sent"), found, items, reverse("staff_letters"))
