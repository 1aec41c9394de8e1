"""Two people weigh what a check disclosed, each before they can read the other; a third decides where they differ.

What they note is encrypted, read by few, and gone on its day (rules V-22, V-31 to V-33).
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.assessing import Condition, Outcome, Suitability, View, outcome
from ambassadors.eligibility import appeal_until, check_could_comment
from ambassadors.enums import CheckBody, CheckStatus
from ambassadors.models import Ambassador, Assessment, Check, DisclosureNote, Tombstone
from ambassadors.operations.checks import decide, end_what_counts
from ambassadors.validity import notes_kept_until
from ambassadors.workflow import CHECK
from stem.audit.record import record
from stem.encryption import encrypted
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse
from stem.wording import day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# What a view comes to, as the move that it makes.
MOVES = {
    Outcome.OK: "find_suitable",
    Outcome.CONDITIONS: "set_conditions",
    Outcome.NOT_SUITABLE: "find_unsuitable",
}


@transaction.atomic
def note_disclosure(*, check: Check, words: str, by: "User", at: datetime) -> DisclosureNote:
    """Keep a note for oneself and, once both have recorded a view, for the other assessor; encrypted (V-22).

    Refuses with `state` unless the check is being assessed, with every conflict of V-31, or `words` without any.
    """
    check = _locked(check)
    _check_is_weighed(check)
    permissions.check_may_assess(by, check)
    if not words.strip():
        raise refuse("words", Kind.INPUT, _("Write what you need to remember."))
    note = DisclosureNote.objects.create(check_of=check, words=encrypted(words.strip()), written_by=by, written_at=at)
    record("check.note", check, by=by, at=at)
    return note


@transaction.atomic
def comment_on_check(*, check: Check, words: str, by: "User", at: datetime) -> None:
    """Tell those who weigh one's check what they should know before they decide; kept as their notes are (V-22, V-33).

    Said again, it takes the place of what was said before. Refuses with `not_your_profile`, `state` unless it is being
    weighed, or `words` without any.
    """
    check = _locked(check)
    permissions.check_may_fulfil(by, check.ambassador)
    if check.status not in CheckStatus.weighed():
        raise refuse("state", Kind.STATE, _("Nobody weighs this check any more, or not yet."))
    if not words.strip():
        raise refuse("words", Kind.INPUT, _("Write what they should know."))
    said = {"words": encrypted(words.strip()), "written_at": at}
    DisclosureNote.objects.update_or_create(check_of=check, written_by=by, defaults=said)
    record("check.comment", check, by=by, at=at)


@transaction.atomic
def record_view(
    *, check: Check, view: View, weights: dict[str, str], knows_the_person: bool, by: "User", at: datetime
) -> None:
    """Record one assessor's view; with the second the check is decided, or goes to a safeguarding lead (V-31, V-32).

    Refuses with `state`, each conflict of V-31 by its code, `viewed_before`, `conditions` where they and the view
    do not go together, or `may_comment` with a "no" for which it is too soon (V-33).
    """
    check = _locked(check)
    _check_is_weighed(check)
    permissions.check_may_assess(by, check, knows_the_person=knows_the_person)
    _check_conditions(view)
    if check.assessments.filter(assessor=by).exists():
        raise refuse("viewed_before", Kind.STATE, _("You have recorded your view: it stands."))
    _check_heard(check, view, at=at)
    Assessment.objects.create(
        check_of=check,
        assessor=by,
        recorded_at=at,
        suitability=view.suitability,
        conditions=spelt(view),
        **weights,
    )
    record("check.view", check, by=by, at=at)
    views = list(check.assessments.select_related("assessor"))
    if len(views) < 2:
        return
    first, second = views
    found = outcome(_view(first), _view(second))
    if found is Outcome.ESCALATED:
        CHECK.move(check, "escalate", by=None, at=at, moved_at=at)
    else:
        _decide(check, found, first=first.assessor, second=second.assessor, by=None, at=at, conditions=spelt(view))


@transaction.atomic
def decide_escalated(*, check: Check, view: View, because: str, by: "User", at: datetime) -> None:
    """Decide where two assessors differ, with reasons that are kept as their notes are (1.5).

    Refuses with `state`, `not_safeguarding_lead`, each conflict of V-31, `conditions`, `may_comment` with a "no" for
    which it is too soon, or `because` without reasons.
    """
    check = _locked(check)
    CHECK.check(check, "find_suitable")
    if check.status != CheckStatus.ESCALATED:
        raise refuse("state", Kind.STATE, _("Two assessors are looking at this: it is not yours to decide yet."))
    permissions.check_may_settle(by, check)
    _check_conditions(view)
    _check_heard(check, view, at=at)
    _keep_reasons(check, because, by=by, at=at)
    first = check.assessments.select_related("assessor")[0].assessor
    found = Outcome(view.suitability.value)
    _decide(check, found, first=first, second=by, by=by, at=at, conditions=spelt(view))


@transaction.atomic
def appeal(*, check: Check, by: "User", at: datetime) -> None:
    """Ask for a "no" to be looked at again by somebody else, within ten working days (V-33).

    Refuses with `not_your_profile`, `state`, or `too_late`.
    """
    check = _locked(check)
    permissions.check_may_fulfil(by, check.ambassador)
    CHECK.check(check, "appeal")
    last = appeal_until(check)
    if day_of(at) > last:
        words = _("It could be asked for until %(day)s.") % {"day": day_in_words(last)}
        raise refuse("too_late", Kind.STATE, words)
    CHECK.move(check, "appeal", by=by, at=at, moved_at=at)


@transaction.atomic
def hear_appeal(*, check: Check, is_upheld: bool, because: str, by: "User", at: datetime) -> None:
    """Hear an appeal, as somebody who had no part in it before (V-33): the "no" stands, or the check counts.

    Refuses with `state`, `not_safeguarding_lead`, each conflict of V-31, or `because` without reasons.
    """
    check = _locked(check)
    CHECK.check(check, "uphold")
    permissions.check_may_settle(by, check)
    _keep_reasons(check, because, by=by, at=at)
    assert check.first_decider is not None
    name = "uphold" if is_upheld else "overturn"
    decide(check, name, first=check.first_decider, second=by, by=by, at=at)


@transaction.atomic
def bar(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Note that someone is barred from work with children: no check of theirs counts again, and none is begun (1.5).

    What they have promised is `bookings.operations.assessing`'s to give back. Refuses with `not_safeguarding_lead`,
    `own_record`, `no_check` where none was made, or `state` when it is noted already.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_bar(by, ambassador)
    held = ambassador.checks.select_for_update(no_key=True)
    # Whatever is under way ends here, or it could be decided all the same: the latest, unless a clock was put back.
    check = held.under_way().first() or held.first()
    if check is None:
        raise refuse("no_check", Kind.STATE, _("No check of this person was ever begun."))
    CHECK.move(check, "bar", by=by, at=at, moved_at=at)
    end_what_counts(ambassador, by=by, at=at)


def purge_notes(*, at: datetime) -> int:
    """Delete notes and views whose day has come, and leave a tombstone for each check; how many checks. A sweep."""
    today = day_of(at)
    due = [check for check in Check.objects.whose_notes_may_have_to_go(today) if keeps_notes_until(check) <= today]
    return sum(_purge(check, at=at) for check in due)


def keeps_notes_until(check: Check) -> date:
    """The day on which notes about this check go, which is decided or else came to its end undecided (V-22)."""
    ended_on = check.decided_on or day_of(check.moved_at)
    days = int(value("disclosure_note_days", on=ended_on))
    return notes_kept_until(ended_on, CheckBody(check.body), days=days)


@transaction.atomic
def _purge(check: Check, *, at: datetime) -> bool:
    """What two people wrote about a check is gone; that it was, and how much, stays. Whether there was anything.

    What is said in an appeal is about the decision that is still to come, and goes with that.
    """
    check = Check.objects.locked(check)
    notes = check.notes.all()
    if check.status == CheckStatus.APPEALED:
        notes = notes.filter(written_at__lt=check.moved_at)
    count = notes.delete()[0] + check.assessments.all().delete()[0]
    if count:
        Tombstone.objects.create(check_of=check, deleted_on=day_of(at), count=count)
        record("check.purge", check, by=None, at=at)
    return count > 0


def spelt(view: View) -> str:
    """The codes of a view's conditions in their order, a space between: as rows keep them."""
    return " ".join(each.value for each in Condition if each in view.conditions)


def _view(row: Assessment) -> View:
    """A recorded view, as `outcome` takes it."""
    return View(Suitability(row.suitability), frozenset(map(Condition, row.conditions.split())))


def _locked(check: Check) -> Check:
    """This check as it is now, held behind its person."""
    Ambassador.objects.locked(check.ambassador)
    return Check.objects.locked(check)


def _check_is_weighed(check: Check) -> None:
    """Two assessors are at work on it. Refuses with `state`."""
    if check.status != CheckStatus.ASSESSING:
        raise refuse("state", Kind.STATE, _("This check is not being assessed any more."))


def _check_conditions(view: View) -> None:
    """Conditions are named where there are some, and only there. Refuses with `conditions`."""
    if bool(view.conditions) != (view.suitability is Suitability.CONDITIONS):
        words = _("Choose at least one condition; without any, it is plainly suitable.")
        raise refuse("conditions", Kind.INPUT, words)


def _check_heard(check: Check, view: View, *, at: datetime) -> None:
    """Nobody comes to a "no" before the person has commented, or could for long enough. Refuses with `may_comment`."""
    has_commented = check.notes.filter(written_by=check.ambassador.user_id).exists()
    if view.suitability is Suitability.NOT_SUITABLE and not has_commented:
        check_could_comment(check, on=day_of(at))


def _keep_reasons(check: Check, because: str, *, by: "User", at: datetime) -> None:
    """Keep a lead's reasons as an assessor's notes are kept. Refuses with `because` when there are none."""
    if not because.strip():
        raise refuse("because", Kind.INPUT, _("Write your reasons: they are kept for as long as notes are."))
    DisclosureNote.objects.create(check_of=check, words=encrypted(because.strip()), written_by=by, written_at=at)


def _decide(
    check: Check,
    found: Outcome,
    *,
    first: "User",
    second: "User",
    by: "User | None",
    at: datetime,
    conditions: str,
) -> None:
    """Make the move that a view, or two, come to."""
    decide(check, MOVES[found], first=first, second=second, by=by, at=at, conditions=conditions)
    if check.status == CheckStatus.NOT_SUITABLE:
        # An earlier check counts no longer: what is newly known is known.
        end_what_counts(check.ambassador, by=second, at=at)
