"""From where someone sets out, and how far they go."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ambassadors.forms.profile import ProfilePart
from ambassadors.models import Ambassador
from ambassadors.operations.profile import Answers
from stem.forms import CountField

LEAST, MOST = 10, 240
USUAL = (15, 30, 45, 60, 90, 120)
OTHER = "other"


def minutes_in_words() -> list[tuple[str, str]]:
    """The usual limits, and one's own."""
    usual = [(str(n), ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}) for n in USUAL]
    return [*usual, (OTHER, _("Another number"))]


class ReachForm(ProfilePart):
    """The home's postcode, whether they go to schools and how far, and whether they meet classes online."""

    columns = ("postcode", "in_person", "online")

    postcode = forms.CharField(
        label=lazy("Home postcode"),
        help_text=lazy("To work out journeys, from the middle of your neighbourhood. Schools never see it."),
        max_length=12,
        widget=forms.TextInput({"class": "width-10", "autocomplete": "postal-code", "autocapitalize": "characters"}),
    )
    in_person = forms.BooleanField(label=lazy("I can go to schools"), required=False)
    minutes = forms.ChoiceField(
        label=lazy("How long may the journey be, one way?"),
        choices=minutes_in_words,
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose how long the journey may be.")},
    )
    other_minutes = CountField(
        label=lazy("Minutes, one way"),
        help_text=lazy("From 10 to 240."),
        min_value=LEAST,
        max_value=MOST,
        error_messages={
            name: lazy("Enter the longest journey in minutes, from 10 to 240.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    online = forms.BooleanField(label=lazy("I can meet a class live online"), required=False)

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """What was said before, with an unusual limit written out."""
        usual = ambassador.max_minutes in USUAL
        return {
            **super().said_by(ambassador),
            "minutes": str(ambassador.max_minutes) if usual else OTHER,
            "other_minutes": None if usual else ambassador.max_minutes,
        }

    def clean(self) -> dict[str, Any]:
        """Somebody who goes nowhere, not even online, cannot be asked; only whoever goes says how far."""
        said = super().clean() or self.cleaned_data
        if not said.get("in_person") and not said.get("online"):
            self.add_error("in_person", _("Tick at least one: going to schools, or meeting a class online."))
        # What is wrong in an answer that was not asked for is nobody's trouble.
        if not said.get("in_person"):
            self.errors.pop("minutes", None)
        if not said.get("in_person") or said.get("minutes") != OTHER:
            self.errors.pop("other_minutes", None)
        return said

    def minutes_said(self) -> int | None:
        """The limit that was chosen or typed, if any."""
        chosen = self.cleaned_data.get("minutes")
        return self.cleaned_data.get("other_minutes") if chosen == OTHER else int(chosen) if chosen else None

    def answers(self) -> Answers:
        """The answers; someone who does not go to schools keeps the limit they had."""
        said = {name: self.cleaned_data[name] for name in self.columns}
        minutes = self.minutes_said()
        return cast("Answers", {**said, "max_minutes": minutes} if minutes else said)
