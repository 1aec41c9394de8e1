"""What becomes of a worry once it is known what it is: who is told, how it ended, and two who close it (rule 2.9)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.permissions import check_is_second
from quality.eligibility import check_note, reasons_cannot_close, reasons_cannot_skip_outcome
from quality.enums import ConcernLevel, ConcernOutcome
from quality.models import Concern
from quality.operations.complaints_of_worries import go_on_after_worry
from quality.operations.concerns import held
from quality.queries import nation_of_concern
from quality.workflow import CONCERN
from stem.moments import day_of
from stem.rules import Kind, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User

LONG_AGO = timedelta(days=366)


@transaction.atomic
def pass_on_concern(*, concern: Concern, whom: str, told_at: datetime, note: str, by: "User", at: datetime) -> None:
    """Put on record who at the school was rung about a child, and when; the scheme does not investigate.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, `whom` or `told_at`.
    """
    concern = held(concern, by)
    CONCERN.check(concern, "pass_on")
    _check_whom(whom)
    check_when(told_at, at)
    said = _("Rang %(whom)s.") % {"whom": whom.strip()}
    CONCERN.move(concern, "pass_on", by=by, at=at, note=f"{said}\n{note.strip()}".strip(), passed_at=told_at)


@transaction.atomic
def refer_concern(
    *,
    concern: Concern,
    whom: str,
    officer_reference: str,
    told_at: datetime,
    head_told_at: datetime,
    note: str,
    by: "User",
    at: datetime,
) -> None:
    """Put on record that the designated officer has possible harm, under this reference, and the headteacher knows.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, `whom`, `officer_reference`, `told_at` or
    `head_told_at`.
    """
    concern = held(concern, by)
    CONCERN.check(concern, "refer")
    _check_whom(whom)
    if not officer_reference.strip():
        words = _("Ask the designated officer for their reference: without one it is not referred.")
        raise refuse("officer_reference", Kind.INPUT, words)
    check_when(told_at, at)
    check_when(head_told_at, at, field="head_told_at")
    said = _("Told %(whom)s.") % {"whom": whom.strip()}
    CONCERN.move(
        concern,
        "refer",
        by=by,
        at=at,
        note=f"{said}\n{note.strip()}".strip(),
        officer_told_at=told_at,
        officer_reference=officer_reference.strip(),
        head_told_at=head_told_at,
    )


@transaction.atomic
def record_outcome(*, concern: Concern, outcome: ConcernOutcome, note: str, by: "User", at: datetime) -> None:
    """Put on record how it ended, in the words of the guidance.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, `no_note`, or `not_ours` of what is about a child.
    """
    concern = held(concern, by)
    CONCERN.check(concern, "record_outcome")
    check_note(note)
    if concern.level == ConcernLevel.CHILD_WELFARE:
        raise refuse("not_ours", Kind.STATE, _("The school deals with it: write down what was done instead."))
    CONCERN.move(concern, "record_outcome", by=by, at=at, note=note.strip(), finding=outcome)


@transaction.atomic
def record_actions(*, concern: Concern, note: str, by: "User", at: datetime) -> None:
    """Put on record what was done about it in the end.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, `no_note`, or `outcome_first` of what is about an
    adult.
    """
    concern = held(concern, by)
    CONCERN.check(concern, "record_actions")
    check_note(note)
    refuse_if_any(reasons_cannot_skip_outcome(concern))
    CONCERN.move(concern, "record_actions", by=by, at=at, note=note.strip())


@transaction.atomic
def propose_close(*, concern: Concern, note: str, by: "User", at: datetime) -> None:
    """Be the first of two to say that nothing more is to be done.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, `no_note`, `referral` or `report`.
    """
    concern = held(concern, by)
    CONCERN.check(concern, "propose_close")
    check_note(note)
    refuse_if_any(reasons_cannot_close(concern, nation=nation_of_concern(concern), on=day_of(at)))
    CONCERN.move(concern, "propose_close", by=by, at=at, note=note.strip(), close_proposed_by=by)


@transaction.atomic
def keep_open(*, concern: Concern, by: "User", at: datetime) -> None:
    """Something is still to be done. Refuses with `not_safeguarding_lead`, `own_record` or `state`."""
    concern = held(concern, by)
    CONCERN.move(concern, "keep_open", by=by, at=at, close_proposed_by=None)


@transaction.atomic
def close_concern(*, concern: Concern, by: "User", at: datetime) -> None:
    """Be the second of two: it is over. What was false or malicious leaves the person's record (rule C-06).

    A complaint that waited for it goes on.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, `referral`, `report`, or `same_person` to whoever
    proposed it.
    """
    concern = held(concern, by)
    CONCERN.check(concern, "close")
    check_is_second(by, concern.close_proposed_by_id)
    refuse_if_any(reasons_cannot_close(concern, nation=nation_of_concern(concern), on=day_of(at)))
    person = concern.ambassador
    was_false = concern.finding in (ConcernOutcome.FALSE, ConcernOutcome.MALICIOUS)
    note = ""
    if was_false and person is not None:
        note = _("Taken off the record of %(name)s, and kept sealed.") % {"name": person}
    CONCERN.move(
        concern,
        "close",
        by=by,
        at=at,
        note=note,
        closed_by=by,
        closed_at=at,
        ambassador=None if was_false else person,
    )
    go_on_after_worry(concern=concern, by=by, at=at)


def _check_whom(whom: str) -> None:
    """Who was told has a name. Refuses with `whom`."""
    if not whom.strip():
        raise refuse("whom", Kind.INPUT, _("Say with whom you spoke."))


def check_when(told_at: datetime, at: datetime, *, field: str = "told_at") -> None:
    """When somebody was told is past, and not long. Refuses with the name of the field."""
    if not at - LONG_AGO < told_at <= at:
        raise refuse(field, Kind.INPUT, _("Say when it was, on a day and at a time that has passed."))
