"""Whom to ask to come along and watch."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm


class ShadowForm(HouseForm):
    """One of those who are new and could come along."""

    person = forms.ChoiceField(
        label=_("Who is asked to come along?"),
        help_text=_("Those who are cleared, free and near enough, nearest first."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), words) for key, words in people]  # type: ignore[attr-defined]

    def clean_person(self) -> int:
        """The key of whoever is asked."""
        return int(self.cleaned_data["person"])
