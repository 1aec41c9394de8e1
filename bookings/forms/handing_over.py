"""Who goes on with one request."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import Contact
from stem.forms import HouseForm


class HandOverForm(HouseForm):
    """One of the colleagues who act for the school."""

    successor = forms.ChoiceField(
        label=_("Who goes on with it?"),
        help_text=_("They get a letter that says what is theirs now, and every later one about it."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, colleagues: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues
        choices = [(str(each.pk), f"{each.user}, {each.job_title}") for each in colleagues]
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["successor"] = choices[0][0]

    @property
    def chosen(self) -> Contact:
        """The colleague who was chosen."""
        return next(each for each in self.colleagues if str(each.pk) == self.cleaned_data["successor"])
