"""What an administrator fills in about a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stem.forms import DayField, HouseForm
from stem.policy.keys import Key


class PolicyValueForm(HouseForm):
    """A new number, and the day from which it holds."""

    policy_value = forms.IntegerField()
    policy_day = DayField(
        label=gettext_lazy("From which day?"), help_text=gettext_lazy("Today or later, for example 1 9 2027.")
    )

    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy_value"].label = str(key.name)
        self.fields["policy_value"].help_text = _("A whole number of %(unit)s from %(lowest)d to %(highest)d.") % {
            "unit": key.unit.label,
            "lowest": key.lowest,
            "highest": key.highest,
        }

    def plan(self) -> dict[str, Any]:
        """What was filled in, by the names that the operation gives it."""
        return {"value": self.cleaned_data["policy_value"], "from_day": self.cleaned_data["policy_day"]}
