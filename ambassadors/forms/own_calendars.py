"""A calendar of one's own, by its address or as a file."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from stem.calendars.fetching import LONGEST_ADDRESS
from stem.forms import HouseForm


class CalendarAddressForm(HouseForm):
    """Where a calendar is read."""

    # Plain text: what is an address that can be asked is said by whoever asks it, webcal:// included.
    address = forms.CharField(
        label=lazy("Address of your calendar"),
        help_text=lazy("It begins with https:// or webcal:// and often ends in .ics. We keep it encrypted."),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "inputmode": "url"}
        ),
    )


class CalendarFileForm(HouseForm):
    """A calendar as a file."""

    file = forms.FileField(
        label=lazy("Your calendar file"),
        help_text=lazy("Its name ends in .ics. Up to 5 MB."),
        # An empty file goes to the reader, which says what to do about it.
        allow_empty_file=True,
        error_messages={"required": lazy("Choose the file of your calendar.")},
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
    )
