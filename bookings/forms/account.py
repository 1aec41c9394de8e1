"""What people choose on the pages of their own account."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm
from stem.letters.kinds import LetterKind


class LettersForm(HouseForm):
    """Which of the letters that one may do without should come."""

    wanted = forms.TypedMultipleChoiceField(
        label=_("Which of these would you like?"),
        help_text=_("Untick what you can do without."),
        coerce=LetterKind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, among: Iterable[LetterKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wanted"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(kind.value, kind.label) for kind in among]
