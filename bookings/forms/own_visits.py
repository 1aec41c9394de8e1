"""A visit that someone arranged themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from bookings.enums import Mode
from stem.forms import DayField, HouseForm
from stem.nations import Nation

WHO = (("young", lazy("Anyone under 18")), ("adults", lazy("Adults only")))
WHERE = ((Mode.IN_PERSON.value, lazy("In person")), (Mode.ONLINE.value, lazy("Live online")))


class OwnVisitForm(HouseForm):
    """When, where, in which way, and whether anyone there is under 18."""

    day = DayField(
        label=lazy("Which day?"), help_text=lazy("Past or to come, one day at a time. For example, 12 1 2027.")
    )
    place = forms.CharField(
        label=lazy("Which school or group?"), help_text=lazy("Its name. Do not name any pupil."), max_length=100
    )
    nation = forms.ChoiceField(label=lazy("In which nation?"), choices=Nation.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=lazy("How?"), choices=WHERE, widget=forms.RadioSelect)
    who = forms.ChoiceField(label=lazy("Who is there?"), choices=WHO, widget=forms.RadioSelect)

    def said(self) -> dict[str, Any]:
        """The answers, as the record holds them."""
        answers = self.cleaned_data
        return {
            "day": answers["day"],
            "place": answers["place"],
            "nation": Nation(answers["nation"]),
            "mode": Mode(answers["mode"]),
            "with_under_18s": answers["who"] == "young",
        }
