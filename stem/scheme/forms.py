"""What an administrator fills in about the scheme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm
from stem.scheme.models import Identity


class NameForm(HouseForm):
    """A name, and a logo for those who have one."""

    scheme_name = forms.CharField(
        label=_("Name of your scheme"),
        help_text=_("As people say it: it stands at the top of every page and under every letter."),
        max_length=80,
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_(
            "A PNG, JPEG or WebP picture of up to 1 MB. It is shown beside the name, about as tall as this line."
        ),
        required=False,
        allow_empty_file=True,  # an empty file is no picture: our sentence says so, and says what would be one
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg,.webp"}),
    )

    def __init__(self, *args: Any, identity: Identity, **kwargs: Any) -> None:
        super().__init__(*args, initial={"scheme_name": identity.name}, **kwargs)

    def plan(self) -> dict[str, Any]:
        """What was filled in, by the names that the operation gives it."""
        return {"name": self.cleaned_data["scheme_name"], "logo": self.cleaned_data["logo"]}


class LettersForm(HouseForm):
    """Whom letters come from, and where their readers can turn."""

    sender_email = forms.EmailField(
        label=_("Address that letters come from"),
        help_text=_(
            "Your mail server must let us send from it. If you are not sure, ask whoever looks after your e-mail."
        ),
    )
    sender_name = forms.CharField(
        label=_("Name beside that address"),
        help_text=_("Left empty, it is the name of your scheme."),
        max_length=80,
        required=False,
    )
    reply_email = forms.EmailField(
        label=_("Address for answers"),
        help_text=_("A mailbox that somebody reads. It is also on the contact page."),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        help_text=_("For people who would rather call. It stands under every letter and on the contact page."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "class": "width-10"}),
    )

    def __init__(self, *args: Any, identity: Identity, **kwargs: Any) -> None:
        initial = {name: getattr(identity, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
