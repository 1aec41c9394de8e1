"""What a coordinator narrows the diary of a region by."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.diaries.entries import Sort
from bookings.enums import AT_RISK, CHANGED, VisitStatus
from bookings.forms.coordination import ListFilter
from bookings.querysets import RequestQuerySet, VisitQuerySet


class DiaryFilter(ListFilter):
    """Which visits and requests of a region stand in its diary."""

    q = forms.CharField(label=_("School or town"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Standing"),
        choices=[
            ("", _("All but what was called off")),
            (Sort.ASKED.value, _("Possible times of requests")),
            (AT_RISK, _("At risk")),
            (CHANGED, _("Changed in the last seven days")),
            *VisitStatus.choices,
        ],
        required=False,
    )

    def visits(self, visits: VisitQuerySet, *, at: datetime) -> VisitQuerySet:
        """The visits asked for; those called off only where somebody asks for them."""
        asked = self.asked()
        status = asked.get("status", "")
        if status == Sort.ASKED:
            return visits.none()
        visits = visits.at_school_or_town(asked.get("q", ""))
        if status == AT_RISK:
            return visits.at_risk(at)
        if status == CHANGED:
            return visits.changed_lately(at)
        return visits.filter(status=status) if status else visits.not_called_off()

    def requests(self, requests: RequestQuerySet) -> RequestQuerySet:
        """The requests asked for whose times are open still."""
        asked = self.asked()
        if asked.get("status", "") not in ("", Sort.ASKED):
            return requests.none()
        return requests.with_open_times().at_school_or_town(asked.get("q", ""))
