"""What an ambassador answers."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.enums import CancelReason, DeclineReason
from stem.forms import HouseForm
from stem.wording import interval_in_words

Interval = tuple[datetime, datetime]

# What may keep an ambassador away; the other reasons are a school's.
REASONS_NOT_TO_COME = (CancelReason.ILLNESS, CancelReason.WORK, CancelReason.TRAVEL, CancelReason.OTHER)


class AcceptForm(HouseForm):
    """Yes, at one of the times on offer."""

    starts_at = forms.TypedChoiceField(
        label=_("Which time suits you?"), coerce=datetime.fromisoformat, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, times: Iterable[Interval], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(start.astimezone(UTC).isoformat(), interval_in_words(start, end)) for start, end in times]
        self.fields["starts_at"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["starts_at"] = choices[0][0]


class DeclineForm(HouseForm):
    """No, and why if they care to say."""

    reason = forms.ChoiceField(
        label=_("Why not, if you care to say?"),
        help_text=_("It helps us to ask you only for what suits."),
        choices=DeclineReason.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class CannotComeForm(HouseForm):
    """Why someone who has promised to come cannot."""

    reason = forms.ChoiceField(
        label=_("What keeps you away?"),
        help_text=_("The school is not told why."),
        choices=[(reason.value, reason.label) for reason in REASONS_NOT_TO_COME],
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> CancelReason:
        """The reason as the record names it."""
        return CancelReason(self.cleaned_data["reason"])
