"""A complaint, from whoever has one to the answer, and to another look at it (rule 2.9)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.permissions import check_is_second
from bookings.models import Visit
from quality import notifications, permissions
from quality.complaint_book import responsible_for
from quality.eligibility import check_note, check_words
from quality.enums import ComplaintOutcome, ComplaintStatus
from quality.models import Complained, Complaint, Told
from quality.operations.complaints_of_worries import open_complaint, tell
from quality.operations.concerns import raise_concern
from quality.workflow import COMPLAINT
from stem.encryption import encrypted
from stem.letters.drafts import Fact
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse
from stem.workdays import add_working_days

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def complain(
    *,
    said: Complained,
    visit: Visit | None,
    is_welfare: bool,
    is_about_data: bool,
    by: "User | None",
    at: datetime,
) -> Complaint:
    """Take a complaint. Where a child's welfare is involved it is a worry first, and the complaint waits (rule 2.9)."""
    concern = None
    if is_welfare:
        told = Told(
            told_by=said.name,
            told_by_role=_("Has complained to us"),
            contact=", ".join(filter(None, [said.phone, said.email])),
            words=said.words,
            adult=said.about,
        )
        concern = raise_concern(told=told, school_told=False, visit=visit, by=by, at=at)
    return open_complaint(said=said, visit=visit, concern=concern, is_about_data=is_about_data, by=by, at=at)


@transaction.atomic
def acknowledge_complaint(*, complaint: Complaint, by: "User", at: datetime) -> None:
    """Say to whoever complained that we have it, and by when they hear.

    Refuses with `not_handler`, `connected` or `state`.
    """
    complaint = _held(complaint, by)
    COMPLAINT.move(complaint, "acknowledge", by=by, at=at, due_on=complaint.answer_by)
    _write_to_complainer(notifications.complaint_acknowledged, complaint, at=at)


@transaction.atomic
def assign_complaint(
    *, complaint: Complaint, handler: "User", complained_of: "User | None" = None, by: "User", at: datetime
) -> None:
    """Give it to somebody unconnected, and say whom of ours it is about, if anybody.

    Refuses with `not_handler`, `connected`, `state`, or with `handler` where that person has a part in it.
    """
    complaint = _held(complaint, by)
    nothing_said: dict[str, Any] = {"repeat_by": None, "answer": None}
    about = complained_of or complaint.complained_of
    to = _("To %(name)s.") % {"name": handler.full_name}
    COMPLAINT.move(complaint, "assign", by=by, at=at, note=to, handler=handler, complained_of=about, **nothing_said)
    # Asked of the row as it is now: whom it is about counts.
    if not Complaint.objects.visible_to(handler).filter(pk=complaint.pk).exists():
        words = _("Choose somebody who handles complaints and has no part in what this one is about.")
        raise refuse("handler", Kind.INPUT, words)
    if handler.pk != by.pk:
        tell(notifications.complaint_assigned, complaint, [handler], at=at)


@transaction.atomic
def investigate_complaint(*, complaint: Complaint, by: "User", at: datetime) -> None:
    """Begin to look into it. Refuses with `not_handler`, `connected`, `not_yours` or `state`."""
    complaint = _held(complaint, by)
    permissions.check_sees_to_complaint(by, complaint)
    COMPLAINT.move(complaint, "investigate", by=by, at=at)


@transaction.atomic
def note_on_complaint(*, complaint: Complaint, note: str, by: "User", at: datetime) -> None:
    """Put on record what was done, and with whom; the same again at once is one.

    Refuses with `not_handler`, `connected`, `no_note`, or `state` while it waits and once it is closed.
    """
    complaint = _held(complaint, by)
    if complaint.status in (ComplaintStatus.WAITING, ComplaintStatus.CLOSED):
        raise refuse("state", Kind.STATE, _("It is not with you now: nothing is written down on it."))
    check_note(note)
    last = complaint.events.last()
    if last is None or (last.kind, last.by_id, last.words) != ("note", by.pk, note.strip()):
        COMPLAINT.note(complaint, "note", by=by, at=at, note=note.strip())


@transaction.atomic
def respond_to_complaint(
    *, complaint: Complaint, finding: ComplaintOutcome, words: str, note: str, by: "User", at: datetime
) -> None:
    """Answer whoever complained, in these words; they may ask for another look until a day.

    Refuses with `not_handler`, `connected`, `not_yours`, `state`, `no_words` or `no_note`.
    """
    complaint = _held(complaint, by)
    permissions.check_sees_to_complaint(by, complaint)
    COMPLAINT.check(complaint, "respond")
    check_words(words)
    check_note(note)
    changes: dict[str, Any] = {
        "finding": finding,
        "answer": encrypted(words.strip()),
        "answered_by": by,
        "answered_at": at,
    }
    until = _days_from(complaint, "complaint_appeal_days", at=at)
    COMPLAINT.move(complaint, "respond", by=by, at=at, note=note.strip(), due_on=until, **changes)
    _write_to_complainer(notifications.complaint_answered, complaint, at=at)


@transaction.atomic
def propose_repeat(*, complaint: Complaint, words: str, note: str, by: "User", at: datetime) -> None:
    """Be the first of two to say that the same was answered before and nothing of it is new; and in what words.

    Refuses with `not_handler`, `connected`, `not_yours`, `state`, `no_words` or `no_note`.
    """
    complaint = _held(complaint, by)
    permissions.check_sees_to_complaint(by, complaint)
    COMPLAINT.check(complaint, "propose_repeat")
    check_words(words)
    check_note(note)
    sealed = encrypted(words.strip())
    COMPLAINT.move(complaint, "propose_repeat", by=by, at=at, note=note.strip(), repeat_by=by, answer=sealed)
    tell(notifications.complaint_waits_for_second, complaint, responsible_for(complaint, at=at), at=at)


@transaction.atomic
def keep_investigating(*, complaint: Complaint, by: "User", at: datetime) -> None:
    """It is looked into after all. Refuses with `not_handler`, `connected` or `state`."""
    complaint = _held(complaint, by)
    COMPLAINT.move(complaint, "keep_investigating", by=by, at=at, repeat_by=None, answer=None)


@transaction.atomic
def confirm_repeat(*, complaint: Complaint, by: "User", at: datetime) -> None:
    """Be the second of two: they are answered, and may ask for another look as after any answer.

    Refuses with `not_handler`, `connected`, `state`, or `same_person` to whoever proposed it.
    """
    complaint = _held(complaint, by)
    COMPLAINT.check(complaint, "confirm_repeat")
    check_is_second(by, complaint.repeat_by_id)
    COMPLAINT.move(
        complaint,
        "confirm_repeat",
        by=by,
        at=at,
        repeat_second=by,
        finding=ComplaintOutcome.NOT_UPHELD,
        answered_by=complaint.repeat_by,
        answered_at=at,
        due_on=_days_from(complaint, "complaint_appeal_days", at=at),
    )
    _write_to_complainer(notifications.complaint_answered, complaint, at=at)


@transaction.atomic
def appeal_complaint(*, complaint: Complaint, words: str, by: "User | None", at: datetime) -> None:
    """Ask for another look, by whoever holds the complaint's private address.

    Refuses with `state`, `too_late` once the time for it is over, or `no_words`.
    """
    complaint = Complaint.objects.locked(complaint)
    COMPLAINT.check(complaint, "appeal")
    assert complaint.due_on is not None
    if day_of(at) > complaint.due_on:
        raise refuse("too_late", Kind.STATE, _("The time to ask for another look is over. Ring us, if you need to."))
    check_words(words)
    due_on = _days_from(complaint, "complaint_second_days", at=at)
    COMPLAINT.move(complaint, "appeal", by=by, at=at, appeal=encrypted(words.strip()), appealed_at=at, due_on=due_on)
    tell(notifications.complaint_appealed, complaint, responsible_for(complaint, at=at), at=at)


@transaction.atomic
def answer_appeal(
    *, complaint: Complaint, finding: ComplaintOutcome, words: str, note: str, by: "User", at: datetime
) -> None:
    """Answer once more, as somebody more senior who had no part in the first answer; that closes it.

    Refuses with `not_handler`, `connected`, `state`, `not_senior`, `same_person`, `no_words` or `no_note`.
    """
    complaint = _held(complaint, by)
    COMPLAINT.check(complaint, "answer_appeal")
    permissions.check_may_look_again(by, complaint)
    check_words(words)
    check_note(note)
    changes: dict[str, Any] = {"second_finding": finding, "second_answer": encrypted(words.strip()), "second_by": by}
    COMPLAINT.move(complaint, "answer_appeal", by=by, at=at, note=note.strip(), closed_at=at, due_on=None, **changes)
    _write_to_complainer(notifications.complaint_answered_again, complaint, at=at)


@transaction.atomic
def withdraw_complaint(*, complaint: Complaint, note: str, by: "User", at: datetime) -> None:
    """Put on record that whoever complained has taken it back; what was found before stays.

    Refuses with `not_handler`, `connected`, `state` or `no_note`.
    """
    complaint = _held(complaint, by)
    COMPLAINT.check(complaint, "withdraw")
    check_note(note)
    column = "second_finding" if complaint.status == ComplaintStatus.APPEALED else "finding"
    changes = {column: ComplaintOutcome.WITHDRAWN}
    COMPLAINT.move(complaint, "withdraw", by=by, at=at, note=note.strip(), closed_at=at, due_on=None, **changes)


@transaction.atomic
def reroute_complaint(*, complaint: Complaint, words: str, note: str, by: "User", at: datetime) -> None:
    """Tell whoever complained who sees to it instead, where it is not ours to answer.

    Refuses with `not_handler`, `connected`, `state`, `no_words` or `no_note`.
    """
    complaint = _held(complaint, by)
    COMPLAINT.check(complaint, "reroute")
    check_words(words)
    check_note(note)
    changes: dict[str, Any] = {
        "finding": ComplaintOutcome.REROUTED,
        "answer": encrypted(words.strip()),
        "answered_by": by,
        "answered_at": at,
    }
    COMPLAINT.move(complaint, "reroute", by=by, at=at, note=note.strip(), closed_at=at, due_on=None, **changes)
    _write_to_complainer(notifications.complaint_answered, complaint, at=at)


def _held(complaint: Complaint, by: "User") -> Complaint:
    """The complaint, locked, for somebody who may see to it."""
    complaint = Complaint.objects.locked(complaint)
    permissions.check_may_handle_complaint(by, complaint)
    return complaint


def _days_from(complaint: Complaint, number: str, *, at: datetime) -> date:
    """So many working days from now, as the scheme has set this number."""
    return add_working_days(day_of(at), int(value(number, on=day_of(at))), complaint.nation)


def _write_to_complainer(fact: Fact, complaint: Complaint, *, at: datetime) -> None:
    """Owe whoever complained a letter, where they gave an address."""
    post(fact, to=complaint.raised_by, due_at=at, key=f"{complaint.pk} {day_of(at)}", complaint_id=complaint.pk)
