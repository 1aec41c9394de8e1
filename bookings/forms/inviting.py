"""What a coordinator fills in who invites a school to ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.enums import InvitationStatus
from stem.forms import HouseForm

ANSWERS = [
    (InvitationStatus.NOT_NOW.value, _("Not now")),
    (InvitationStatus.NEVER.value, _("Never: it wants no invitations")),
    (InvitationStatus.WRONG_PERSON.value, _("It is the wrong person or address")),
]
NO_ANSWER = (InvitationStatus.WAITING.value, _("Nothing yet: I left a message, or it will think about it"))


class SentenceForm(HouseForm):
    """One sentence of the coordinator's own, which stands in the letter over their name."""

    words = forms.CharField(
        label=_("A sentence of your own"),
        help_text=_("It stands in the letter over your name. Name no pupil, and no ambassador."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendForm(HouseForm):
    """That the letter is sent as it was shown."""

    words = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class SaidForm(HouseForm):
    """What a school said to an invitation; that it has asked is seen by its request."""

    said = forms.ChoiceField(label=_("What did it say?"), choices=ANSWERS, widget=forms.RadioSelect)

    @property
    def status(self) -> InvitationStatus:
        """What came of it."""
        return InvitationStatus(self.cleaned_data["said"])


class CallForm(SaidForm):
    """What a school said on the telephone, or that it said nothing yet."""

    said = forms.ChoiceField(label=_("What did it say?"), choices=[NO_ANSWER, *ANSWERS], widget=forms.RadioSelect)
