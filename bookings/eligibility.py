"""Whether it can be: is a request complete, can this person take this seat, can this visit be confirmed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Exists, Field, Model, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.eligibility import reasons_not_bookable, reasons_not_cleared
from ambassadors.models import Ambassador
from bookings.enums import (
    HAS_PEOPLE,
    NAMED,
    UPCOMING,
    Channel,
    OfferStatus,
    ProposalStatus,
    SeatStatus,
    Side,
    VisitStatus,
)
from bookings.free_time import month_of
from bookings.models import Commitment, Invitation, Offer, PossibleTime, Preparation, Request, Seat, Visit
from bookings.notice import earliest_day
from bookings.open_days import reasons_against, reasons_told_since
from bookings.suitability import reasons_no_longer_suited, reasons_unsuited
from schools.models import Contact, School
from schools.queries.school_time import school_time
from schools.terms.school_time import SchoolTime
from stem.letters.kinds import LetterKind
from stem.letters.models import UnwantedKind
from stem.moments import day_of
from stem.nations import Nation
from stem.policy.values import value, values
from stem.rules import Kind, Reason, refuse, refuse_if_any
from stem.terms import term_of
from stem.workdays import working_days_between

Interval = tuple[datetime, datetime]
DAY = timedelta(days=1)

# What a request must answer before it can be sent in, by the column that holds the answer (rule 5.3).
REQUIRED = (
    "purpose",
    "outcome_1",
    "subject",
    "stage",
    "year_groups",
    "pupils",
    "activity",
    "mode",
    "supervising_adult",
    "supervising_email",
    "safeguarding_lead",
    "safeguarding_phone",
)


def reasons_incomplete(request: Request, at: datetime, school: SchoolTime | None = None) -> list[Reason]:
    """A reason for each answer that is missing; its code is the column's name, or `times`.

    A time on a day when the school has no visitors, without its reason, is missing something too (rule T-11).
    """
    reasons = []
    for column in REQUIRED:
        if not getattr(request, column):
            question = label(Request, column)
            reasons.append(Reason(column, Kind.INPUT, _("Still to answer: %(question)s.") % {"question": question}))
    to_come = [time for time in request.possible_times.all() if time.starts_at > at]
    if not to_come:
        reasons.append(Reason("times", Kind.INPUT, _("Give at least one time that is still to come.")))
    if any(not time.all_the_same for time in to_come):
        school = school or school_time(request.school)
        against = [why for time in to_come if not time.all_the_same for why in reasons_closed(request, time, school)]
        reasons += [Reason("times", Kind.INPUT, why.truth) for why in against]
    return reasons


def reasons_closed(request: Request, time: PossibleTime, school: SchoolTime) -> list[Reason]:
    """Why the school has no visitors on the day of a possible time; none where it has (rule T-11)."""
    day = day_of(time.starts_at)
    return reasons_against(day, time=school, stage=request.stage, year_groups=request.year_groups)


def check_complete(request: Request, at: datetime) -> None:
    """The request answers all it must. Refuses with the column of each missing answer, or `times`."""
    refuse_if_any(reasons_incomplete(request, at))


def needs_a_look(
    request: Request, at: datetime, policy: Mapping[str, int] | None = None, school: SchoolTime | None = None
) -> list[str]:
    """Why a coordinator should read this request before anyone is asked; nothing when a rule may open it.

    One that has been sent in goes by what was promised then. Someone who asks about many drafts reads the policy, and
    when their schools are open, once and passes it.
    """
    earliest = request.promised_from or earliest_promised(request, at, policy, school)
    is_soon = any(day_of(time.starts_at) < earliest for time in request.possible_times.all())
    return [short_notice()] if is_soon else []


def short_notice() -> str:
    """Why a request waits for a coordinator that asks for a date sooner than we promise."""
    return _("Short notice: a date is sooner than we can promise.")


def earliest_promised(
    request: Request, at: datetime, policy: Mapping[str, int] | None = None, school: SchoolTime | None = None
) -> date:
    """The first day for which this request needs no look: so many of its school's days ahead (rule T-10)."""
    today = day_of(at)
    return earliest_day(
        today=today,
        mode=request.mode,
        activity=request.activity,
        is_series=request.is_series,
        time=school or school_time(request.school),
        policy=policy or values(on=today),
    )


def is_at_short_notice(request: Request, starts_at: datetime) -> bool:
    """Whether a time is sooner than was promised when the request was sent in (rule T-10).

    It is looked for without a promise, and only people are asked who have said that they may be, so soon before.
    """
    return request.promised_from is not None and day_of(starts_at) < request.promised_from


def reasons_cannot_take(
    ambassador: Ambassador, visit: Visit, starts_at: datetime, ends_at: datetime, at: datetime
) -> list[Reason]:
    """Every reason why this person cannot take part in this visit at this time, none when they can."""
    request, day = visit.request, day_of(starts_at)
    reasons = reasons_not_bookable(ambassador, day, Nation(request.school.nation))
    reasons += reasons_unsuited(ambassador, visit, day, people=request.people)
    return reasons + reasons_elsewhere(ambassador, visit, starts_at, ends_at, at)


def reasons_elsewhere(
    ambassador: Ambassador, visit: Visit, starts_at: datetime, ends_at: datetime, at: datetime
) -> list[Reason]:
    """Why the hour itself will not do: it has passed, or this person is promised elsewhere then."""
    reasons = [Reason("past", Kind.STATE, _("That time has passed."))] if starts_at <= at else []
    clash = Commitment.objects.filter(ambassador=ambassador, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if clash.exclude(seat__visit=visit).exists():
        reasons.append(clashing())
    return reasons


def clashing() -> Reason:
    """What we say to someone who is promised elsewhere at that time."""
    return Reason("clash", Kind.CONFLICT, _("You already have a visit at that time."))


def check_can_take(ambassador: Ambassador, visit: Visit, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """This person can take part in this visit at this time.

    Refuses with all of `ambassadors.eligibility.check_bookable`'s reasons that stand on the day, `RA_BARRED_LIST`,
    `conditions`, `past` and `clash`.
    """
    refuse_if_any(reasons_cannot_take(ambassador, visit, starts_at, ends_at, at))


def reasons_cannot_confirm(visit: Visit, seats: Iterable[Seat]) -> list[Reason]:
    """Every reason why the school cannot confirm this visit yet, by whoever has its seats as leads (rules V-80, T-21).

    Whoever comes only with somebody else comes when one of the other seats is taken too (rule V-34).
    """
    required = ("supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone")
    reasons = [
        Reason(column, Kind.INPUT, _("Still to answer: %(question)s.") % {"question": label(Visit, column)})
        for column in required
        if not getattr(visit, column)
    ]
    coming = [seat.ambassador for seat in seats if seat.ambassador is not None]
    if visit.starts_at is not None:
        day: date = day_of(visit.starts_at)
        for ambassador in coming:
            reasons += reasons_not_cleared(ambassador, day, Nation(visit.request.school.nation))
            reasons += reasons_unsuited(ambassador, visit, day, people=len(coming))
    return reasons


def reasons_not_prepared(visit: Visit, prepared: Preparation) -> list[Reason]:
    """What of V-80, V-82 and V-83 is still missing for this visit, by the column or answer that holds it."""
    request = visit.request
    missing = {
        "arrival": not request.is_online and not visit.arrival,
        "year_groups": not request.year_groups,
        "pupils": not request.pupils,
        "access_needs": not prepared.access_needs,
        "open_space_confirmed": request.is_one_to_one and not prepared.open_space_confirmed,
        "joining_link": request.is_online and not prepared.joining_link,
        "staff_host_confirmed": request.is_online and not prepared.staff_host_confirmed,
    }
    models = {"arrival": Visit, "year_groups": Request, "pupils": Request}
    reasons = [_still_to_answer(models.get(column, Preparation), column) for column, is_so in missing.items() if is_so]
    if prepared.school_agreed_at is None:
        reasons.append(Reason("outline_agreed", Kind.INPUT, _("Read the outline, and say that you agree with it.")))
    return reasons


def _still_to_answer(model: type[Model], column: str) -> Reason:
    """What is said of an answer that is missing."""
    return Reason(column, Kind.INPUT, _("Still to answer: %(question)s.") % {"question": label(model, column)})


def reasons_closed_since(visit: Visit) -> list[Reason]:
    """Why the school has no visitors on this visit's day, as it has told us since; none where it has said why then.

    Someone has promised to come: what stood when the day was chosen is not asked again.
    """
    if visit.starts_at is None:
        return []
    request, day = visit.request, day_of(visit.starts_at)
    if any(day_of(time.starts_at) == day and time.all_the_same for time in request.possible_times.all()):
        return []
    school = school_time(request.school)
    told = reasons_told_since(day, time=school, stage=request.stage, year_groups=request.year_groups)
    moved = visit.proposals.filter(status=ProposalStatus.AGREED, starts_at=visit.starts_at).exclude(all_the_same="")
    return [] if told and moved.exists() else told


def can_be_moved(visit: Visit, at: datetime) -> bool:
    """Whether a visit has people and a time that is still to come, so that another one can be agreed."""
    return visit.status in HAS_PEOPLE and visit.starts_at is not None and visit.starts_at > at


def check_can_be_watched(visit: Visit, at: datetime) -> None:
    """Somebody new may come along: the visit has all its people and is to come. Refuses with `state`."""
    if not can_be_moved(visit, at):
        words = _("Somebody can come along and watch once a visit has its ambassador, and until it begins.")
        raise refuse("state", Kind.STATE, words)


def reasons_closed_on(visit: Visit, day: date) -> list[Reason]:
    """Why the school has no visitors on a day to which this visit would move; none on the day that it has (T-11)."""
    if visit.starts_at is not None and day == day_of(visit.starts_at):
        return []
    request = visit.request
    school = school_time(request.school)
    return reasons_against(day, time=school, stage=request.stage, year_groups=request.year_groups)


def reasons_cannot_keep(ambassador: Ambassador, visit: Visit, *, promised: date, at: datetime) -> list[Reason]:
    """Every reason why someone cannot keep their seat at the time that the visit has been given, none when they can.

    On the day that they promised their word stands, as it does each night; another day is another promise, for which
    they must be bookable (T-21). Ask it once the visit has its new time: the old day counts no longer (V-15).
    """
    assert visit.starts_at is not None and visit.ends_at is not None
    if day_of(visit.starts_at) != promised:
        return reasons_cannot_take(ambassador, visit, visit.starts_at, visit.ends_at, at)
    reasons = reasons_may_not_come(ambassador, visit, promised)
    return reasons + reasons_elsewhere(ambassador, visit, visit.starts_at, visit.ends_at, at)


def reasons_may_not_come(ambassador: Ambassador, visit: Visit, day: date) -> list[Reason]:
    """Every reason why a place that this person holds in this visit may not stand, none when it may.

    As `ambassadors.eligibility.reasons_not_cleared`, with what their check leaves open.
    """
    cleared = reasons_not_cleared(ambassador, day, Nation(visit.request.school.nation))
    return [*cleared, *reasons_no_longer_suited(ambassador, visit, day)]


def is_cleared(seat: Seat) -> bool:
    """Whether what whoever has this seat has promised stands on the day of its visit, as far as is known now (V-25).

    Ask it of a taken seat in a visit with a time.
    """
    assert seat.ambassador is not None and seat.visit.starts_at is not None
    return not reasons_may_not_come(seat.ambassador, seat.visit, day_of(seat.visit.starts_at))


def label(model: type[Model], column: str) -> str:
    """What a column is called on forms."""
    field = model._meta.get_field(column)
    assert isinstance(field, Field)
    return str(field.verbose_name)


def is_too_late_to_replace(visit: Visit, at: datetime) -> bool:
    """Whether a visit is so near, with no working day left before it, that nobody else can be found."""
    if visit.starts_at is None:
        return False
    return working_days_between(day_of(at), day_of(visit.starts_at), Nation(visit.request.school.nation)) < 1


def can_be_kept_apart(seat: Seat, side: Side, *, at: datetime) -> bool:
    """Whether whoever had this seat and the school may say that they would rather not meet again (rule 6.4).

    Once the visit is over or called off; a school that never learnt who would have come has nobody to speak of.
    """
    visit = seat.visit
    is_over = visit.status == VisitStatus.CONFIRMED and visit.ends_at is not None and visit.ends_at <= at
    if seat.ambassador_id is None or (visit.status in UPCOMING and not is_over):
        return False
    return side == Side.AMBASSADOR or visit.status in NAMED


def is_open_for_messages(visit: Visit, at: datetime) -> bool:
    """Whether the two sides may write to each other: from when somebody is found until the visit is over or off."""
    return visit.status in (VisitStatus.MATCHED, VisitStatus.CONFIRMED) and not is_over(visit, at)


def check_open_for_messages(visit: Visit, at: datetime) -> None:
    """The two sides may write to each other now. Refuses with `state`."""
    if not is_open_for_messages(visit, at):
        raise refuse("state", Kind.STATE, _("Nobody writes here now: the visit is over or off, or has nobody yet."))


def is_over(visit: Visit, at: datetime) -> bool:
    """Whether its end has passed."""
    return visit.ends_at is not None and visit.ends_at <= at


def can_reconsider(offer: Offer, *, at: datetime) -> bool:
    """Whether a no can be taken back: while the place is open and the time to answer has not run out."""
    is_sought = offer.visit.status == VisitStatus.FINDING and offer.seat.status == SeatStatus.OPEN
    return offer.status == OfferStatus.DECLINED and offer.lapses_at > at and is_sought


def can_be_reserve(offer: Offer, visit: Visit, *, at: datetime) -> bool:
    """Whether whoever was not quick enough may wait for the place: while the visit is to come and has not begun."""
    has_begun = visit.starts_at is not None and visit.starts_at <= at
    return offer.status == OfferStatus.SUPERSEDED and visit.status in UPCOMING and not has_begun


def times_on_offer(visit: Visit, at: datetime) -> list[tuple[datetime, datetime]]:
    """When this visit could be: its own time once someone fixed it, else every possible time still to come."""
    if visit.starts_at is not None and visit.ends_at is not None:
        return [(visit.starts_at, visit.ends_at)]
    return [(time.starts_at, time.ends_at) for time in visit.request.possible_times.all() if time.starts_at > at]


def times_of_offer(offer: Offer, at: datetime) -> list[Interval]:
    """When somebody would come by this offer: at the times that they named instead, or at those on offer."""
    if offer.status == OfferStatus.COUNTERED:
        return [(time.starts_at, time.ends_at) for time in offer.other_times.all() if time.starts_at > at]
    return times_on_offer(offer.visit, at)


def month_of_visit(visit: Visit, at: datetime) -> tuple[date, date]:
    """The days still to come of the month in which a visit would be: what "not this month" means of it."""
    times = times_on_offer(visit, at)
    first, following = month_of(day_of(times[0][0] if times else at))
    return max(first, day_of(at)), following - DAY


def lead_to_write_to(school: School, *, at: datetime) -> Contact:
    """Whoever leads at a school, to whom an invitation may go now, with the school (E-20, E-22).

    Refuses with `no_lead` where nobody does, `not_wanted` by whoever does, or as `check_can_be_invited`.
    """
    unwanted = UnwantedKind.objects.filter(user=OuterRef("user"), kind=LetterKind.INVITATIONS)
    leading = Contact.objects.leading().filter(school=school, user__is_active=True)
    lead = leading.select_related("user", "school").annotate(wants_none=Exists(unwanted)).first()
    if lead is None:
        words = _("Nobody leads there whom we could write to. Ring its office, and help it to set up first.")
        raise refuse("no_lead", Kind.STATE, words)
    if vars(lead)["wants_none"]:
        raise refuse("not_wanted", Kind.STATE, _("Whoever leads there wants no such letters."))
    check_can_be_invited(school, Channel.LETTER, at=at)
    return lead


def check_can_be_invited(school: School, channel: Channel, *, at: datetime) -> None:
    """A school that has not asked may be written to, or rung, now (E-20). Whoever does it holds the school.

    Refuses with `said_never` for a year after that; with `often_enough` once it has been turned to so often in this
    term, by whoever, as the policy allows; with `waits` while a letter waits for its answer; and with `rung_today`.
    """
    today = day_of(at)
    had = list(Invitation.objects.of_history(school))
    this_term = [each for each in had if term_of(day_of(each.made_at)) == term_of(today)]
    most = value("invitations_per_term", on=today)
    reasons = []
    if any(each.keeps_in_peace(at) for each in had):
        reasons.append(Reason("said_never", Kind.STATE, _("It said that it wants no invitations; that stands a year.")))
    if len(this_term) >= most:
        n = len(this_term)
        words = ngettext(
            "It has been invited once this term already.", "It has been invited %(n)d times this term already.", n
        )
        reasons.append(Reason("often_enough", Kind.STATE, words % {"n": n}))
    if channel == Channel.LETTER and any(each.waits and each.channel == channel for each in had):
        reasons.append(Reason("waits", Kind.STATE, _("A letter to it waits for an answer still.")))
    if channel == Channel.CALL and any(each.channel == channel and day_of(each.made_at) == today for each in had):
        reasons.append(Reason("rung_today", Kind.STATE, _("Somebody rang it today already.")))
    refuse_if_any(reasons)
