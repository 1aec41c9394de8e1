"""What administrators write and decide about a course."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.courses.reading import LONGEST
from stem.forms import DayField, HouseForm


class DraftForm(HouseForm):
    """A course as one Markdown text, and what its writer began from."""

    text = forms.CharField(
        label=_("The course"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 30, "spellcheck": "true", "class": "course-text"}),
    )
    began_from = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class BeganForm(HouseForm):
    """What someone looked at before they decided."""

    began_from = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class PublishForm(BeganForm):
    """What has changed, and what it means for those who have passed."""

    SMALL, MAJOR = "small", "major"

    note = forms.CharField(
        label=_("What has changed?"),
        help_text=_("One line, for the list of versions and for the letter, if there is one."),
        max_length=200,
    )
    change = forms.ChoiceField(
        label=_("How much does it matter?"),
        choices=[
            (SMALL, _("A small change: passes stand")),
            (MAJOR, _("A major change: everyone who passed takes it again")),
        ],
        widget=forms.RadioSelect,
    )
    retake_by = DayField(
        label=_("Taken again by"),
        help_text=_("For a major change. Earlier passes count until this day, and each person gets a letter."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A major change names its day; a small one has none, whatever stands in the field."""
        answers = super().clean() or self.cleaned_data
        if answers.get("change") == self.MAJOR and not answers.get("retake_by") and "retake_by" not in self.errors:
            self.add_error("retake_by", _("Give the day by which people take it again."))
        return answers

    @property
    def retake_day(self) -> date | None:
        """The day by which people take the course again, after a major change."""
        return self.cleaned_data["retake_by"] if self.cleaned_data["change"] == self.MAJOR else None
