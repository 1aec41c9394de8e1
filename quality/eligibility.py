"""Whether a case can be asked about, and decided so; what a worry can be taken to be; and who of a class may answer."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from bookings.enums import PROMISED
from bookings.models import Visit
from quality.enums import CaseOutcome, CaseStatus, ConcernLevel, FeedbackSide, HandedTo, PollStatus
from quality.models import Case, Comment, Concern, Feedback, Poll
from quality.redacting import words_in
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Kind, Reason, refuse

# What nobody decides of a person who has not been heard, or had ten working days to speak.
AFTER_REPLY = frozenset({CaseOutcome.OBSERVE, CaseOutcome.RESTRICT, CaseOutcome.PAUSE, CaseOutcome.END})
# So long something written may be put off.
HELD_AT_MOST = timedelta(weeks=4)
FOR_SCHOOLS = frozenset({CaseOutcome.NO_ACTION, CaseOutcome.SUPPORT})
# So many worries of low level about one person within 24 months are possible harm (rule 2.9).
POSSIBLE_THRESHOLD = 3


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


def check_note(note: str) -> None:
    """A decision about a worry is written down. Refuses with `no_note`."""
    if not note.strip():
        raise refuse("no_note", Kind.INPUT, _("Write down what was done, and with whom."))


def check_words(words: str) -> None:
    """Whoever complained is told in words of their own, and says why they ask for more. Refuses with `no_words`."""
    if not words.strip():
        raise refuse("no_words", Kind.INPUT, _("Say it in a sentence or more."))


def reasons_cannot_be_level(
    level: ConcernLevel, *, before: int, handed_to: HandedTo | None, pattern: str, advice: str
) -> list[Reason]:
    """What keeps a worry from being taken to be this: `handed_to`, or `pattern` and `advice` of several of low level.

    `before` is how many others of low level there were about the same person within 24 months.
    """
    if level == ConcernLevel.NOT_SAFEGUARDING and not handed_to:
        return [Reason("handed_to", Kind.INPUT, _("Say who goes on with it."))]
    if level != ConcernLevel.LOW_LEVEL or not before:
        return []
    found = []
    if not pattern.strip():
        words = _("It is number %(count)d of low level about them within 24 months. Say what they say together.")
        found.append(Reason("pattern", Kind.INPUT, words % {"count": before + 1}))
    if before + 1 >= POSSIBLE_THRESHOLD and not advice.strip():
        words = _(
            "It is number %(count)d about them within 24 months: treat it as possible harm. It is of low level only"
            " if the designated officer says so: write down who advised it, and when."
        )
        found.append(Reason("advice", Kind.INPUT, words % {"count": before + 1}))
    return found


def reasons_cannot_skip_outcome(concern: Concern) -> list[Reason]:
    """`outcome_first` where a worry about an adult has none yet; what is about a child alone needs none."""
    if concern.level == ConcernLevel.CHILD_WELFARE or concern.finding:
        return []
    return [Reason("outcome_first", Kind.STATE, _("Put on record how it ended first."))]


def reasons_cannot_close(concern: Concern, *, nation: Nation, on: date) -> list[Reason]:
    """What has to be settled before a worry is closed: `referral` (C-04), `report` (C-05)."""
    found = []
    if concern.owes_referral:
        words = _("Say first whether they are referred to the body that bars people, or have two of you say why not.")
        found.append(Reason("referral", Kind.STATE, words))
    is_told = concern.police_told_at is not None or concern.authority_told_at is not None
    if concern.is_reportable and not is_told and has_to_be_reported(nation, on):
        words = _("The law asks that the police or the local authority are told: put on record when they were.")
        found.append(Reason("report", Kind.STATE, words))
    return found


def has_to_be_reported(nation: Nation, on: date) -> bool:
    """Whether the law asks that sexual offences against children are reported: in England, from a day to be named."""
    since: date | None = settings.MANDATORY_REPORTING_FROM
    return nation == Nation.ENG and since is not None and on >= since


def reasons_cannot_begin(visit: Visit, *, closes_at: datetime | None, at: datetime) -> list[Reason]:
    """Why the class of this visit gets no code now: `not_there`, `too_early`, `too_late`."""
    if visit.status not in PROMISED or visit.starts_at is None or closes_at is None:
        return [Reason("not_there", Kind.STATE, _("Nobody visits then, so there is nothing to ask pupils about."))]
    if day_of(at) < day_of(visit.starts_at):
        return [Reason("too_early", Kind.STATE, _("Pupils are asked from the day of the visit on."))]
    if closes_at <= at:
        return [Reason("too_late", Kind.STATE, _("It is too long ago: pupils are asked within five school days."))]
    return []


def reasons_not_open(poll: Poll, at: datetime) -> list[Reason]:
    """Why nobody answers now: `not_open_yet`, `closed`."""
    if poll.status != PollStatus.OPEN or poll.closes_at <= at:
        return [Reason("closed", Kind.STATE, _("This code is closed: it takes no more answers."))]
    if at < poll.opens_at:
        return [Reason("not_open_yet", Kind.STATE, _("This code opens when the visit starts. Try again then."))]
    return []


def may_answer(poll: Poll) -> int:
    """How many of the class may answer (rule G-10): as its teacher has counted them, or as they were planned."""
    forms = Feedback.objects.submitted().filter(visit=poll.visit_id, side=FeedbackSide.TEACHER)
    counted = str((forms.values_list("answers", flat=True).first() or {}).get("TF3", ""))
    return poll.may_answer(int(counted) if counted.isdecimal() else None)


def reasons_cannot_count_hands(poll: Poll, counts: Mapping[str, Mapping[str, int]]) -> list[Reason]:
    """Why this show of hands cannot be taken down: `not_by_hands`, `nothing_said`, `too_many`."""
    return list(_against_hands(poll, counts))


def _against_hands(poll: Poll, counts: Mapping[str, Mapping[str, int]]) -> Iterator[Reason]:
    """The same, one by one."""
    shown, most = [sum(each.values()) for each in counts.values()], may_answer(poll)
    if not poll.is_by_hands:
        yield Reason("not_by_hands", Kind.STATE, _("This class answers on devices: there are no hands to count."))
    elif not any(shown):
        yield Reason("nothing_said", Kind.INPUT, _("Enter how many hands you counted for one sentence or more."))
    elif max(shown) > most:
        words = _("These are %(hands)d hands for one sentence, and at most %(most)d pupils were there. Count again.")
        yield Reason("too_many", Kind.INPUT, words % {"hands": max(shown), "most": most})


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
