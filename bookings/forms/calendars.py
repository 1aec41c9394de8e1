"""What someone chooses for the calendar they subscribe to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from bookings.enums import Alarms, FeedShows
from bookings.models import FeedChoice
from stem.accounts.feeds import FeedKind
from stem.forms import HouseForm


class CalendarForm(HouseForm):
    """How much it shows, when it reminds, and for whoever travels whether with the journeys."""

    shows = forms.ChoiceField(
        label=lazy("What should your calendar show?"),
        help_text=lazy("Choose “Busy” if colleagues or family can look into it: it then holds no school and no name."),
        choices=FeedShows.choices,
        widget=forms.RadioSelect,
    )
    alarms = forms.ChoiceField(
        label=lazy("When should it remind you?"),
        help_text=lazy("Apple’s Calendar and Thunderbird do. Google and Outlook remind you as their own settings say."),
        choices=Alarms.choices,
        widget=forms.RadioSelect,
    )
    journeys = forms.BooleanField(
        label=lazy("Add my journey there and back as entries of their own"),
        help_text=lazy("As long as we reckon it by road from your postcode, which is not shown."),
        required=False,
    )

    def __init__(self, *args: Any, chosen: FeedChoice, travels: bool, **kwargs: Any) -> None:
        initial = {name: getattr(chosen, name) for name in ("shows", "alarms", "journeys")}
        super().__init__(*args, initial=initial, **kwargs)
        if not travels:
            del self.fields["journeys"]

    def said(self) -> dict[str, Any]:
        """The answers, as the record holds them."""
        answers = self.cleaned_data
        return {
            "shows": FeedShows(answers["shows"]),
            "alarms": Alarms(answers["alarms"]),
            "journeys": answers.get("journeys", False),
        }


class ReplaceForm(forms.Form):
    """Which address is to be replaced, and which of them it was when the page was shown."""

    kind = forms.TypedChoiceField(choices=[(each.value, each.value) for each in FeedKind], coerce=FeedKind)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
