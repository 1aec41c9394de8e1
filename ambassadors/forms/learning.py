"""What learners choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from stem.forms import HouseForm


class AnswerForm(HouseForm):
    """One question, with the answers to choose from as radio buttons."""

    choice = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, question: str, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = question, choices
        # The question has been read a moment ago: repeating it would hide what to do.
        field.error_messages = {name: _("Choose one of the answers.") for name in ("required", "invalid_choice")}

    @property
    def place(self) -> int:
        """Which answer was chosen, from 1."""
        return int(self.cleaned_data["choice"])
