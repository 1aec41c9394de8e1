"""A worry, from whoever has it to the safeguarding leads, and nobody in between (rule 2.9)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from ambassadors.operations.holds import owe_referral
from bookings.models import Visit
from bookings.operations.promised import lock_with_everyone_beside
from quality import notifications, permissions
from quality.eligibility import check_note, reasons_cannot_be_level
from quality.enums import ConcernLevel, HandedTo
from quality.models import Concern, Glass, Suspension, Told
from quality.operations.complaints_of_worries import follow_worry
from quality.operations.suspensions import leads, suspend
from quality.queries import low_level_before
from quality.workflow import CONCERN
from stem.audit.record import record
from stem.encryption import encrypted
from stem.letters.post import post
from stem.rules import Kind, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User

# So long a second deputy may read a worry over which they broke the glass.
GLASS_FOR = timedelta(hours=24)


@transaction.atomic
def raise_concern(*, told: Told, school_told: bool, visit: Visit | None, by: "User | None", at: datetime) -> Concern:
    """Put a worry before the safeguarding leads at once; their letter says only that there is one (rule 2.9)."""
    concern = Concern.objects.create(
        visit=visit, raised_by=by, raised_at=at, account=told.sealed(), school_told=school_told
    )
    record("concern.raise", concern, by=by, at=at)
    for lead in leads(at):
        post(notifications.concern_raised, to=lead, due_at=at, concern_id=concern.pk, user_id=lead.pk)
    return concern


@transaction.atomic
def triage_concern(
    *,
    concern: Concern,
    level: ConcernLevel,
    note: str,
    about: Ambassador | None = None,
    handed_to: HandedTo | None = None,
    pattern: str = "",
    advice: str = "",
    for_complaint: str = "",
    is_reportable: bool = False,
    by: "User",
    at: datetime,
) -> None:
    """Say what a worry is, and of whom of the register. Possible harm suspends them in the same moment.

    The second of low level about somebody within 24 months says what both say together; the third is possible harm,
    unless the designated officer advised otherwise. Refuses with `not_safeguarding_lead`, `own_record`, `state`,
    `no_note`, `handed_to`, `pattern` or `advice`, or as `suspend` and `follow_worry` do.
    """
    concern = held(concern, by)
    CONCERN.check(concern, f"take_as_{level}")
    check_note(note)
    before = low_level_before(concern, about, at=at)
    refuse_if_any(reasons_cannot_be_level(level, before=before, handed_to=handed_to, pattern=pattern, advice=advice))
    CONCERN.move(
        concern,
        f"take_as_{level}",
        by=by,
        at=at,
        note=_put_together(note, pattern, advice) if level == ConcernLevel.LOW_LEVEL else note.strip(),
        level=level,
        ambassador=about,
        handed_to=handed_to or "" if level == ConcernLevel.NOT_SAFEGUARDING else "",
        triaged_at=concern.triaged_at or at,
        harm_at=at if level == ConcernLevel.HARM_THRESHOLD else None,
        is_reportable=is_reportable or concern.is_reportable,
    )
    _follow_up(concern, for_complaint, by=by, at=at)


def _follow_up(concern: Concern, for_complaint: str, *, by: "User", at: datetime) -> None:
    """What follows from what it is: possible harm keeps somebody out; a complaint waits, goes on, or comes of it."""
    if concern.level == ConcernLevel.HARM_THRESHOLD and concern.ambassador is not None:
        _keep_out(concern, concern.ambassador, by=by, at=at)
    follow_worry(concern=concern, for_complaint=for_complaint, by=by, at=at)


def _put_together(*said: str) -> str:
    """What was said of several of low level, as one note."""
    return "\n\n".join(words.strip() for words in said if words.strip())


def _keep_out(concern: Concern, person: Ambassador, *, by: "User", at: datetime) -> None:
    """Suspend them, unless they are; and let nobody end their part before it is said if they are referred (C-04)."""
    # Held before it is asked: of two worries about one person at once, the second finds them suspended.
    person = lock_with_everyone_beside(person, at=at)
    suspension = Suspension.objects.standing().filter(ambassador=person).select_related("hold").first()
    if suspension is None:
        because = _("Worry %(reference)s.") % {"reference": concern.reference}
        suspension = suspend(ambassador=person, because=because, tell=False, by=by, at=at)
    owe_referral(hold=suspension.hold, is_owed=True, by=by, at=at)


@transaction.atomic
def note_on_concern(*, concern: Concern, note: str, by: "User", at: datetime) -> None:
    """Put on record what was done, and with whom; the same again at once is one.

    Refuses with `not_safeguarding_lead`, `over` once it is closed, or `no_note`.
    """
    concern = Concern.objects.locked(concern)
    permissions.check_may_note_on_concern(by, concern, at)
    if concern.closed_at is not None:
        raise refuse("over", Kind.STATE, _("This is closed. If there is something new, raise it as a worry."))
    check_note(note)
    last = concern.events.last()
    if last is None or (last.kind, last.by_id, last.words) != ("note", by.pk, note.strip()):
        CONCERN.note(concern, "note", by=by, at=at, note=note.strip())


@transaction.atomic
def break_glass(*, concern: Concern, reason: str, by: "User", at: datetime) -> Glass:
    """Let a second deputy read one worry for a day, for this reason: every lead hears of it at once (rule C-02).

    Refuses with `not_second_deputy`, or with `reason` where none is given. As long as it holds it is not broken again.
    """
    concern = Concern.objects.locked(concern)
    permissions.check_may_break_glass(by, concern)
    if not reason.strip():
        raise refuse("reason", Kind.INPUT, _("Say why it cannot wait for a safeguarding lead."))
    before = Glass.objects.filter(concern=concern, by=by, until__gt=at).first()
    if before is not None:
        return before
    glass = Glass.objects.create(concern=concern, by=by, reason=encrypted(reason.strip()), at=at, until=at + GLASS_FOR)
    CONCERN.note(concern, "break_glass", by=by, at=at, note=reason.strip())
    for lead in leads(at):
        post(notifications.glass_broken, to=lead, due_at=at, glass_id=glass.pk, user_id=lead.pk)
    return glass


def held(concern: Concern, by: "User") -> Concern:
    """The worry, locked, for somebody who may decide about it."""
    concern = Concern.objects.locked(concern)
    permissions.check_may_handle_concern(by, concern)
    return concern
