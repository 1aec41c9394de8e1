"""What somebody would speak of where a school hopes for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from stem.curriculum import Aim, Words, aims_open_to
from stem.forms import HouseForm

# Each aim as the person reads it: what they would speak of.
WOULD_SPEAK_OF: dict[Aim, Words] = {
    Aim.STEREOTYPES: lazy("What people think that somebody in my field is like, and what it is like really"),
    Aim.TECHNICAL_ROUTES: lazy("My technical route: an apprenticeship, a T level, an HNC or the like"),
    Aim.SMALL_FIRMS: lazy("Work in a small firm"),
    Aim.LOCAL_JOBS: lazy("Jobs near where I live"),
    Aim.FIRST_IN_FAMILY: lazy("Being the first in my family to go this way"),
}


class AimsForm(HouseForm):
    """Any of the aims that their route leaves open to them, or none."""

    aims = forms.TypedMultipleChoiceField(
        label=lazy("Tick what you would like to speak of"),
        coerce=Aim,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, route: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["aims"]
        assert isinstance(choices, forms.TypedMultipleChoiceField)
        choices.choices = [(aim.value, WOULD_SPEAK_OF[aim]) for aim in aims_open_to(route)]
