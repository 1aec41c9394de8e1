"""Leaving a school: a colleague goes on with everything, and nobody who waits for an answer is left without one."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import notifications
from bookings.enums import RequestStatus
from bookings.models import Request
from bookings.operations.texting import forget_numbers
from bookings.permissions import check_may_edit_request
from bookings.workflow import REQUEST
from schools import permissions
from schools.enums import ContactStatus
from schools.models import Contact, School
from schools.operations.leading import check_successor, end_contact
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def leave_school(
    *, contact: Contact, successor: Contact | None = None, by: "User", at: datetime, on_behalf_of: str = ""
) -> None:
    """Stop acting for a school; the successor takes over every draft, live request and visit that is not settled.

    For oneself, or by the lead or a coordinator for someone who has gone. Refuses with `not_lead`, `state`, `successor`
    when that is nobody who acts for the school, `nobody_else` when somebody waits for the school and nobody else acts
    for it, or `no_successor` when a colleague must be chosen.
    """
    School.objects.locked(contact.school)
    contact = Contact.objects.locked(contact)
    permissions.check_may_end_contact(by, contact)
    check_successor(contact, successor)
    requests = Request.objects.select_for_update(no_key=True, of=("self",)).in_hand_of(contact).order_by("pk")
    if successor is not None:
        _hand_over(list(requests), contact, successor, by=by, at=at, on_behalf_of=on_behalf_of)
    else:
        _check_nobody_waits(list(requests), contact)
    end_contact(contact=contact, by=by, at=at, successor=successor, on_behalf_of=on_behalf_of)
    forget_numbers(at=at, of=contact.user)


def _check_nobody_waits(requests: list[Request], contact: Contact) -> None:
    """Nothing needs anyone when this person goes. Refuses with `nobody_else` or `no_successor`."""
    if not requests or contact.status != ContactStatus.APPROVED:
        return
    if Contact.objects.approved().colleagues_of(contact).exists():
        raise refuse("no_successor", Kind.INPUT, _("Choose who goes on with the requests and visits."))
    # Drafts wait for nobody: whoever acts for the school next finds them on its page.
    if any(request.status != RequestStatus.DRAFT for request in requests):
        words = _("Nobody else acts for this school, and there are requests or visits that somebody has to answer for.")
        raise refuse("nobody_else", Kind.STATE, words)


def _hand_over(
    requests: list[Request], contact: Contact, successor: Contact, *, by: "User", at: datetime, on_behalf_of: str
) -> None:
    """Make these requests, and with them their visits, the successor's; the history keeps whose they were."""
    for request in requests:
        _pass_on(request, contact, successor, by=by, at=at, on_behalf_of=on_behalf_of)
        _tell_calendars(request, contact, successor, at=at)
    if requests:
        post(
            notifications.work_handed_over,
            to=successor.user,
            due_at=at,
            from_id=contact.pk,
            to_id=successor.pk,
            handed_at=at.isoformat(),
        )


def _pass_on(
    request: Request, contact: Contact, successor: Contact, *, by: "User", at: datetime, on_behalf_of: str
) -> None:
    """Make one request the successor's; the history keeps whose it was. The caller holds it."""
    names = _("%(before)s to %(after)s") % {"before": contact.user, "after": successor.user}
    REQUEST.note(request, "hand_over", by=by, at=at, note=names, on_behalf_of=on_behalf_of, contact=successor)


@transaction.atomic
def hand_over_request(
    *, request: Request, successor: Contact, by: "User", at: datetime, on_behalf_of: str = ""
) -> None:
    """Hand one request, and with it its visits, to a colleague who acts for the same school; both are told.

    Whoever acts for the school may do it, also for a colleague who is away. Refuses with `not_for_school`,
    `theirs_already`, `over` when nobody has anything left to do about it, or `successor` when that is nobody who acts
    for the school.
    """
    School.objects.locked(request.school)
    request = Request.objects.locked(request)
    check_may_edit_request(by, request)
    before = request.contact
    if before.pk == successor.pk:
        raise refuse("theirs_already", Kind.STATE, _("It is theirs already."))
    if not Request.objects.in_hand_of(before).filter(pk=request.pk).exists():
        raise refuse("over", Kind.STATE, _("This is over: nobody has anything left to do about it."))
    check_successor(before, successor)
    _pass_on(request, before, successor, by=by, at=at, on_behalf_of=on_behalf_of)
    if not _tell_calendars(request, before, successor, at=at):
        _tell_both(request, before, successor, at=at)


def _tell_calendars(request: Request, before: Contact, successor: Contact, *, at: datetime) -> bool:
    """A letter for each visit that is agreed: one calendar takes it, the other lets it go; whether there is any."""
    visits = list(request.visits.expected(at).order_by("number", "pk"))
    for visit in visits:
        _tell_both(request, before, successor, at=at, visit_id=visit.pk)
    return bool(visits)


def _tell_both(request: Request, before: Contact, successor: Contact, *, at: datetime, visit_id: int = 0) -> None:
    """Owe both a letter about the request, and about this visit of it where it is agreed."""
    key = f"{request.pk} {visit_id} {at.isoformat()}"
    about: dict[str, Any] = {"due_at": at, "key": key, "request_id": request.pk, "visit_id": visit_id}
    post(notifications.request_handed_over, to=successor.user, to_id=successor.pk, **about)
    post(notifications.request_handed_on, to=before.user, from_id=before.pk, **about)
