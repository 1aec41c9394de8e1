"""What somebody writes to the other side of a visit."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models.message import LONGEST_MESSAGE
from bookings.second_thoughts import names_a_child
from stem.forms import HouseForm


class MessageForm(HouseForm):
    """A few words. Where they may name a child, it asks once whether they do (rule P-02)."""

    sometimes_needed = frozenset({"sure"})
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Do not name pupils."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 4}),
    )
    sure = forms.BooleanField(label=_("I have looked again: it names no child"), required=False)
    slip = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """On a slip of its own, so that pressed twice it is sent once."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("slip", str(uuid4()))
        if not (self.is_bound and names_a_child(str(self.data.get("text", "")))):
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """Whoever seems to name a child says that they do not, or writes it otherwise."""
        answers = super().clean() or self.cleaned_data
        if "sure" in self.fields and not answers.get("sure"):
            words = _("Does this name a child? Please write about the group, and name no pupil.")
            self.add_error("text", words)
        return answers

    @property
    def written(self) -> dict[str, Any]:
        """What the operation takes."""
        return {"text": self.cleaned_data["text"], "slip": self.cleaned_data["slip"]}
