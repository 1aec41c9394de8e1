"""What people fill in about texts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.forms import HouseForm
from stem.texts.enums import TextStatus
from stem.texts.numbers import read_mobile


class NumberForm(HouseForm):
    """A mobile number to send a code to."""

    number = forms.CharField(
        label=lazy("Mobile number"),
        help_text=lazy("A number of the United Kingdom that begins with 07 or +44 7. We text a code to it now."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_number(self) -> str:
        """The number, as networks write it."""
        number = read_mobile(self.cleaned_data["number"])
        if number is None:
            raise ValidationError(_("Enter a mobile number of the United Kingdom, such as 07700 900123."))
        return number


class CodeForm(HouseForm):
    """The six digits that came."""

    code = forms.CharField(
        label=lazy("Code"),
        help_text=lazy("The six digits in our text."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "class": "width-10"}),
    )


class TextFilter(HouseForm):
    """Which texts to list."""

    status = forms.ChoiceField(label=lazy("State"), required=False, choices=[("", lazy("All")), *TextStatus.choices])
