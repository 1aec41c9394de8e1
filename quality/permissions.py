"""Who may read what: safeguarding is a smaller circle than quality."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from quality.models import Feedback
from stem.accounts.roles import Role, has_role
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_read_feedback(user: "User", feedback: Feedback) -> None:
    """A coordinator or quality manager of the school's region. Refuses with `not_quality`."""
    if not Feedback.objects.visible_to(user).filter(pk=feedback.pk).exists():
        raise refuse("not_quality", Kind.PERMISSION, _("Only those who look after quality in this region may read it."))


def check_may_handle_concern(user: "User") -> None:
    """Safeguarding leads and nobody else (rule C-02). Refuses with `not_safeguarding_lead`."""
    if not has_role(user, Role.SAFEGUARDING_LEAD):
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("Only a safeguarding lead may open this."))
