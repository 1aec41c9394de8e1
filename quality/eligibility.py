"""Whether somebody can be asked about a case, and whether it can be decided so (rule 2.5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from quality.enums import CaseOutcome, CaseStatus
from quality.models import Case, Comment
from quality.redacting import words_in
from stem.rules import Kind, Reason

# What nobody decides of a person who has not been heard, or had ten working days to speak.
AFTER_REPLY = frozenset({CaseOutcome.OBSERVE, CaseOutcome.RESTRICT, CaseOutcome.PAUSE, CaseOutcome.END})
# So long something written may be put off.
HELD_AT_MOST = timedelta(weeks=4)
FOR_SCHOOLS = frozenset({CaseOutcome.NO_ACTION, CaseOutcome.SUPPORT})


def reasons_cannot_be_asked(case: Case, words: str, *, hidden: int) -> list[Reason]:
    """Why the person cannot be asked now: `not_a_person`, `no_account`, `no_words`, `not_revealed`."""
    return list(_against_asking(case, words, hidden))


def _against_asking(case: Case, words: str, hidden: int) -> Iterator[Reason]:
    """The same, one by one."""
    if case.ambassador is None:
        yield Reason("not_a_person", Kind.STATE, _("This is about a school: ring them, and write down what they said."))
    elif case.ambassador.user is None:
        yield Reason("no_account", Kind.STATE, _("They have no account: ring them, and write down their side."))
    if not words.strip():
        yield Reason("no_words", Kind.INPUT, _("Say what you would like to hear about."))
    if hidden:
        truth = _("They may not know of it yet: not before they have sent their own form, or 14 days after the visit.")
        yield Reason("not_revealed", Kind.STATE, truth)


def reasons_cannot_decide(
    case: Case, outcome: CaseOutcome, *, note: str, told: str, until: date | None, on: date
) -> list[Reason]:
    """Why this cannot be the decision on this day.

    `no_note`, `no_words`, `not_for_school`, `reply_first`, `reply_waits`, `until`.
    """
    return [
        *_against_words(case, outcome, note, told),
        *_against_outcome(case, outcome, on),
        *_against_days(outcome, until, on),
    ]


def _against_words(case: Case, outcome: CaseOutcome, note: str, told: str) -> Iterator[Reason]:
    """Whether it is written down, and said to whoever was asked or for whom something follows."""
    if not note.strip():
        yield Reason("no_note", Kind.INPUT, _("Write down why, for the record."))
    if case.ambassador is not None and not told.strip() and (case.asked or outcome in AFTER_REPLY):
        yield Reason("no_words", Kind.INPUT, _("Say it to them as well, in words of your own."))


def _against_outcome(case: Case, outcome: CaseOutcome, on: date) -> Iterator[Reason]:
    """Whether it may be decided of a school at all, and of a person before they were heard."""
    if case.ambassador is None:
        if outcome not in FOR_SCHOOLS:
            yield Reason(
                "not_for_school", Kind.INPUT, _("Of a school this cannot be decided: support it, or close it.")
            )
        return
    if outcome not in AFTER_REPLY or case.status == CaseStatus.HEARD:
        return
    if case.status != CaseStatus.ASKED or case.reply_by is None:
        yield Reason("reply_first", Kind.STATE, _("Ask them for their side first: nobody is judged unheard."))
    elif on <= case.reply_by:
        yield Reason("reply_waits", Kind.STATE, _("They still have time to answer."))


def _against_days(outcome: CaseOutcome, until: date | None, on: date) -> Iterator[Reason]:
    """Whether a pause has a last day that is to come."""
    if outcome == CaseOutcome.PAUSE and (until is None or until < on):
        yield Reason("until", Kind.INPUT, _("Say until when: a day that is to come."))


def reasons_cannot_be_passed_on(comment: Comment) -> list[Reason]:
    """Why the other side may read nothing of it: `private` where whoever wrote it has said so (rule N-07)."""
    if not comment.is_private:
        return []
    return [Reason("private", Kind.STATE, _("Whoever wrote this asked us to keep it: it is not passed on."))]


def reasons_cannot_be_struck(comment: Comment, passed: str) -> list[Reason]:
    """Why this is no redaction of it: `no_words` where nothing is left, `nothing_struck` where all of it is."""
    if not passed:
        return [Reason("no_words", Kind.INPUT, _("Nothing would be left to read: let it stay with us instead."))]
    if words_in(passed) == words_in(comment.words):
        return [Reason("nothing_struck", Kind.INPUT, _("Mark the words to leave out, or pass it on as it is."))]
    return []


def reasons_cannot_be_held(because: str, until: date, *, on: date) -> list[Reason]:
    """Why it cannot be put off so: `no_note`, or `until` where that is no day to come or too far away."""
    reasons = []
    if not because.strip():
        reasons.append(Reason("no_note", Kind.INPUT, _("Say what you wait for.")))
    if not on < until <= on + HELD_AT_MOST:
        reasons.append(Reason("until", Kind.INPUT, _("Choose a day after today, within four weeks.")))
    return reasons
