"""Who may read what: safeguarding is a smaller circle than quality."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.models import Visit
from quality.employer_querysets import sets_up_employers
from quality.enums import FeedbackSide
from quality.models import Case, Complaint, Concern, Feedback, Poll
from schools.permissions import check_may_act_for
from stem.accounts.roles import Role, has_role, regions_of
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_read_feedback(user: "User", feedback: Feedback) -> None:
    """A coordinator or quality manager of the school's region. Refuses with `not_quality`."""
    if not Feedback.objects.visible_to(user).filter(pk=feedback.pk).exists():
        raise refuse("not_quality", Kind.PERMISSION, _("Only those who look after quality in this region may read it."))


def check_may_poll(user: "User", visit: Visit) -> None:
    """Whoever acts for the school asks its class, or its coordinator for it. Refuses with `not_for_school`."""
    check_may_act_for(user, visit.request.school)


def check_may_read_poll(user: "User", poll: Poll) -> None:
    """A coordinator or quality manager of the school's region. Refuses with `not_quality`."""
    if not Poll.objects.visible_to(user).filter(pk=poll.pk).exists():
        raise refuse("not_quality", Kind.PERMISSION, _("Only those who look after quality in this region may do that."))


def check_may_speak_for(user: "User | None", feedback: Feedback) -> None:
    """Whoever came to a visit never speaks for the school, whatever link has reached them (rule G-01).

    Refuses with `for_school`.
    """
    if user is None or feedback.side != FeedbackSide.TEACHER:
        return
    if feedback.visit.seats.filter(ambassador__user=user).exists():
        words = _(
            "This form is for the school, and you came to the visit. Nothing has been sent, and the link works on."
        )
        raise refuse("for_school", Kind.PERMISSION, words)


def check_may_handle_case(user: "User", case: Case) -> None:
    """A coordinator or quality manager of the school's region, nobody about themselves. Refuses with `not_quality`."""
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise refuse("not_quality", Kind.PERMISSION, _("Only those who look after quality in this region may do that."))


def check_may_reply(user: "User", case: Case) -> None:
    """Whom it is about, once they were asked; or whoever may handle it, for them, once they have rung.

    Refuses with `not_yours`.
    """
    is_theirs = Case.objects.waiting_for(user).filter(pk=case.pk).exists()
    if not is_theirs and not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise refuse("not_yours", Kind.PERMISSION, _("Nobody has asked you about this."))


def reasons_rated_it(user: "User", case: Case) -> list[Reason]:
    """`rated_it` of somebody who was asked how one of its visits went, or asked for it (rule 2.5)."""
    visits = Visit.objects.filter(pk__in=[each["visit"] for each in case.evidence])
    is_theirs = Q(supervising_email__iexact=user.email) | Q(request__contact__user=user)
    if not visits.filter(is_theirs).exists():
        return []
    return [Reason("rated_it", Kind.PERMISSION, _("You have rated one of these visits: a colleague decides."))]


def may_read_whole_scheme(user: "User") -> bool:
    """Whoever runs the scheme, and who looks after quality or visits everywhere: reports name nobody (rule 2.8)."""
    everywhere = any(regions_of(user, role) is None for role in (Role.COORDINATOR, Role.QUALITY_MANAGER))
    return everywhere or has_role(user, Role.ADMINISTRATOR)


def regions_reported_to(user: "User") -> set[int] | None:
    """The regions of which this person reads reports, by their keys; None means all."""
    if may_read_whole_scheme(user):
        return None
    return (regions_of(user, Role.COORDINATOR) or set()) | (regions_of(user, Role.QUALITY_MANAGER) or set())


def check_may_handle_concern(user: "User", concern: Concern) -> None:
    """Safeguarding leads and nobody else, and none about themselves (rule C-02).

    Refuses with `not_safeguarding_lead` or `own_record`.
    """
    if not has_role(user, Role.SAFEGUARDING_LEAD):
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("Only a safeguarding lead may open this."))
    if not Concern.objects.visible_to(user).filter(pk=concern.pk).exists():
        raise refuse("own_record", Kind.PERMISSION, _("Nobody decides about themselves: ask a colleague."))


def check_may_keep_officers(user: "User") -> None:
    """Safeguarding leads keep the numbers that they ring. Refuses with `not_safeguarding_lead`."""
    if not has_role(user, Role.SAFEGUARDING_LEAD):
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("Only a safeguarding lead keeps these numbers."))


def check_may_note_on_concern(user: "User", concern: Concern, at: datetime) -> None:
    """Whoever may read it now, a second deputy among them. Refuses with `not_safeguarding_lead`."""
    if not Concern.objects.readable_by(user, at).filter(pk=concern.pk).exists():
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("Only a safeguarding lead may open this."))


def check_may_break_glass(user: "User", concern: Concern) -> None:
    """A second deputy, over a worry that is not about themselves. Refuses with `not_second_deputy`."""
    if not Concern.objects.behind_glass(user).filter(pk=concern.pk).exists():
        raise refuse("not_second_deputy", Kind.PERMISSION, _("Only a second deputy may do that."))


def check_may_set_up_employers(user: "User") -> None:
    """Administrators, and coordinators of the whole scheme. Refuses with `not_for_employers`."""
    if not sets_up_employers(user):
        words = _("Only administrators, and coordinators who look after the whole scheme, set employers up.")
        raise refuse("not_for_employers", Kind.PERMISSION, words)


def check_is_own(user: "User", ambassador: Ambassador) -> None:
    """Whoever it is, and nobody for them: to be counted is theirs to say. Refuses with `not_yours`."""
    if ambassador.user_id != user.pk:
        raise refuse("not_yours", Kind.PERMISSION, _("Only they themselves may say that."))


def check_may_handle_complaint(user: "User", complaint: Complaint) -> None:
    """Whoever handles complaints there and is not connected with it (rule 2.9).

    Refuses with `not_handler` or `connected`.
    """
    if not has_role(user, Role.COMPLAINT_HANDLER):
        raise refuse("not_handler", Kind.PERMISSION, _("Only those who handle complaints may do that."))
    if not Complaint.objects.visible_to(user).filter(pk=complaint.pk).exists():
        words = _("Somebody sees to a complaint who has no part in what it is about.")
        raise refuse("connected", Kind.PERMISSION, words)


def check_sees_to_complaint(user: "User", complaint: Complaint) -> None:
    """To whom it was given. Refuses with `not_yours`."""
    if complaint.handler_id != user.pk:
        raise refuse("not_yours", Kind.PERMISSION, _("It was given to a colleague of yours."))


def check_may_look_again(user: "User", complaint: Complaint) -> None:
    """Somebody more senior, an administrator or quality manager, who had no part in the first answer.

    Refuses with `not_senior` or `same_person`.
    """
    if not has_role(user, Role.ADMINISTRATOR, Role.QUALITY_MANAGER):
        words = _("An administrator or a quality manager looks at it again.")
        raise refuse("not_senior", Kind.PERMISSION, words)
    if user.pk in (complaint.answered_by_id, complaint.repeat_by_id, complaint.repeat_second_id, complaint.handler_id):
        raise refuse("same_person", Kind.PERMISSION, _("You had a part in the first answer: a colleague looks again."))
