"""Who may read what: safeguarding is a smaller circle than quality."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Visit
from quality.enums import FeedbackSide
from quality.models import Case, Feedback
from stem.accounts.roles import Role, has_role
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_read_feedback(user: "User", feedback: Feedback) -> None:
    """A coordinator or quality manager of the school's region. Refuses with `not_quality`."""
    if not Feedback.objects.visible_to(user).filter(pk=feedback.pk).exists():
        raise refuse("not_quality", Kind.PERMISSION, _("Only those who look after quality in this region may read it."))


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


def check_may_handle_concern(user: "User") -> None:
    """Safeguarding leads and nobody else (rule C-02). Refuses with `not_safeguarding_lead`."""
    if not has_role(user, Role.SAFEGUARDING_LEAD):
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("Only a safeguarding lead may open this."))
