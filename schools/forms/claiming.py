"""What a teacher fills in to act for a school."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm


class SchoolSearch(HouseForm):
    """Words to find a school by; they live in the address."""

    q = forms.CharField(label=_("Name, town, postcode or number"), max_length=100, required=False)

    @property
    def text(self) -> str:
        """What to look for; nothing when it makes no sense."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class ClaimForm(HouseForm):
    """Who asks, and where the school can be rung about them."""

    job_title = forms.CharField(
        label=_("Your job at the school"),
        help_text=_("For example head of science, or careers leader."),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    phone = forms.CharField(
        label=_("A phone number at the school"),
        help_text=_("We may ring it to check that you work there."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "class": "width-10"}),
    )
