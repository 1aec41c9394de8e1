"""What an ambassador chooses for the page that they show to others."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality.endorsements import Praise
from stem.forms import HouseForm


class PickForm(HouseForm):
    """Which words of schools stand on the page: each is a box to tick, with the words beside it."""

    def __init__(self, *args: Any, praise: Iterable[Praise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(praise)
        self.fields["picked"] = forms.MultipleChoiceField(
            label=_("Which of these may others read?"),
            help_text=_("They stand there without the school’s name, a name of its staff, or a date."),
            choices=[(str(each.form), f"“{each.words}”") for each in listed],
            initial=[str(each.form) for each in listed if each.is_picked],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.say_what_is_missing()

    @property
    def picked(self) -> list[int]:
        """The forms whose words were chosen."""
        return [int(each) for each in self.cleaned_data["picked"]]
