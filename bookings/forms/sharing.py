"""What a coordinator says about how people are asked, and who asks for a school although it is another's turn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.enums import Asking
from stem.forms import HouseForm


class AllTheSameForm(HouseForm):
    """Why this school, now."""

    because = forms.CharField(
        label=_("Why should someone be asked for this school now?"),
        help_text=_("Other coordinators read it in the request’s history; the school does not."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why someone should be asked for this school now.")},
    )


class AskingForm(HouseForm):
    """How people come to be asked."""

    asking = forms.ChoiceField(label=_("How should people be asked?"), choices=Asking.choices, widget=forms.RadioSelect)

    def clean_asking(self) -> Asking:
        """The way as the record names it."""
        return Asking(self.cleaned_data["asking"])
