"""What a coordinator fills in about a school."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.enums import Phase
from stem.forms import HouseForm


class SchoolForm(HouseForm):
    """A school that no register has brought. Its postcode is read by the operation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices, widget=forms.RadioSelect)
    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    town = forms.CharField(label=_("Town"), max_length=100)
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("For example LS2 9JT."),
        max_length=12,
        widget=forms.TextInput({"class": "width-10"}),
    )
    register_number = forms.CharField(label=_("Register number, if it has one"), max_length=20, required=False)

    def clean_phase(self) -> Phase:
        """The phase as the register names it."""
        return Phase(self.cleaned_data["phase"])
