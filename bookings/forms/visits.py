"""What a school fills in about a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.enums import CancelReason
from bookings.forms.coordination import ArrangementsByTelephoneForm
from bookings.forms.day import DAY_HINTS, DAY_LABELS, DAY_WIDGETS
from bookings.forms.offers import OfSeriesForm
from bookings.models import Preparation, Visit
from bookings.operations.visits import Arrangements
from stem.forms import HouseForm, HouseModelForm

# What may keep a school from its visit; the other reasons are an ambassador's.
REASONS_TO_CANCEL = (
    CancelReason.SCHOOL_EVENT,
    CancelReason.STAFFING,
    CancelReason.ILLNESS,
    CancelReason.WEATHER,
    CancelReason.KIT,
    CancelReason.OTHER,
)


class ConfirmForm(ArrangementsByTelephoneForm):
    """What the school promises for the day, in the words of the request's last step."""

    class Meta(ArrangementsByTelephoneForm.Meta):
        labels = DAY_LABELS
        help_texts = DAY_HINTS
        widgets = DAY_WIDGETS


class ArrangementsForm(HouseModelForm):
    """Who is there and where to go, once it is promised and something about it has changed."""

    joining_link = forms.URLField(label=_("Joining link"), max_length=500, assume_scheme="https")

    class Meta(ConfirmForm.Meta):
        pass

    def __init__(self, *args: Any, visit: Visit, prepared: Preparation, **kwargs: Any) -> None:
        """Show what was said before."""
        kwargs["initial"] = {name: getattr(visit, name) for name in self.Meta.fields}
        kwargs["initial"]["joining_link"] = prepared.joining_link
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = name != "arrival" or not visit.request.is_online
        if not visit.request.is_online:
            del self.fields["joining_link"]
        self.say_what_is_missing()

    @property
    def arrangements(self) -> Arrangements:
        """These answers, as the operation takes them."""
        return Arrangements(**{name: self.cleaned_data[name] for name in self.fields})


class SomeoneElseForm(HouseForm):
    """What would suit the class better."""

    because = forms.CharField(
        label=_("What would suit better?"),
        help_text=_("For example another subject, or someone earlier in their work. Our coordinators read this."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )


class CancelForm(OfSeriesForm):
    """Why the school calls a visit off."""

    field_order = ("reason", "rest")

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[(reason.value, reason.label) for reason in REASONS_TO_CANCEL],
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> CancelReason:
        """The reason as the record names it."""
        return CancelReason(self.cleaned_data["reason"])
