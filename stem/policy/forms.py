"""What an administrator fills in about a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import DayField, HouseForm
from stem.policy.keys import Key


class PolicyValueForm(HouseForm):
    """A new number, and the day from which it holds."""

    policy_value = forms.IntegerField(widget=forms.TextInput({"class": "width-4", "inputmode": "numeric"}))
    policy_day = DayField(
        label=_("The first day it holds"),
        help_text=_("Today or later, for example 1 9 2027."),
        error_messages={"required": _("Enter the first day it holds.")},
    )

    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields["policy_value"]
        number.label, number.help_text = str(key.name), key.asked
        number.error_messages.update(required=key.asked, invalid=key.asked)

    def plan(self) -> dict[str, Any]:
        """What was filled in, by the names that the operation gives it."""
        return {"value": self.cleaned_data["policy_value"], "from_day": self.cleaned_data["policy_day"]}
