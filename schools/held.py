"""What is held about someone who works at a school."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from schools.models import Contact, SchoolPerson
from stem.held import Section, Subject, latest
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


def parts_in_schools(user: "User", at: datetime) -> Section:
    """The schools for which someone acts, asked to act, or once acted."""
    rows = Contact.objects.of(user).select_related("school").order_by("-asked_at", "-pk")

    def told(row: Contact) -> list[str]:
        state = _("Leads there") if row.is_lead else str(row.get_status_display())
        return [str(row.school), row.job_title, row.phone, short_day_in_words(row.asked_at), state]

    return Section(
        title=_("Schools you act for"),
        kept=_("As long as you act for the school; then with its visits, your name for 3 years after each."),
        listed=latest(rows, (_("School"), _("Job title"), _("Telephone"), _("Asked"), _("State")), told),
        nothing=_("You act for none, and have asked for none."),
    )


def lists_that_name_me(user: "User", at: datetime) -> Section:
    """The schools whose list of staff gives this person's address."""
    rows = SchoolPerson.objects.filter(email__iexact=user.email).select_related("school")

    def told(row: SchoolPerson) -> list[str]:
        return [str(row.school), row.name, str(row.get_kind_display()), short_day_in_words(row.last_named_at)]

    return Section(
        title=_("Schools that name you as their staff"),
        lead=_("Found by your e-mail address. Whoever acts for the school can take you off its list."),
        kept=_("Until the school takes you off its list."),
        listed=latest(rows.order_by("-last_named_at", "-pk"), (_("School"), _("As"), _("Part"), _("Last named")), told),
        nothing=_("No school does."),
    )


SUBJECTS = (
    Subject(
        "schools",
        lazy("Your part in schools"),
        lazy("Schools you act for, and schools that name you as their staff."),
        (parts_in_schools, lists_that_name_me),
    ),
)
