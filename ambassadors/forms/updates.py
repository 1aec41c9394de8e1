"""What is filled in about the update service. No form of it takes a file (rule V-21)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import DayField, HouseForm
from stem.update_service import StatusResult

EARLIEST = date(1900, 1, 1)


class SeenForm(HouseForm):
    """A form that knows how many answers of the service its page had shown: an older page does not answer again."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen}, **kwargs)

    def answers_seen(self) -> int:
        """How many there were; what is no number is no page of ours."""
        said = self.cleaned_data["seen"]
        return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else -1


class AskForm(SeenForm):
    """As whom the service knows someone. It is told to the service, and kept nowhere."""

    surname = forms.CharField(
        label=_("Surname, as on the certificate"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    born_on = DayField(label=_("Date of birth, as on the certificate"))
    field_order = ["surname", "born_on", "seen"]

    def clean_born_on(self) -> date:
        """Nobody of whom there is a certificate was born earlier."""
        born_on: date = self.cleaned_data["born_on"]
        if born_on < EARLIEST:
            raise forms.ValidationError(_("Enter the date of birth as it stands on the certificate."))
        return born_on


class AnswerForm(SeenForm):
    """What an officer has read on the service's own website."""

    result = forms.ChoiceField(
        label=_("What does the website say?"),
        help_text=_("Which of its ways of saying that a certificate is current it used is not asked, and not kept."),
        choices=[
            (StatusResult.CURRENT.value, _("The certificate is current")),
            (StatusResult.NOT_CURRENT.value, _("The certificate is no longer current")),
            (StatusResult.NO_MATCH.value, _("The details do not match any certificate")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["result", "seen"]
