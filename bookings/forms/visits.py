"""What a school fills in about a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.enums import CancelReason
from bookings.forms.coordination import ArrangementsByTelephoneForm
from bookings.forms.day import DAY_HINTS, DAY_LABELS, DAY_WIDGETS
from stem.forms import HouseForm

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


class ArrangementsForm(ConfirmForm):
    """The same, once it is promised and something about it has changed."""


class SomeoneElseForm(HouseForm):
    """What would suit the class better."""

    because = forms.CharField(
        label=_("What would suit better?"),
        help_text=_("For example another subject, or someone earlier in their work. Our coordinators read this."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )


class CancelForm(HouseForm):
    """Why the school calls a visit off."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[(reason.value, reason.label) for reason in REASONS_TO_CANCEL],
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> CancelReason:
        """The reason as the record names it."""
        return CancelReason(self.cleaned_data["reason"])
