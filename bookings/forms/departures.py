"""What someone may say who leaves the scheme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import LeaveReason
from stem.forms import HouseForm


class LeaveForm(HouseForm):
    """Why, if they care to say."""

    reason = forms.ChoiceField(
        label=_("Why, if you care to say?"),
        help_text=_("It helps us to keep others. No school is told."),
        choices=LeaveReason.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Is there anything you would like us to know?"),
        help_text=_(
            "Our staff read it beside your record. No names of pupils please, and nothing about a criminal record."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_reason(self) -> LeaveReason | None:
        """The reason as the record names it, if one was given."""
        return LeaveReason(self.cleaned_data["reason"]) if self.cleaned_data["reason"] else None
