"""Asking both sides how it went, and taking their answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Visit
from bookings.operations.visits import settle_visit
from quality import notifications, permissions
from quality.addresses import is_known
from quality.enums import FeedbackSide
from quality.instruments import CURRENT
from quality.models import ConfirmedAddress, Feedback, Told
from quality.models.feedback import REMINDED_AFTER
from quality.operations.cases import open_cases_after
from quality.operations.concerns import raise_concern
from quality.operations.doubts import Came, note_conflicts, watch_arrival
from quality.operations.reading import queue_comments
from quality.querysets import SILENCE
from quality.settling import Outcome, outcome, something_worried, staff_were_absent
from quality.workflow import FEEDBACK
from stem.audit.record import record
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def invite_feedback(*, at: datetime) -> int:
    """Ask both sides of every confirmed visit that is over and has not been asked; how many visits. A sweep.

    A school is asked at an address of its own alone: where that is not known nobody is, until it is (G-01).
    """
    _ask_the_unasked(at=at)
    asked = Feedback.objects.values("visit")
    over = Visit.objects.over_by(at).exclude(pk__in=asked)
    for visit in over:
        _invite_both(visit, at=at)
    return len(over)


@transaction.atomic
def _invite_both(visit: Visit, *, at: datetime) -> None:
    """Ask both sides of one visit, unless they have been asked."""
    visit = Visit.objects.locked(visit)
    if visit.status != VisitStatus.CONFIRMED or Feedback.objects.filter(visit=visit).exists():
        return
    closes_at = at + timedelta(days=values(on=day_of(at))["feedback_open_days"])
    for side in FeedbackSide:
        form = Feedback.objects.create(
            visit=visit, side=side, instrument=CURRENT[side], invited_at=at, closes_at=closes_at
        )
        _ask(form, at=at)


def _ask(form: Feedback, *, at: datetime) -> None:
    """Owe one side the letter that asks it, for the first time or again. The caller holds the visit or the form."""
    asked: dict[str, Any] = {"due_at": at, "feedback_id": form.pk, "reminder": form.reminders}
    if form.side == FeedbackSide.TEACHER:
        form.is_unasked = not is_known(form.visit)
        form.save(update_fields=["is_unasked"])
        if not form.is_unasked:
            post(notifications.feedback_asked_of_school, **asked)
        return
    leads = form.visit.seats.leads().filter(status=SeatStatus.TAKEN)
    lead = leads.select_related("ambassador__user").first()
    user = lead.ambassador.user if lead is not None and lead.ambassador is not None else None
    post(notifications.feedback_asked_of_ambassador, to=user, **asked)


def _ask_the_unasked(*, at: datetime) -> None:
    """Ask whoever nobody could be asked for, once their address is known to be the school's."""
    for pk in list(Feedback.objects.unasked(at).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            form = Feedback.objects.unasked(at).select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
            if form is not None and is_known(form.visit):
                _ask_anew(form, at=at)


def _ask_anew(form: Feedback, *, at: datetime) -> None:
    """Ask as though for the first time: their days to answer begin now."""
    form.closes_at = at + timedelta(days=values(on=day_of(at))["feedback_open_days"])
    form.invited_at, form.reminders = at, 0
    form.save(update_fields=["closes_at", "invited_at", "reminders"])
    _ask(form, at=at)


@transaction.atomic
def confirm_address(*, feedback: Feedback, note: str, by: "User", at: datetime) -> None:
    """Say that the school has confirmed by telephone whose address it is, and ask them.

    Refuses with `not_quality`, `no_note`, `answered` where nobody waits to be asked, or `of_visitor` where it is the
    address of whoever came.
    """
    feedback = Feedback.objects.locked(feedback)
    permissions.check_may_read_feedback(by, feedback)
    if not feedback.is_unasked or not Feedback.objects.still_open(at).filter(pk=feedback.pk).exists():
        raise refuse("answered", Kind.STATE, _("This has been asked meanwhile, or its time is over."))
    if not note.strip():
        raise refuse("no_note", Kind.INPUT, _("Write down whom you rang, and on which number."))
    school, email = feedback.visit.request.school, feedback.visit.supervising_email.strip().lower()
    ConfirmedAddress.objects.get_or_create(
        school=school, email=email, defaults={"note": note.strip(), "confirmed_at": at, "confirmed_by": by}
    )
    if not is_known(feedback.visit):
        raise refuse("of_visitor", Kind.STATE, _("This is the address of whoever came. Ask the school for another."))
    record("feedback.confirm_address", feedback, by=by, at=at)
    _ask_anew(feedback, at=at)


def remind_of_feedback(*, at: datetime) -> int:
    """Ask again whoever has not answered, 3, 10 and 20 days after they were asked; how many. A sweep.

    When it has not run for some days, what was missed is one letter.
    """
    due = Q(pk=None)
    for reminded, days in enumerate(REMINDED_AFTER):
        due |= Q(reminders__lte=reminded, invited_at__lte=at - timedelta(days=days))
    waiting = Feedback.objects.still_open(at).filter(due).order_by("pk")
    return sum(_remind(pk, at=at) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, *, at: datetime) -> bool:
    """Ask one side again, unless it has answered, or been asked, meanwhile."""
    form = Feedback.objects.still_open(at).select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if form is None:
        return False
    due = sum(form.invited_at + timedelta(days=days) <= at for days in REMINDED_AFTER)
    # Whoever was never asked is not reminded of it.
    if form.reminders >= due or form.is_unasked:
        return False
    form.reminders = due
    form.save(update_fields=["reminders"])
    _ask(form, at=at)
    return True


@transaction.atomic
def submit_feedback(
    *,
    feedback: Feedback,
    answers: Mapping[str, Any],
    by: "User | None",
    at: datetime,
    came: Came = Came(),  # noqa: B008  frozen
) -> None:
    """Take one side's answers, once and for all (G-03), and settle the visit if both sides now agree.

    What gives reason for a case opens one (rule 2.5), unless the two sides are too close for it (G-04).

    `by` is None where a single-use link proves who it is, and whoever is signed in otherwise. Refuses with `closed`
    after its 28 days, with `state` when it was sent in before, or with `for_school` where whoever came to a visit
    would speak for the school.
    """
    feedback = Feedback.objects.locked(feedback)
    permissions.check_may_speak_for(by, feedback)
    FEEDBACK.check(feedback, "submit")
    if feedback.closes_at <= at:
        raise refuse("closed", Kind.STATE, _("The time to send this form in is over. Thank you for thinking of it."))
    FEEDBACK.move(feedback, "submit", by=by, at=at, answers=dict(answers), submitted_at=at, duration_s=came.seconds)
    watch_arrival(feedback, came, at=at)
    note_conflicts(feedback, at=at)
    queue_comments(feedback, at=at)
    if staff_were_absent(answers):
        words = _("The form says that school staff were not with the visitor and the pupils the whole time.")
        raise_concern(told=_in_the_form(feedback, words), school_told=False, visit=feedback.visit, by=by, at=at)
    if something_worried(answers):
        words = _("The form says that something worried them. If no worry of theirs comes in today, ring them.")
        raise_concern(told=_in_the_form(feedback, words), school_told=False, visit=feedback.visit, by=by, at=at)
    _settle(feedback.visit, at=at)
    open_cases_after(feedback, at=at)


def _in_the_form(feedback: Feedback, words: str) -> Told:
    """What a form says goes to the safeguarding lead the same day, whoever filled it in (rules V-81, R0)."""
    return Told(
        told_by=_("Feedback form"),
        told_by_role=feedback.get_side_display(),
        contact=_("See the visit"),
        words=words,
    )


@transaction.atomic
def submit_by_link(
    *,
    link: OneTimeLink,
    answers: Mapping[str, Any],
    at: datetime,
    by: "User | None" = None,
    came: Came = Came(),  # noqa: B008  frozen
) -> None:
    """Take one side's answers with the link from its letter: the link is spent and the form in, or neither.

    `by` is whoever is signed in there. Refuses with `link_used`, or as `submit_feedback` does.
    """
    use_link(link, at=at)
    submit_feedback(feedback=Feedback.objects.get(pk=link.object_id), answers=answers, by=by, at=at, came=came)


def settle_silent_visits(*, at: datetime) -> int:
    """Settle visits on one side's word where the other has been silent for 14 days; how many. A sweep (rule T-20)."""
    settled = 0
    for visit in Visit.objects.over_by(at - SILENCE):
        with transaction.atomic():
            settled += _settle(visit, at=at)
    return settled


def _settle(visit: Visit, *, at: datetime) -> bool:
    """Settle the visit if its forms, or the silence, allow it; whether it was."""
    result = reported_outcome(visit, at=at)
    if visit.status != VisitStatus.CONFIRMED or result is None or result is Outcome.DISPUTED:
        return False
    settle_visit(visit=visit, outcome=result.value, by=None, at=at)
    return True


def reported_outcome(visit: Visit, *, at: datetime) -> Outcome | None:
    """What the forms that are in say together about this visit; None while nothing can be said."""
    forms = {form.side: form.answers for form in Feedback.objects.submitted().filter(visit=visit)}
    return outcome(
        forms.get(FeedbackSide.TEACHER, {}).get("TF1"),
        forms.get(FeedbackSide.AMBASSADOR, {}).get("A1"),
        silence_over=visit.ends_at is not None and visit.ends_at + SILENCE <= at,
    )


@transaction.atomic
def read_feedback(*, feedback: Feedback, by: "User", at: datetime) -> None:
    """Mark a form as read by a person. Refuses with `not_quality` or `state`."""
    feedback = Feedback.objects.locked(feedback)
    permissions.check_may_read_feedback(by, feedback)
    FEEDBACK.move(feedback, "read", by=by, at=at)


@transaction.atomic
def correct_feedback(
    *, feedback: Feedback, words: str, because: str, on_behalf_of: str, by: "User", at: datetime
) -> None:
    """Put on record beside a form what whoever filled it in has told us since, and why; no answer changes (G-03).

    Done twice in the same words it is done once. Refuses with `not_quality`, `not_in` before it has come back, or
    `no_note` where it does not say what, why and who.
    """
    feedback = Feedback.objects.locked(feedback)
    permissions.check_may_read_feedback(by, feedback)
    if feedback.submitted_at is None:
        raise refuse("not_in", Kind.STATE, _("This form has not come back yet: there is nothing to put right."))
    if not (words.strip() and because.strip() and on_behalf_of.strip()):
        raise refuse("no_note", Kind.INPUT, _("Write down what is put right, why, and who told you."))
    note = _("%(words)s\nBecause: %(because)s") % {"words": words.strip(), "because": because.strip()}
    last = feedback.events.last()
    if last is None or (last.kind, last.note) != ("correct", note):
        FEEDBACK.note(feedback, "correct", by=by, at=at, note=note, on_behalf_of=on_behalf_of.strip())
