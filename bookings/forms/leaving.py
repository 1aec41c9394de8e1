"""Who goes on with everything when someone leaves a school."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.queries.handover import Handover
from schools.models import Contact
from stem.forms import HouseForm


class SuccessorForm(HouseForm):
    """One of the colleagues, where there is something to take over; otherwise nothing is asked."""

    successor = forms.ChoiceField(
        label=_("Who goes on with it?"),
        help_text=_("They get a letter that says what is theirs now, and every later one about it."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = handover.colleagues
        if not handover.needs_successor:
            del self.fields["successor"]
            return
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.pk), f"{each.user}, {each.job_title}") for each in self.colleagues]
        if handover.contact.is_lead:
            field.help_text = _("They lead at the school too. They get a letter that says what is theirs now.")
        if not handover.requests:
            field.label = _("Who leads at the school after this?")
            field.help_text = ""
        if len(self.colleagues) == 1:
            self.initial["successor"] = str(self.colleagues[0].pk)

    @property
    def chosen(self) -> Contact | None:
        """The colleague who was chosen, if anyone had to be."""
        chosen = self.cleaned_data.get("successor")
        return next((each for each in self.colleagues if str(each.pk) == chosen), None)
