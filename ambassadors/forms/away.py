"""The days on which someone is away."""

from django.utils.translation import gettext_lazy as lazy

from stem.forms import DayField, HouseForm


class AwayForm(HouseForm):
    """From which day to which."""

    starts_on = DayField(label=lazy("First day away"), help_text=lazy("For example, 12 1 2027."))
    ends_on = DayField(label=lazy("Last day away"), help_text=lazy("The same day again if it is only one."))
