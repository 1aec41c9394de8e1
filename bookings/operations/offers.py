"""Asking someone, and their answer."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Ambassador
from ambassadors.operations.profile import go_away
from bookings import eligibility, notifications, permissions
from bookings.enums import OfferStatus, SeatStatus, SetAside, VisitStatus
from bookings.ladder import Rung, next_reminder
from bookings.matching.ranking import Match
from bookings.models import Offer, Seat, Visit
from bookings.operations.keeping_apart import keep_away_from
from bookings.operations.taking import check_journey, hold_later, take_rest, take_seat
from bookings.queries.searching import rung_for
from bookings.queries.series import later_sought, meetings_after
from bookings.queries.sharing import shares_of
from bookings.workflow import OFFER
from stem.accounts.scope import areas_around, areas_looked_after_by
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation
from stem.policy.values import values
from stem.promises import kept
from stem.rules import Kind, Reason, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User

# So long has whoever is asked on the day before a visit, whom a coordinator has rung.
LAST_HOURS = timedelta(hours=4)


@transaction.atomic
def invite_ambassador(
    *, seat: Seat, match: Match, by: "User | None", at: datetime, set_aside: SetAside | None = None, because: str = ""
) -> Offer:
    """Ask one person to take one seat; they have as long as the rung says (rules E-32, T-50), and are reminded by day.

    `by` is None where a rule asks. Refuses with `not_coordinator`, `own_offer`, `state`, `seat_taken`, `asked_before`,
    any reason of `eligibility.check_can_take`, or as `_check_turn` does, unless `ask_all_the_same` set that aside. What
    is set aside of the person's own words, and why, is kept with the offer: `invite_all_the_same` says what may be.
    """
    # Whoever leaves the scheme in the same instant is not asked after that.
    ambassador = Ambassador.objects.locked(match.ambassador)
    visit = Visit.objects.locked(seat.visit)
    seat = Seat.objects.locked(seat)
    seat.visit = visit
    permissions.check_may_invite(by, visit.request, ambassador)
    times = eligibility.times_on_offer(visit, at)
    _check_can_ask(seat, visit, times)
    first = match.times[0] if match.times else times[0]
    rung = _check_turn(seat, times, first[0], by, at)
    _check_can_come(ambassador, visit, first, at)
    lapses_at = min(at + (rung.hours or LAST_HOURS), times[-1][0])
    return send_offer(seat=seat, match=match, lapses_at=lapses_at, by=by, at=at, set_aside=set_aside, because=because)


def send_offer(
    *,
    seat: Seat,
    match: Match,
    lapses_at: datetime,
    by: "User | None",
    at: datetime,
    set_aside: SetAside | None = None,
    because: str = "",
) -> Offer:
    """Ask this person for this seat until then, with why it is them.

    The caller holds person, visit and seat, and has asked whether this may be. Refuses with `asked_before`.
    """
    visit, ambassador = seat.visit, match.ambassador
    asked = Reason("asked_before", Kind.STATE, _("This person has been asked already and has not answered yet."))
    with kept(Offer, one_live_offer_per_person_in_a_visit=asked):
        offer = Offer.objects.create(
            seat=seat,
            visit=visit,
            ambassador=ambassador,
            made_at=at,
            lapses_at=lapses_at,
            remind_at=next_reminder(at, lapses_at, Nation(visit.request.school.nation), after=at),
            score=match.score,
            parts=match.parts,
            reasons=match.reasons_to_them,
            minutes=match.minutes,
            set_aside=set_aside or "",
            because=because,
        )
    OFFER.move(offer, "send", by=by, at=at, note=because)
    post(notifications.offer_made, to=ambassador.user, due_at=at, offer_id=offer.pk)
    return offer


def _check_can_ask(seat: Seat, visit: Visit, times: list[eligibility.Interval]) -> None:
    """Somebody may be asked for this seat now. Refuses with `state` or `seat_taken`."""
    if visit.status != VisitStatus.FINDING or not times:
        raise refuse("state", Kind.STATE, _("Nobody is being looked for here any more."))
    if seat.status == SeatStatus.TAKEN:
        raise refuse("seat_taken", Kind.STATE, _("Someone has this place already."))


def _check_can_come(ambassador: Ambassador, visit: Visit, first: eligibility.Interval, at: datetime) -> None:
    """This person can take part then, and in each later meeting of a series. Refuses as `check_can_take` does."""
    eligibility.check_can_take(ambassador, visit, *first, at)
    for meeting in meetings_after(visit, first, later_sought(visit)):
        eligibility.check_can_take(ambassador, meeting.visit, *meeting.interval, at)


def _check_not_enough(seat: Seat, rung: Rung, by: "User | None") -> None:
    """Fewer wait for an answer than may be asked at once. Refuses with `enough_asked`.

    Where no rule asks any more a coordinator does, one person at a time, by telephone.
    """
    most = max(rung.at_once, 1) if by else rung.at_once
    if Offer.objects.filter(seat=seat).awaiting_answer().count() >= most:
        words = ngettext(
            "%(n)d person has been asked already. Wait for an answer, or take it back.",
            "%(n)d people have been asked already. Wait for an answer, or take one back.",
            most,
        )
        raise refuse("enough_asked", Kind.STATE, words % {"n": most})


def _check_turn(
    seat: Seat, times: list[eligibility.Interval], starts_at: datetime, by: "User | None", at: datetime
) -> Rung:
    """Fewer are asked than may be, and it is no other school's turn; on which rung the seat is.

    Refuses with `enough_asked`, `term_cap`, `week_reserve`, and `whose_turn` to say what can be done. Whoever was
    promised somebody waits no turn. Two offers in one instant may both be the last that a share has room for: a share
    is a rule for people, and no promise that the database keeps.
    """
    policy = values(on=day_of(at))
    rung = rung_for(seat, times, at=at, policy=policy)
    _check_not_enough(seat, rung, by)
    if not rung.is_replacement:
        areas = areas_looked_after_by(by) if by else areas_around(seat.visit.request.school.area)
        reasons = shares_of(seat.visit, starts_at, areas=areas, at=at, policy=policy).reasons
        how = _("To ask for this school all the same, say why under “Whose turn it is” on this page.")
        refuse_if_any([*reasons, Reason("whose_turn", Kind.STATE, how)] if reasons else [])
    return rung


@transaction.atomic
def accept_offer(
    *,
    offer: Offer,
    starts_at: datetime,
    by: "User | None",
    at: datetime,
    on_behalf_of: str = "",
    manages_journey: bool = False,
) -> Seat:
    """Take up an offer: this ambassador now holds the seat, at the time they chose.

    The first acceptance of a visit fixes its time; of a series it is a yes to all meetings that still want somebody, or
    to none. Refuses with `not_yours`, `seat_taken` if someone was quicker, `lapsed`, `state`, `time_gone`, any reason
    of `eligibility.check_can_take`, `clash` among them, or `too_tight` where another visit is so near that they have to
    say that they can manage the journey (rule T-22).
    """
    # Everyone locks in this order, person, visit, seat, offer, so that nobody waits in a circle.
    ambassador = Ambassador.objects.locked(offer.ambassador)
    visit = Visit.objects.locked(offer.visit)
    # To watch one meeting of a series is no yes to the others.
    later = [] if offer.seat.is_shadow else hold_later(visit)
    seat = Seat.objects.locked(offer.seat)
    offer = Offer.objects.locked(offer)
    permissions.check_may_answer(by, offer)
    check_still_open(offer, seat, at)
    time = _chosen_time(visit, starts_at, at)
    if seat.is_shadow:
        eligibility.check_can_be_watched(visit, at)
    eligibility.check_can_take(ambassador, visit, *time, at)
    check_journey(offer, visit, [time], manages_journey, by=by, at=at, on_behalf_of=on_behalf_of)

    OFFER.move(offer, "accept", by=by, at=at, on_behalf_of=on_behalf_of, manages_journey=manages_journey)
    take_seat(offer, seat, visit, time, by=by, at=at, on_behalf_of=on_behalf_of)
    take_rest(offer, visit, later, time, by=by, at=at, on_behalf_of=on_behalf_of)
    post(notifications.offer_accepted, to=ambassador.user, due_at=at, offer_id=offer.pk)
    return seat


def check_still_open(offer: Offer, seat: Seat, at: datetime) -> None:
    """The offer can still be accepted. Refuses with `accepted_before`, `seat_taken`, `lapsed` or `state`."""
    if offer.status == OfferStatus.ACCEPTED:
        raise refuse("accepted_before", Kind.STATE, _("You have accepted this visit already. Thank you."))
    if seat.status == SeatStatus.TAKEN or offer.status == OfferStatus.SUPERSEDED:
        raise refuse("seat_taken", Kind.STATE, _("Someone else said yes a moment before you. Thank you all the same."))
    if offer.status == OfferStatus.LAPSED or offer.lapses_at <= at:
        raise refuse("lapsed", Kind.STATE, _("The time to answer has run out. We may ask you again."))
    OFFER.check(offer, "accept")


def _chosen_time(visit: Visit, starts_at: datetime, at: datetime) -> eligibility.Interval:
    """The possible time that starts then. Refuses with `time_gone`."""
    for possible_start, possible_end in eligibility.times_on_offer(visit, at):
        if possible_start == starts_at:
            return possible_start, possible_end
    raise refuse("time_gone", Kind.STATE, _("That time is no longer possible. Look at the times that are left."))


@transaction.atomic
def decline_offer(
    *,
    offer: Offer,
    by: "User | None",
    at: datetime,
    reason: str = "",
    on_behalf_of: str = "",
    not_this_school: bool = False,
    not_this_month: bool = False,
) -> None:
    """Say no to an offer, freely and without a mark; another time that was named goes with it.

    Whoever likes says with it that they would rather not go to this school, which never learns it (rule 6.4), or that
    they are away in the month of the visit. Refuses with `not_yours` or `state`.
    """
    # The person first: what is said of schools and of days is held behind their row.
    ambassador = Ambassador.objects.locked(offer.ambassador)
    offer = Offer.objects.locked(offer)
    permissions.check_may_answer(by, offer)
    first, last = eligibility.month_of_visit(offer.visit, at)
    OFFER.move(offer, "decline", by=by, at=at, reason=reason, on_behalf_of=on_behalf_of)
    if (not_this_school or not_this_month) and (by is None or by.pk != ambassador.user_id):
        raise refuse("not_yours", Kind.PERMISSION, _("Only the person themselves may say so."))
    if not_this_school and by is not None:
        keep_away_from(ambassador=ambassador, school=offer.visit.request.school, by=by, at=at)
    if not_this_month and by is not None:
        go_away(ambassador=ambassador, starts_on=first, ends_on=last, by=by, at=at)


@transaction.atomic
def accept_by_link(*, link: OneTimeLink, starts_at: datetime, at: datetime, manages_journey: bool = False) -> Seat:
    """Take up an offer with the link from its letter: the link is spent and the seat taken, or neither.

    Refuses with `link_used`, or as `accept_offer` does.
    """
    use_link(link, at=at)
    offer = Offer.objects.select_related("ambassador__user").get(pk=link.object_id)
    by = offer.ambassador.user
    return accept_offer(offer=offer, starts_at=starts_at, by=by, at=at, manages_journey=manages_journey)


@transaction.atomic
def decline_by_link(
    *,
    link: OneTimeLink,
    at: datetime,
    reason: str = "",
    not_this_school: bool = False,
    not_this_month: bool = False,
) -> None:
    """Say no with the link from the letter, which is spent. Refuses with `link_used`, or as `decline_offer` does."""
    use_link(link, at=at)
    offer = Offer.objects.select_related("ambassador__user").get(pk=link.object_id)
    decline_offer(
        offer=offer,
        by=offer.ambassador.user,
        at=at,
        reason=reason,
        not_this_school=not_this_school,
        not_this_month=not_this_month,
    )


@transaction.atomic
def withdraw_offer(*, offer: Offer, by: "User", at: datetime) -> None:
    """Take an offer back that has not been answered; the person is told. Refuses with `not_coordinator` or `state`."""
    offer = Offer.objects.locked(offer)
    permissions.check_may_match(by, offer.visit.request)
    OFFER.move(offer, "withdraw", by=by, at=at)
    post(notifications.offer_withdrawn, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)


def remind_asked(*, at: datetime) -> int:
    """Remind whoever has not answered yet and whose time to be reminded has come; how many. A sweep, as the next."""
    reminded = 0
    for due in Offer.objects.due_to_be_reminded(at):
        with transaction.atomic():
            offer = Offer.objects.locked(due)
            if offer.status != OfferStatus.SENT or offer.remind_at is None or offer.remind_at > at:
                continue
            nation = Nation(offer.visit.request.school.nation)
            post(
                notifications.offer_waits,
                to=offer.ambassador.user,
                due_at=at,
                offer_id=offer.pk,
                reminded_at=offer.remind_at.isoformat(),
            )
            offer.remind_at = next_reminder(offer.made_at, offer.lapses_at, nation, after=at)
            offer.save(update_fields=["remind_at"])
            reminded += 1
    return reminded


def lapse_offers(*, at: datetime) -> int:
    """Let offers lapse whose time to answer has run out; how many. A sweep: it may run twice, or late."""
    lapsed = 0
    for due in Offer.objects.due_to_lapse(at):
        with transaction.atomic():
            offer = Offer.objects.locked(due)
            if OFFER.can(offer, "lapse"):
                is_schools = offer.status == OfferStatus.COUNTERED
                fact = notifications.other_time_lapsed if is_schools else notifications.offer_lapsed
                OFFER.move(offer, "lapse", by=None, at=at)
                post(fact, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)
                lapsed += 1
    return lapsed
