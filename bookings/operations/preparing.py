"""What is prepared for a visit: an outline that both sides agree to, and what the school says of group and place."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import notifications, permissions
from bookings.eligibility import is_open_for_messages
from bookings.models import Preparation, Seat, Visit
from bookings.models.preparation import LONGEST_OUTLINE
from bookings.workflow import VISIT
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def write_outline(*, seat: Seat, text: str, by: "User", at: datetime, on_behalf_of: str = "") -> Preparation:
    """Say in a few words what happens in the lesson; whoever comes, or a coordinator for them. The school is asked.

    The same words again are said once. Refuses with `not_yours`, `state` before everybody is found and once the visit
    is over or off, `no_words` or `too_long`.
    """
    visit = Visit.objects.locked(seat.visit)
    seat = Seat.objects.locked(seat)
    permissions.check_may_speak_for(by, visit, seat)
    _check_open(visit, at)
    text = text.strip()
    if not text:
        raise refuse("no_words", Kind.INPUT, _("Write a few words first."))
    if len(text) > LONGEST_OUTLINE:
        raise refuse("too_long", Kind.INPUT, _("Write at most 1,000 characters."))
    prepared = prepared_for(visit)
    if prepared.outline == text:
        return prepared
    prepared.outline, prepared.outline_at, prepared.outline_by = text, at, by
    prepared.school_agreed_at = None
    prepared.save()
    VISIT.note(visit, "write_outline", by=by, at=at, on_behalf_of=on_behalf_of)
    version = prepared.outline_version
    # What is written, changed and written again is told each time.
    key = f"{prepared.pk} {version} {at.isoformat()}"
    to = visit.request.contact.user
    post(notifications.outline_written, to=to, due_at=at, key=key, preparation_id=prepared.pk, version=version)
    return prepared


@transaction.atomic
def agree_to_outline(*, visit: Visit, version: str, by: "User", at: datetime) -> Preparation:
    """The school agrees to an outline that was written after its yes; again it agrees once.

    Refuses with `not_for_school`, `state` once the visit is over or off, or `changed`.
    """
    visit = Visit.objects.locked(visit)
    permissions.check_may_confirm(by, visit)
    _check_open(visit, at)
    prepared = prepared_for(visit)
    if prepared.school_agreed_at is None:
        agree_to(prepared, version, at=at)
        VISIT.note(visit, "agree_to_outline", by=by, at=at)
    return prepared


def prepared_for(visit: Visit) -> Preparation:
    """What is prepared for this visit so far; the caller holds the visit."""
    return Preparation.objects.for_visit(visit)


def keep_prepared(visit: Visit, **columns: Any) -> Preparation:
    """Put down what the school says of group and place, its word on the outline aside: it is given with every yes.

    The caller holds the visit; a refusal undoes it.
    """
    prepared = prepared_for(visit)
    prepared.school_agreed_at = None
    for column, answer in columns.items():
        setattr(prepared, column, answer)
    prepared.save()
    return prepared


def agree_to(prepared: Preparation, version: str, *, at: datetime) -> None:
    """Put down that the school agrees to the outline of this version. Refuses with `changed` where it is another."""
    if prepared.outline_version != version:
        words = _("The outline has been changed meanwhile. Read it again before you say that you agree.")
        raise refuse("changed", Kind.STATE, words)
    prepared.school_agreed_at = at
    prepared.save()


def _check_open(visit: Visit, at: datetime) -> None:
    """Something can still be prepared for it. Refuses with `state`."""
    if not is_open_for_messages(visit, at):
        raise refuse(
            "state", Kind.STATE, _("Nothing is prepared here now: the visit is over or off, or has nobody yet.")
        )
