"""Naming another time for an offer, and the school's answer to it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import eligibility, notifications, permissions
from bookings.eligibility import Interval
from bookings.enums import OfferStatus, SeatStatus
from bookings.ladder import answer_within
from bookings.models import Offer, OfferTime, PossibleTime, Request, Seat, Visit
from bookings.operations.offers import check_still_open
from bookings.operations.taking import check_journey, hold_later, take_back, take_rest, take_seat
from bookings.queries.series import later_sought, meetings_after
from bookings.workflow import OFFER
from schools.queries.school_time import school_time
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, Reason, Refusal, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User

MOST_OTHER_TIMES = 2
# An address, a site or a telephone number: by any of them a school could find out who somebody is.
REACHES_SOMEBODY = re.compile(r"@|https?:|www\.|(?:\d[\s()-]*){7}", re.IGNORECASE)


@transaction.atomic
def name_other_times(
    *,
    offer: Offer,
    times: Sequence[Interval],
    by: "User | None",
    at: datetime,
    words: str = "",
    manages_journey: bool = False,
) -> None:
    """Say that one could come at another time: one or two of them, and a few words; the school is written to.

    From now on the school has as long to answer as a person asked (rule E-32). Refuses with `not_yours`,
    `accepted_before`, `seat_taken`, `lapsed`, `state`, `time_fixed` once the visit has its time, `times` for times that
    cannot be named, `words` that would tell the school who it is (P-05), any reason of `eligibility.check_can_take`,
    or `too_tight`.
    """
    ambassador = Ambassador.objects.locked(offer.ambassador)
    visit = Visit.objects.locked(offer.visit)
    seat = Seat.objects.locked(offer.seat)
    offer = Offer.objects.locked(offer)
    permissions.check_is_asked(by, offer)
    check_still_open(offer, seat, at)
    _check_no_time_yet(visit)
    policy, times, words = values(on=day_of(at)), sorted(times), " ".join(words.split())
    _check_times(times, visit.request, at, timedelta(days=policy["other_time_days"]))
    _check_words(words, ambassador)
    later = later_sought(visit)
    for time in times:
        eligibility.check_can_take(ambassador, visit, *time, at)
        for meeting in meetings_after(visit, time, later):
            eligibility.check_can_take(ambassador, meeting.visit, *meeting.interval, at)
    check_journey(offer, visit, times, manages_journey, by=by, at=at)
    lapses_at = min(at + answer_within(times[0][0], at, policy), times[-1][0])
    columns: dict[str, Any] = {"lapses_at": lapses_at, "words_to_school": words, "manages_journey": manages_journey}
    OFFER.move(offer, "counter", by=by, at=at, note=words, **columns)
    offer.other_times.all().delete()
    OfferTime.objects.bulk_create(OfferTime(offer=offer, starts_at=start, ends_at=end) for start, end in times)
    fact, key = notifications.other_time_named, f"{offer.pk} {at.isoformat()}"
    post(fact, to=visit.request.contact.user, due_at=at, key=key, offer_id=offer.pk)


@transaction.atomic
def name_other_times_by_link(
    *, link: OneTimeLink, times: Sequence[Interval], at: datetime, words: str = "", manages_journey: bool = False
) -> None:
    """The same with the link from the letter, which is spent. Refuses with `link_used`, or as `name_other_times`."""
    use_link(link, at=at)
    offer = Offer.objects.select_related("ambassador__user").get(pk=link.object_id)
    by = offer.ambassador.user
    name_other_times(offer=offer, times=times, by=by, at=at, words=words, manages_journey=manages_journey)


def _check_no_time_yet(visit: Visit) -> None:
    """The visit could be at any time. Refuses with `time_fixed`."""
    if visit.starts_at is not None:
        raise refuse("time_fixed", Kind.STATE, _("This visit has its time now, which somebody else has agreed to."))


def _check_times(times: Sequence[Interval], request: Request, at: datetime, ahead: timedelta) -> None:
    """One or two times that are to come and not the request's own. Refuses with `times`."""
    own = {time.starts_at for time in request.possible_times.all()}
    why = ""
    if not 1 <= len(times) <= MOST_OTHER_TIMES or len({start for start, _end in times}) != len(times):
        why = _("Give one or two other times.")
    elif any(start <= at for start, _end in times):
        why = _("Give a time that is still to come.")
    elif any(start > at + ahead for start, _end in times):
        why = _("Give a time within the next %(days)d days.") % {"days": ahead.days}
    elif any(end <= start or day_of(start) != day_of(end) for start, end in times):
        why = _("The finish has to be later than the start, on the same day.")
    elif own & {start for start, _end in times}:
        why = _("The school asked for that time itself: say yes to it above.")
    if why:
        raise refuse("times", Kind.INPUT, why)


def _check_words(words: str, ambassador: Ambassador) -> None:
    """The words say nothing of who it is, which the school does not know yet (rule P-05). Refuses with `words`."""
    if ambassador.full_name.casefold() in words.casefold() or REACHES_SOMEBODY.search(words):
        told = _("Leave out your name and how to reach you: the school learns who you are once it agrees to a time.")
        raise refuse("words", Kind.INPUT, told)


@transaction.atomic
def agree_to_time(
    *, offer: Offer, starts_at: datetime, by: "User", at: datetime, all_the_same: str = "", on_behalf_of: str = ""
) -> Seat:
    """The school takes one of the times that were named: it is a yes at that time, as if the request had asked for it.

    Refuses with `not_for_school`, `seat_taken`, `lapsed`, `state`, `time_fixed`, `time_gone` for a time that was not
    named or cannot be kept any more, for which the school reads no reason (V-71), or `all_the_same` where the school
    has no visitors on that day and nobody says why then (T-11).
    """
    ambassador = Ambassador.objects.locked(offer.ambassador)
    visit = Visit.objects.locked(offer.visit)
    later = hold_later(visit)
    seat = Seat.objects.locked(offer.seat)
    offer = Offer.objects.locked(offer)
    permissions.check_may_confirm(by, visit)
    _check_waits_for_school(offer, seat, at)
    _check_no_time_yet(visit)
    time = next(((each.starts_at, each.ends_at) for each in offer.other_times.filter(starts_at=starts_at)), None)
    if time is None:
        raise _cannot_be_kept()
    try:
        eligibility.check_can_take(ambassador, visit, *time, at)
        check_journey(offer, visit, [time], offer.manages_journey, by=ambassador.user, at=at)
        is_new = _add_time(visit.request, time, all_the_same.strip())
        OFFER.move(offer, "agree", by=by, at=at, on_behalf_of=on_behalf_of)
        take_seat(offer, seat, visit, time, by=by, at=at, on_behalf_of=on_behalf_of)
        take_rest(offer, visit, later, time, by=by, at=at, on_behalf_of=on_behalf_of)
        if is_new:
            # Whoever is asked for another place was asked for the school's own times.
            take_back(visit, OfferStatus.SENT, at=at)
    except Refusal as refusal:
        raise (refusal if {"all_the_same", "state"} & {*refusal.codes} else _cannot_be_kept()) from refusal
    post(notifications.other_time_agreed, to=ambassador.user, due_at=at, offer_id=offer.pk)
    return seat


def _check_waits_for_school(offer: Offer, seat: Seat, at: datetime) -> None:
    """Another time waits for the school's answer. Refuses with `seat_taken`, `lapsed` or `state`."""
    if seat.status == SeatStatus.TAKEN or offer.status == OfferStatus.SUPERSEDED:
        raise refuse("seat_taken", Kind.STATE, _("Someone else has said yes to one of your own times."))
    if offer.status == OfferStatus.LAPSED or offer.lapses_at <= at:
        raise refuse("lapsed", Kind.STATE, _("The time to answer has run out. We go on looking."))
    OFFER.check(offer, "agree")


def _cannot_be_kept() -> Refusal:
    """What a school hears of a time that cannot be, whatever the reason."""
    return refuse("time_gone", Kind.STATE, _("That time is no longer possible. We go on looking for someone."))


def _add_time(request: Request, time: Interval, all_the_same: str) -> bool:
    """Let the time be one of the request's own, as the school wants it now; whether it is new.

    It may be already, where the school has agreed to it for another visit of the request. Refuses with `all_the_same`
    (rule T-11).
    """
    starts_at, ends_at = time
    wanted = PossibleTime(request=request, starts_at=starts_at, ends_at=ends_at, all_the_same=all_the_same)
    if not all_the_same:
        closed = eligibility.reasons_closed(request, wanted, school_time(request.school))
        refuse_if_any(Reason("all_the_same", Kind.INPUT, why.truth) for why in closed)
    told = {"ends_at": ends_at, "all_the_same": all_the_same}
    return PossibleTime.objects.get_or_create(request=request, starts_at=starts_at, defaults=told)[1]


@transaction.atomic
def refuse_times(*, offer: Offer, by: "User", at: datetime, on_behalf_of: str = "") -> None:
    """The school cannot take any of the times: the person is told kindly, and not asked again for this visit.

    Refuses with `not_for_school`, `seat_taken`, `lapsed` or `state`.
    """
    seat = Seat.objects.locked(offer.seat)
    offer = Offer.objects.locked(offer)
    permissions.check_may_confirm(by, offer.visit)
    _check_waits_for_school(offer, seat, at)
    OFFER.move(offer, "refuse", by=by, at=at, on_behalf_of=on_behalf_of)
    post(notifications.other_time_refused, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)


@transaction.atomic
def agree_by_link(*, link: OneTimeLink, starts_at: datetime, at: datetime, all_the_same: str = "") -> Seat:
    """Take a time with the link from the letter to the school. Refuses with `link_used`, or as `agree_to_time` does."""
    use_link(link, at=at)
    offer = _named_in(link)
    by = offer.visit.request.contact.user
    return agree_to_time(offer=offer, starts_at=starts_at, by=by, at=at, all_the_same=all_the_same)


@transaction.atomic
def refuse_by_link(*, link: OneTimeLink, at: datetime) -> None:
    """Say no with the link from the letter to the school. Refuses with `link_used`, or as `refuse_times` does."""
    use_link(link, at=at)
    offer = _named_in(link)
    refuse_times(offer=offer, by=offer.visit.request.contact.user, at=at)


def _named_in(link: OneTimeLink) -> Offer:
    """The offer that a school's link is about, with who asks."""
    return Offer.objects.select_related("ambassador", "visit__request__contact__user").get(pk=link.object_id)
