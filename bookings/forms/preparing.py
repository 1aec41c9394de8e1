"""What happens in the lesson, as whoever comes says it and the school agrees."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Preparation
from bookings.models.preparation import LONGEST_OUTLINE
from stem.forms import HouseForm


class OutlineForm(HouseForm):
    """A few words on what happens in the lesson."""

    text = forms.CharField(
        label=_("What happens in the lesson?"),
        help_text=_("A few lines, in order. The school reads it and says that it agrees. Do not name pupils."),
        max_length=LONGEST_OUTLINE,
        widget=forms.Textarea({"rows": 8}),
    )


class AgreeForm(HouseForm):
    """That the school has read this outline, and no other."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, prepared: Preparation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = prepared.outline_version
