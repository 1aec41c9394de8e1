"""Which schools a coordinator wants to see of those that are not reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.forms.coordination import ListFilter
from bookings.querysets import CoverageQuerySet

COLD, NEVER, ALL = "cold", "never", "all"


class CoverageFilter(ListFilter):
    """Which schools to list: those not visited for three years unless something else is asked for."""

    field_order = ("show", "authority", "q")

    show = forms.ChoiceField(
        label=_("Schools"),
        choices=[
            (COLD, _("Without a visit for three years")),
            (NEVER, _("Never visited")),
            (ALL, _("All schools")),
        ],
        required=False,
    )
    authority = forms.CharField(label=_("Local authority"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for words of the school's name or town."""
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Name or town")

    @property
    def shown(self) -> str:
        """Which of the choices it is."""
        return str(self.asked().get("show", COLD))

    def narrowed(self, covered: CoverageQuerySet) -> CoverageQuerySet:
        """The schools asked for."""
        asked = self.asked()
        if self.shown != ALL:
            covered = covered.never_visited() if self.shown == NEVER else covered.cold()
        if "authority" in asked:
            covered = covered.filter(school__authority__iexact=asked["authority"].strip())
        return covered.at_school_or_town(asked.get("q", ""))
