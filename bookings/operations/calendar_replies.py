"""What calendar programs answer by e-mail: kept as a proposal, and done only when the person presses (RFC 5546)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import permissions
from bookings.enums import UPCOMING, CancelReason, OfferStatus, Said
from bookings.models import CalendarReply, Offer, Seat, Visit
from bookings.operations.offers import accept_offer, decline_offer
from bookings.operations.visits import give_up_seat
from stem.audit.record import record
from stem.calendars.replies import Reply
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# Clocks differ; whoever writes tomorrow's date would keep every true reply away until then.
CLOCKS_DIFFER = timedelta(hours=26)


@transaction.atomic
def keep_calendar_reply(*, reply: Reply, at: datetime) -> CalendarReply:
    """Keep what a program says of a visit in somebody's name, for them to say whether it is so. Nobody is written to.

    Nothing of the visit changes: an address in a message proves nothing. Refuses with `unknown_visit`, `not_theirs`
    for an address that nobody of the visit is reached at, `over`, `undated`, or `answered_before` for one that was
    kept, is older than what was kept, or answers another version of the visit.
    """
    visit = _visit_of(reply.uid)
    person = _whose(visit, reply.attendee)
    person = Ambassador.objects.locked(person)
    visit = Visit.objects.locked(visit)
    if visit.status not in UPCOMING or (visit.ends_at is not None and visit.ends_at <= at):
        raise refuse("over", Kind.STATE, _("The visit is over, or is off."))
    if reply.stamp is None or reply.stamp > at + CLOCKS_DIFFER:
        raise refuse("undated", Kind.INPUT, _("The reply does not say when it was written, or says so wrongly."))
    sequence = visit.sequence if reply.sequence is None else reply.sequence
    before = CalendarReply.objects.filter(visit=visit, ambassador=person).first()
    is_older = before is not None and (sequence, reply.stamp) <= (before.sequence, before.stamp)
    if is_older or sequence != visit.sequence:
        raise refuse("answered_before", Kind.STATE, _("The reply is known, or is about an earlier version."))
    times = (reply.starts_at, reply.ends_at)
    starts_at, ends_at = times if times[0] and times[1] and times[0] < times[1] else (None, None)
    told = {"sequence": sequence, "stamp": reply.stamp, "received_at": at, "settled_at": None}
    told |= {"said": Said(reply.said), "starts_at": starts_at, "ends_at": ends_at}
    kept, _is_new = CalendarReply.objects.update_or_create(visit=visit, ambassador=person, defaults=told)
    return kept


def _visit_of(uid: str) -> Visit:
    """The visit that calendars know by this name. Refuses with `unknown_visit`."""
    name, _at, domain = uid.partition("@")
    unknown = refuse("unknown_visit", Kind.INPUT, _("No visit has that name."))
    if domain.casefold() != f"visits.{settings.SCHEME_DOMAIN}".casefold():
        raise unknown
    try:
        return Visit.objects.get(uid=UUID(name))
    except (ValueError, Visit.DoesNotExist):
        raise unknown from None


def _whose(visit: Visit, address: str) -> Ambassador:
    """Who has a place in the visit, or is asked for one, and is reached at this address. Refuses with `not_theirs`."""
    seats = Seat.objects.filter(visit=visit, ambassador__isnull=False).select_related("ambassador__user")
    asked = Offer.objects.filter(visit=visit, status=OfferStatus.SENT).select_related("ambassador__user")
    for person in (*(seat.ambassador for seat in seats), *(offer.ambassador for offer in asked)):
        if person is not None and person.reached_at and person.reached_at.casefold() == address.casefold():
            return person
    raise refuse("not_theirs", Kind.INPUT, _("Nobody of that visit is reached at that address."))


@transaction.atomic
def confirm_calendar_reply(*, reply: CalendarReply, by: "User", at: datetime) -> None:
    """It is so: do what the calendar said, by the operation that the page itself would use; twice does it once.

    A no gives the place back, or declines what was asked; a yes accepts it at the visit's own time; all else keeps
    what was agreed. Refuses with `not_yours`, `changed` where the visit is another by now, or as `give_up_seat`,
    `decline_offer` and `accept_offer` do.
    """
    reply = _held(reply, by)
    if reply.settled_at is not None:
        return
    if reply.sequence != reply.visit.sequence:
        words = _(
            "The visit has changed since your calendar answered. Look at its page, and say there what you will do."
        )
        raise refuse("changed", Kind.STATE, words)
    seat = Seat.objects.filter(visit=reply.visit_id, ambassador=reply.ambassador_id).first()
    offers = Offer.objects.filter(visit=reply.visit_id, ambassador=reply.ambassador_id, status=OfferStatus.SENT)
    offer = None if seat else offers.first()
    if seat is not None and reply.said == Said.DECLINED:
        give_up_seat(seat=seat, reason=CancelReason.OTHER, by=by, at=at)
    elif offer is not None and reply.said == Said.DECLINED:
        decline_offer(offer=offer, by=by, at=at)
    elif offer is not None and reply.said == Said.ACCEPTED and reply.visit.starts_at is not None:
        accept_offer(offer=offer, starts_at=reply.visit.starts_at, by=by, at=at)
    _settle(reply, "confirm", by=by, at=at)


@transaction.atomic
def dismiss_calendar_reply(*, reply: CalendarReply, by: "User", at: datetime) -> None:
    """It is not so: what was agreed stands, and nobody is asked again about this reply. Refuses with `not_yours`."""
    reply = _held(reply, by)
    if reply.settled_at is None:
        _settle(reply, "dismiss", by=by, at=at)


def _held(reply: CalendarReply, by: "User") -> CalendarReply:
    """The reply, its person with everybody beside them, and its visit, held. Refuses with `not_yours`."""
    # Everyone who comes as well, before the visit: to give a place back holds them too.
    coming = Seat.objects.filter(visit=reply.visit_id, ambassador__isnull=False).values("ambassador")
    people = Ambassador.objects.select_for_update(no_key=True, of=("self",))
    held = {person.pk: person for person in people.filter(Q(pk=reply.ambassador_id) | Q(pk__in=coming)).order_by("pk")}
    permissions.check_may_offer_oneself(by, held[reply.ambassador_id])
    visit = Visit.objects.locked(reply.visit)
    reply = CalendarReply.objects.locked(reply)
    reply.visit = visit
    return reply


def _settle(reply: CalendarReply, what: str, *, by: "User", at: datetime) -> None:
    """The person has said whether it is so."""
    reply.settled_at = at
    reply.save(update_fields=["settled_at"])
    record(f"calendar_reply.{what}", reply, by=by, at=at)
