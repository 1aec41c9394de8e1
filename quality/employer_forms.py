"""What is filled in about employers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm


class EmployerForm(HouseForm):
    """An employer's name."""

    name = forms.CharField(
        label=_("Name of the employer"), max_length=150, help_text=_("As it should stand at the top of its page.")
    )


class SpellingForm(HouseForm):
    """One more way to write it."""

    words = forms.CharField(
        label=_("Another way to write it"),
        max_length=150,
        help_text=_("Capitals, spaces, full stops and “Ltd” or “plc” make no difference."),
    )


class InvitationForm(HouseForm):
    """Whom to ask to read for an employer."""

    email = forms.EmailField(label=_("Work e-mail address of whoever leads on volunteering"), max_length=254)


class AcceptForm(HouseForm):
    """What somebody says who accepts: their name, unless they have an account."""

    full_name = forms.CharField(label=_("Your full name"), max_length=150)

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["full_name"]
