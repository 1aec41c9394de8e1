"""What staff fill in about letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm
from stem.letters.enums import LetterStatus


class LetterFilter(HouseForm):
    """Which letters to list."""

    status = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *LetterStatus.choices])
    q = forms.CharField(label=_("Address begins with"), required=False, max_length=254)


class LetterForm(HouseForm):
    """A letter in staff's own words."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea({"rows": 18}),
        help_text=_("What stands in [[double brackets]] becomes a link as the letter leaves: keep it as it is."),
    )

    def clean_subject(self) -> str:
        """One line: a mail program would take a second for a header."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_body(self) -> str:
        """With one kind of line end, whatever the browser sent."""
        return "\n".join(self.cleaned_data["body"].splitlines()) + "\n"
