"""What people whom another scheme brought answer, and how staff told those who have no e-mail address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import AmbassadorStatus, ToldBy
from ambassadors.models import Ambassador
from stem.forms import HouseForm

CLAIM, LATER, NO = "claim", "later", "no"
WAYS = {
    CLAIM: _("This is me, and I would like to carry on here"),
    LATER: _("I will decide later"),
    NO: _("I do not want this: delete what you have"),
}


class AnswerForm(HouseForm):
    """One of three ways; whoever took part here and has left can only come back."""

    way = forms.ChoiceField(
        label=_("What would you like us to do?"), widget=forms.RadioSelect, choices=list(WAYS.items())
    )

    def __init__(self, *args: Any, person: Ambassador, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.status != AmbassadorStatus.IMPORTED:
            self.fields["way"].choices = [(CLAIM, WAYS[CLAIM])]  # type: ignore[attr-defined]


class SureForm(HouseForm):
    """A tick before what cannot be undone: whatever follows a link by itself ticks nothing."""

    sure = forms.BooleanField(label=_("Yes, delete all of it"))


class ToldForm(HouseForm):
    """In which way somebody was told."""

    told_by = forms.ChoiceField(
        label=_("How were they told?"),
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in ToldBy if each is not ToldBy.EMAIL],
    )

    def clean_told_by(self) -> ToldBy:
        """The way, as one of ours."""
        return ToldBy(self.cleaned_data["told_by"])
